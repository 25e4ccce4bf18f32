import { formatDuration } from './duration';
import { defineRule } from './rule';
import { amountOf, isPayment, moneyText } from './rule-amounts';
import { eventsWithin, presentEvent } from './rule-context';
import type { DuplicateAmountConfig } from '../../../src/private/contract';

/**
 * Fires when a customer pays the same amount in the same currency at least
 * `count` times within the window, this transaction included. Each transaction
 * counts once; a refund repeats its payment's amount by nature and never counts.
 */
export const duplicateAmount = defineRule({
  label: 'Duplicate amount',
  applies: 'there are at least `count` payments of the same amount in the same currency within `window`',
  reads: "the customer's payments",
  needs: ['history'],
  evaluate({ count, windowSeconds }: DuplicateAmountConfig, context) {
    const present = presentEvent(context.detail);
    const amount = amountOf(present);
    if (amount === undefined || !isPayment(present)) {
      return undefined;
    }
    const same = eventsWithin(context, windowSeconds)
      .filter((event) => isPayment(event) && event.currency === context.detail.currency && amountOf(event) === amount);
    const transactions = new Set(same.map(({ transactionId }) => transactionId)).size;
    return transactions >= count
      ? `${transactions} transactions of ${moneyText(amount, context.detail.currency)} by the customer within ${formatDuration(windowSeconds)}, at least ${count}`
      : undefined;
  },
});
