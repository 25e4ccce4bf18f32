import type { TransactionDetail } from '../../src/private/contract';

/** The times of a transaction. */
export type TransactionTimes = Pick<TransactionDetail, 'event_time' | 'received_at'>;

/** A window of time, including both ends. */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/** The time of a transaction: its signed time or, without one, the time of receipt. */
export function occurredAt({ event_time: eventTime, received_at: receivedAt }: TransactionTimes): string {
  return eventTime ?? receivedAt;
}

/**
 * The window before a transaction. If its webhook arrived late, the window also
 * covers the same time after the transaction. Otherwise events that arrive in the
 * wrong order would miss each other.
 */
export function windowOf(transaction: TransactionTimes, seconds: number): TimeWindow {
  const own = occurredAt(transaction);
  const after = (secondsAfter: number) => new Date(Date.parse(own) + secondsAfter * 1000).toISOString();
  const latest = transaction.received_at < after(seconds) ? transaction.received_at : after(seconds);
  return { from: after(-seconds), to: latest > own ? latest : own };
}

/** Returns whether a time is in a transaction's window. */
export function within(transaction: TransactionTimes, seconds: number): (time: string) => boolean {
  const { from, to } = windowOf(transaction, seconds);
  return (time) => time >= from && time <= to;
}
