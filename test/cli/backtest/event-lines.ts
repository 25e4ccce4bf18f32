import { paymentEventOf } from '../../../cli/backtest/history/event-line';
import type { PaymentEvent } from '../../../cli/backtest/history/payment-event';

/** A line of a captured payment of 100.00 EUR by one customer. */
export const LINE = { transaction_id: 'pay_1', kind: 'captured', amount_minor: 10_000, currency: 'EUR', event_time: '2026-01-10T12:00:00Z', customer_id: 'jane' };

/** The events of lines, which are payments of 100.00 EUR unless they say otherwise. */
export function eventsOf(lines: readonly object[]): PaymentEvent[] {
  return lines.map((line, index) => paymentEventOf({ ...LINE, transaction_id: `pay_${index + 1}`, ...line }, index + 1)!);
}
