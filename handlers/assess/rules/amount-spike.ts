import { formatDuration } from './duration';
import { defineRule } from './rule';
import { amountOf, toScaled, exceedsMultiple, isPayment, moneyText, spentByTransaction } from './rule-amounts';
import { eventsWithin, presentEvent } from './rule-context';
import type { AmountSpikeConfig } from '../../../src/private/contract';

/**
 * Fires on a payment of more than `factor` times the customer's usual amount.
 * This is the median of the earlier payments in the window in the same
 * currency, because one large payment changes an average more than a median.
 * Payments of zero, which only check a card, are left out. With fewer than
 * `transactions` earlier payments, there is no usual amount.
 */
export const amountSpike = defineRule({
  label: 'Amount spike',
  applies: 'the amount is over `factor` times the median of at least `transactions` earlier payments in the same currency within `window`',
  reads: "the customer's earlier payments",
  needs: ['history'],
  evaluate({ rule, factor, transactions, windowSeconds }: AmountSpikeConfig, context) {
    const { detail: { transaction_id: id, currency } } = context;
    const present = presentEvent(context.detail);
    const amount = amountOf(present);
    const earlier = eventsWithin(context, windowSeconds).filter(({ transactionId }) => transactionId !== id);
    const amounts = [...spentByTransaction(earlier, currency).values()].filter((spent) => spent > 0n);
    if (amount === undefined || !isPayment(present) || amounts.length === 0 || amounts.length < transactions) {
      return undefined;
    }
    const usual = median(amounts);
    return exceedsMultiple(amount, toScaled(rule, factor), usual)
      ? `amount ${moneyText(amount, currency)} is over ${factor} times the median ${moneyText(usual, currency)}`
        + ` of ${amounts.length} earlier transactions of the customer within ${formatDuration(windowSeconds)}`
      : undefined;
  },
});

/** For an even number of amounts, half the sum of the two in the middle. */
function median(amounts: readonly bigint[]): bigint {
  const ascending = [...amounts].sort((one, other) => (one < other ? -1 : 1));
  const middle = ascending.length / 2;
  return (ascending[Math.ceil(middle) - 1] + ascending[Math.floor(middle)]) / 2n;
}
