import type { AmountCounts } from './amount-counts';
import type { BlocklistHit } from './blocklist';
import type { FactName, Kind, Label, TierConfig, TransactionDetail } from '../../../src/private/contract';
import type { DeclineEvent } from '../../domain/declines';
import { customerKey } from '../../domain/identifier';
import { occurredAt, within } from '../../domain/time-window';

export type { DeclineEvent } from '../../domain/declines';
export { occurredAt, windowOf, within, type TimeWindow } from '../../domain/time-window';

/** An earlier event of the customer, with the card or with the email address, with the fields that rules read. */
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
  /** `<provider>:<customer id>`. */
  readonly customer?: string;
  readonly country?: string;
  readonly cardCountry?: string;
  readonly cardBin?: string;
  readonly cardFingerprint?: string;
  readonly emailHash?: string;
  /** What the payment turned out to be, if a dispute or a person has labeled it. */
  readonly label?: Label;
  /** Whether it is a declined payment, which moved no money. Only events of a card or an email address can be. */
  readonly declined: boolean;
}

/** The known facts about a payment. */
export type FactValues = Readonly<Partial<Record<FactName, number>>>;

/** The data that can be loaded for the rules, in addition to the transaction. */
export interface Loadable {
  /**
   * The customer's newest money movements, at most `HISTORY_LIMIT`, newest first. The transaction itself can be among them.
   */
  readonly history: readonly PastEvent[];
  /**
   * The time of the customer's oldest money movement; undefined if there is none. If the customer has `HISTORY_LIMIT`
   * movements or more, it is `LONG_AGO`: such a customer is not new.
   */
  readonly firstSeenAt: string | undefined;
  /** The customer's newest declined payments. */
  readonly declines: readonly DeclineEvent[];
  /** The newest money movements and declined payments with the same card, of all customers. Empty without a fingerprint. */
  readonly cardEvents: readonly PastEvent[];
  /** The newest money movements and declined payments with the same email address, at all providers. Empty without its hash. */
  readonly emailEvents: readonly PastEvent[];
  /** How many assessed payments in the transaction's currency had which amount, in this month and the last one. */
  readonly shopAmounts: AmountCounts;
  /** The operators' blocklist entries that match the transaction. */
  readonly blocked: readonly BlocklistHit[];
  /** The operators' allowlist entries that match the transaction. */
  readonly allowed: readonly BlocklistHit[];
  /** The answers of the user's functions, by ARN. */
  readonly scores: ReadonlyMap<string, ScoringResult>;
  /** The known facts. They are computed from the other parts when the rules are applied. */
  readonly facts: FactValues;
}

/** The answer of a user's function, or the kind of its failure. */
export type ScoringResult =
  | { readonly score: number; readonly reason?: string }
  | { readonly failure: 'timed out' | 'failed' };

/** Before every time: since when a customer with a full history is known. */
export const LONG_AGO = '0000';

/** A part of the context that a rule must declare before it can read it. */
export type Need = keyof Loadable;

/** The input of a rule: the transaction, the thresholds, and the parts that the rule declares in `needs`. */
export type RuleContext<N extends Need = never> = { readonly detail: TransactionDetail; readonly tiers: TierConfig } & Pick<Loadable, N>;

/** The input of a set of rules. A part that no rule of the set needs is empty. */
export type LoadedContext = RuleContext<Need>;

/** The input of a set of rules with the parts that were loaded. */
export function contextOf(detail: TransactionDetail, tiers: TierConfig, loaded: Partial<Loadable> = {}): LoadedContext {
  return {
    detail,
    tiers,
    history: [],
    firstSeenAt: undefined,
    declines: [],
    cardEvents: [],
    emailEvents: [],
    shopAmounts: new Map(),
    blocked: [],
    allowed: [],
    scores: new Map(),
    facts: {},
    ...loaded,
  };
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
    customer: detail.customer_id === undefined ? undefined : customerKey(detail.provider, detail.customer_id),
    country: detail.country,
    cardCountry: detail.card_country,
    cardBin: detail.card_bin,
    cardFingerprint: detail.card_fingerprint,
    emailHash: detail.email_hash,
    declined: false,
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
