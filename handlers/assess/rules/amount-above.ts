import { overLimit } from './amount-limit';
import { defineRule } from './rule';
import type { AmountAboveConfig } from '../../../src/private/contract';

/** Fires on an amount over the rule's amount, in the rule's currency if it has one. Refunds count with their amount. */
export const amountAbove = defineRule({
  label: 'Amount above',
  applies: 'the amount is above a number, in one currency or in any, or above a multiple of the high threshold of its currency',
  reads: 'the transaction, which can be a payment, refund or payout',
  needs: [],
  evaluate(rule: AmountAboveConfig, { detail, tiers }) {
    return overLimit(rule, detail, tiers);
  },
});
