import { overLimit } from './amount-limit';
import { defineRule } from './rule';
import type { AmountAboveConfig } from '../../../src/private/contract';

/** Fires on an amount over the rule's amount, in the rule's currency if it has one. Refunds count with their amount. */
export const amountAbove = defineRule({
  label: 'Amount above',
  applies: 'above an amount, in one currency or as a number in any, or above a multiple of the high threshold of its currency',
  reads: 'the transaction: payments, refunds and payouts alike',
  needs: [],
  evaluate(rule: AmountAboveConfig, { detail, tiers }) {
    return overLimit(rule, detail, tiers);
  },
});
