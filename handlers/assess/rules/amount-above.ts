import { defineRule } from './rule';
import { overLimit } from './rule-amounts';
import type { AmountAboveConfig } from '../../../src/private/contract';

/** Fires on an amount over the rule's amount, in the rule's currency if it has one. Refunds count with their amount. */
export const amountAbove = defineRule({
  label: 'Amount above',
  applies: 'above an amount, in one currency or as a number in any',
  reads: 'the transaction: payments, refunds and payouts alike',
  needs: [],
  evaluate(rule: AmountAboveConfig, { detail }) {
    return overLimit(rule, detail);
  },
});
