import { isPayment, majorOf } from '../rules/rule-amounts';
import type { PastEvent } from '../rules/rule-context';

/** The largest payment of each transaction in one currency, in major units. An authorization and its capture are the same money. */
export function largestPayments(events: readonly PastEvent[], currency: string): readonly number[] {
  const largest = new Map<string, number>();
  for (const event of events) {
    const amount = event.currency === currency && isPayment(event) ? majorOf(event) : undefined;
    if (amount !== undefined && amount > (largest.get(event.transactionId) ?? -1)) {
      largest.set(event.transactionId, amount);
    }
  }
  return [...largest.values()];
}

/** The sum of the largest payments of each transaction in one currency, in major units. */
export function spentIn(events: readonly PastEvent[], currency: string): number {
  return largestPayments(events, currency).reduce((sum, amount) => sum + amount, 0);
}

/** For an even number of amounts, half the sum of the two in the middle. */
export function medianOf(amounts: readonly number[]): number {
  const ascending = [...amounts].sort((one, other) => one - other);
  const middle = ascending.length / 2;
  return (ascending[Math.ceil(middle) - 1] + ascending[Math.floor(middle)]) / 2;
}
