import type { BlocklistHit } from './blocklist';
import type { Kind, TransactionDetail } from '../../../src/private/contract';

/** An event of the customer, as far as the rules read it. */
export interface PastEvent {
  readonly transactionId: string;
  /** ISO 8601 in UTC with milliseconds, as all times are stored: they are compared as text. */
  readonly occurredAt: string;
  readonly routed: boolean;
  readonly kind: Kind;
  /** Integer minor units. */
  readonly amountMinor?: bigint;
  /** From 0 to 38, what DynamoDB keeps of a number. */
  readonly exponent?: number;
  readonly currency?: string;
}

/** All that the rules judge by. What no rule of the set needs is left empty, see `needsOf`. */
export interface Facts {
  readonly detail: TransactionDetail;
  /**
   * The customer's events of the widest window, at most `HISTORY_LIMIT`, the
   * newest ones; possibly with the event itself among them.
   */
  readonly history: readonly PastEvent[];
  /** When the customer's oldest routed event took place; absent where none is known. */
  readonly firstSeenAt?: string;
  /** When the customer's newest declined payments took place, a time an event. */
  readonly declines: readonly string[];
  /** The operators' blocklist entries that are about the transaction. */
  readonly blocked: readonly BlocklistHit[];
}

/** When a transaction took place: by its own signed time, else when it was received. */
export function occurredAt({ event_time: eventTime, received_at: receivedAt }: TransactionDetail): string {
  return eventTime ?? receivedAt;
}

/** The start of a window that ends with the transaction. */
export function windowStart(detail: TransactionDetail, seconds: number): string {
  return new Date(Date.parse(occurredAt(detail)) - seconds * 1000).toISOString();
}

/** Tells of a time whether it lies in the window that ends with the transaction; both ends belong to it. */
export function windowOf(detail: TransactionDetail, seconds: number): (time: string) => boolean {
  const from = windowStart(detail, seconds);
  const to = occurredAt(detail);
  return (time) => time >= from && time <= to;
}

/** The judged event in the form of the earlier ones. */
export function presentEvent(detail: TransactionDetail): PastEvent {
  return {
    transactionId: detail.transaction_id,
    occurredAt: occurredAt(detail),
    routed: true,
    kind: detail.kind,
    amountMinor: detail.amount_minor === undefined ? undefined : BigInt(detail.amount_minor),
    exponent: detail.exponent,
    currency: detail.currency,
  };
}

/**
 * The customer's routed events of the window that ends with the transaction,
 * its own event included even where the index does not show it yet. None
 * where the customer is unknown: events of nobody belong to nobody.
 */
export function eventsWithin({ detail, history }: Facts, seconds: number): readonly PastEvent[] {
  const isWithin = windowOf(detail, seconds);
  return detail.customer_id === undefined
    ? []
    : [presentEvent(detail), ...history.filter((event) => event.routed && isWithin(event.occurredAt))];
}
