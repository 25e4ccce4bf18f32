import type { Label, TransactionDetail } from '../../../src/private/contract';

/** An event that fraud rules can read: a money movement, or a declined payment. */
export interface PaymentEvent {
  readonly detail: TransactionDetail;
  /** Whether it is a declined payment, which moved no money. */
  readonly declined: boolean;
  /** Whether the payment was fraud. Without a label, it counts as honest. */
  readonly label?: Label;
  /** The time when the label was known, in the format of the times in the detail. Without a time, no later payment can use the label. */
  readonly labeledAt?: string;
}

/** The events in the order in which the system received them. */
export function sortedByReceipt(events: readonly PaymentEvent[]): PaymentEvent[] {
  return [...events].sort(({ detail: { received_at: one } }, { detail: { received_at: other } }) => (one < other ? -1 : Number(one > other)));
}

/**
 * Gives the events without a label the newest label of their transaction: an event that arrived after the label, such as the
 * capture of an authorization, does not have it itself.
 */
export function withTransactionLabels(events: readonly PaymentEvent[]): PaymentEvent[] {
  const newest = new Map<string, Pick<PaymentEvent, 'label' | 'labeledAt'>>();
  for (const { detail: { transaction_id: id }, label, labeledAt } of events) {
    if (label !== undefined && (labeledAt ?? '') >= (newest.get(id)?.labeledAt ?? '')) {
      newest.set(id, { label, labeledAt });
    }
  }
  return events.map((event) => event.label === undefined ? { ...event, ...newest.get(event.detail.transaction_id) } : event);
}
