import type { TransactionDetail } from '../../../src/private/contract';

/** An earlier event of the same customer, as far as the rules read it. */
export interface PastEvent {
  readonly transactionId: string;
  readonly occurredAt: string;
  readonly routed: boolean;
}

/** What the rules judge. */
export interface Subject {
  readonly detail: TransactionDetail;
  /** Newest first, at most `HISTORY_LIMIT`, possibly with the event itself in it. */
  readonly history: readonly PastEvent[];
}

/** When a transaction took place: by its own signed time, else when it was received. */
export function occurredAt({ event_time: eventTime, received_at: receivedAt }: TransactionDetail): string {
  return eventTime ?? receivedAt;
}

/** The start of a window that ends with the transaction. */
export function windowStart(detail: TransactionDetail, seconds: number): string {
  return new Date(Date.parse(occurredAt(detail)) - seconds * 1000).toISOString();
}
