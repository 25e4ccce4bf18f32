import type { BlocklistHit } from './blocklist';
import type { Kind, TransactionDetail } from '../../../src/private/contract';

/** An event of the customer, with the fields that rules read. */
export interface PastEvent {
  readonly transactionId: string;
  /** ISO 8601 in UTC with milliseconds, as all stored times. Times are compared as text. */
  readonly occurredAt: string;
  readonly kind: Kind;
  /** Integer minor units. */
  readonly amountMinor?: bigint;
  /** From 0 to 38, the number of digits that DynamoDB stores. */
  readonly exponent?: number;
  readonly currency?: string;
}

/** An event about a declined payment. */
export interface DeclineEvent {
  readonly transactionId: string;
  readonly occurredAt: string;
}

/** The data that can be loaded for the rules, in addition to the transaction. */
export interface Loadable {
  /**
   * The customer's money movements in the widest window, the newest ones, at
   * most `HISTORY_LIMIT`. The transaction itself can be among them.
   */
  readonly history: readonly PastEvent[];
  /** Time of the customer's oldest money movement; undefined if it is unknown. */
  readonly firstSeenAt: string | undefined;
  /** The customer's newest declined payments. */
  readonly declines: readonly DeclineEvent[];
  /** The operators' blocklist entries that match the transaction. */
  readonly blocked: readonly BlocklistHit[];
}

/** A part of the context that a rule must declare before it can read it. */
export type Need = keyof Loadable;

/** The input of a rule: the transaction, and the parts that the rule declares in `needs`. */
export type RuleContext<N extends Need = never> = { readonly detail: TransactionDetail } & Pick<Loadable, N>;

/** The input of a set of rules. A part that no rule of the set needs is empty. */
export type LoadedContext = RuleContext<Need>;

/** The time of a transaction: its signed time or, without one, the time of receipt. */
export function occurredAt({ event_time: eventTime, received_at: receivedAt }: TransactionDetail): string {
  return eventTime ?? receivedAt;
}

/** A window of time, including both ends. */
export interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/**
 * The window before a transaction. If its webhook arrived late, the window also
 * covers the same time after the transaction. Otherwise events that arrive in the
 * wrong order would miss each other.
 */
export function windowOf(detail: TransactionDetail, seconds: number): TimeWindow {
  const own = occurredAt(detail);
  const after = (secondsAfter: number) => new Date(Date.parse(own) + secondsAfter * 1000).toISOString();
  const latest = detail.received_at < after(seconds) ? detail.received_at : after(seconds);
  return { from: after(-seconds), to: latest > own ? latest : own };
}

/** Returns whether a time is in a transaction's window. */
export function within(detail: TransactionDetail, seconds: number): (time: string) => boolean {
  const { from, to } = windowOf(detail, seconds);
  return (time) => time >= from && time <= to;
}

/** The assessed event in the form of the earlier ones. */
export function presentEvent(detail: TransactionDetail): PastEvent {
  return {
    transactionId: detail.transaction_id,
    occurredAt: occurredAt(detail),
    kind: detail.kind,
    amountMinor: detail.amount_minor === undefined ? undefined : BigInt(detail.amount_minor),
    exponent: detail.exponent,
    currency: detail.currency,
  };
}

/**
 * The customer's money movements in the transaction's window. The transaction's own
 * event is included, even if the index does not have it yet. Empty if the customer
 * is unknown.
 */
export function eventsWithin({ detail, history }: RuleContext<'history'>, seconds: number): readonly PastEvent[] {
  const isWithin = within(detail, seconds);
  return detail.customer_id === undefined
    ? []
    : [presentEvent(detail), ...history.filter((event) => isWithin(event.occurredAt))];
}
