import { occurredAt, windowStart, type Subject } from './subject';
import type { FraudRuleConfig } from '../../../src/private/contract';

/**
 * Fires when a customer has more transactions within the window than the rule
 * allows, this one included. Only routed events count, each transaction once:
 * one payment sends many events.
 */
export function velocity(
  { count, windowSeconds }: Extract<FraudRuleConfig, { rule: 'velocity' }>,
  { detail, history }: Subject,
): string | undefined {
  if (detail.customer_id === undefined) {
    return undefined;
  }
  const from = windowStart(detail, windowSeconds);
  const to = occurredAt(detail);
  const transactions = new Set(history
    .filter((event) => event.routed && event.occurredAt >= from && event.occurredAt <= to)
    .map(({ transactionId }) => transactionId));
  transactions.add(detail.transaction_id);
  return transactions.size > count
    ? `${transactions.size} transactions of the customer within ${windowSeconds} s, over ${count}`
    : undefined;
}
