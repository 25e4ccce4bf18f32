import { amountOf, isPayment, moneyText } from './amounts';
import { eventsWithin, presentEvent, type RuleContext } from '../rule-context';
import { formatDuration } from './duration';
import type { DuplicateAmountConfig } from '../../../src/private/contract';

/**
 * Fires when a customer pays the same amount in the same currency at least
 * `count` times within the window, this transaction included. Each transaction
 * counts once; a refund repeats its payment's amount by nature and never counts.
 */
export function duplicateAmount({ count, windowSeconds }: DuplicateAmountConfig, facts: RuleContext): string | undefined {
  const present = presentEvent(facts.detail);
  const amount = amountOf(present);
  if (amount === undefined || !isPayment(present)) {
    return undefined;
  }
  const same = eventsWithin(facts, windowSeconds)
    .filter((event) => isPayment(event) && event.currency === facts.detail.currency && amountOf(event) === amount);
  const transactions = new Set(same.map(({ transactionId }) => transactionId)).size;
  return transactions >= count
    ? `${transactions} transactions of ${moneyText(amount, facts.detail.currency)} by the customer within ${formatDuration(windowSeconds)}, at least ${count}`
    : undefined;
}
