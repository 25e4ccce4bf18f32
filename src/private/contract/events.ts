import type { AssessmentResult, Verdict } from './fraud';
import type { Tier } from './tiers';

/** Detail types on the bus. */
export const DetailType = { RECEIVED: 'transaction.received', ASSESSED: 'transaction.assessed', BLOCKED: 'transaction.blocked' } as const;

/** What stands in `currency` where an event has none. */
export const NO_CURRENCY = 'XXX';

/**
 * EventBridge compares numbers within ±5e9, to 15 digits and six decimals
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching).
 */
export const MAX_EVENT_AMOUNT = 5e9;
export const EVENT_AMOUNT_DECIMALS = 6;

/** What a transaction is, whatever a provider calls it. */
export const KINDS = ['authorized', 'captured', 'failed', 'canceled', 'refunded', 'disputed', 'paid-out', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** The detail of `transaction.received`; absent fields are left out. */
export interface TransactionDetail {
  readonly transaction_id: string;
  readonly timestamp: string;
  readonly event_id: string;
  readonly provider: string;
  readonly provider_event: string;
  readonly kind: Kind;
  readonly status?: string;
  readonly live: boolean;
  readonly money_movement: boolean;
  /** Major units, absolute, clamped to `MAX_EVENT_AMOUNT`: for rules. */
  readonly amount?: number;
  /** Integer minor units, exact: for computing. */
  readonly amount_minor?: string;
  readonly exponent?: number;
  readonly currency: string;
  readonly customer_id?: string;
  readonly payment_method?: string;
  readonly country?: string;
  readonly card_country?: string;
  readonly card_bin?: string;
  readonly email_domain?: string;
  readonly event_time?: string;
  readonly received_at: string;
  /** Absent without an amount. */
  readonly tier?: Tier;
  /** Fewer than 100 ASCII characters, as SNS wants a subject. */
  readonly alert_subject: string;
  readonly alert_text: string;
  /** One segment of an SMS with what SNS puts before it: at most 148 characters of the GSM alphabet. */
  readonly alert_sms: string;
}

/** The detail of `transaction.assessed`. */
export interface AssessedDetail extends TransactionDetail {
  readonly verdict: Verdict;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly rule_set: string;
  readonly assessed_at: string;
}

/** What the workflow hands to the fraud detector. */
export interface AssessmentRequest {
  readonly detail: TransactionDetail;
  /** ARN of the execution. */
  readonly execution: string;
  /** When it was started, RFC 3339: the console asks for it. */
  readonly started_at: string;
}

/** What the fraud detector returns to the workflow: the verdict, and the texts of the alert about it. */
export interface Assessment extends AssessmentResult {
  readonly alert_subject: string;
  readonly alert_text: string;
  readonly alert_sms: string;
}
