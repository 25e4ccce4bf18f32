import type { AssessmentResult } from './fraud';
import type { TransactionDetail } from './generated/details';

/** Detail types on the bus. */
export const DetailType = { RECEIVED: 'transaction.received', ASSESSED: 'transaction.assessed', BLOCKED: 'transaction.blocked' } as const;

/** The `currency` of an event without one. */
export const NO_CURRENCY = 'XXX';

/**
 * EventBridge compares numbers within ±5e9, to 15 digits and six decimals
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching).
 */
export const MAX_EVENT_AMOUNT = 5e9;
export const EVENT_AMOUNT_DECIMALS = 6;

/** What a transaction is, in the same words for every provider. */
export const KINDS = ['authorized', 'captured', 'failed', 'canceled', 'refunded', 'disputed', 'paid-out', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** What the workflow hands to the fraud detector. */
export interface AssessmentRequest {
  readonly detail: TransactionDetail;
  /** ARN of the execution. */
  readonly execution: string;
  /** When it started, RFC 3339: the console's link needs it. */
  readonly started_at: string;
}

/** What the fraud detector returns to the workflow: the verdict, and the texts of the alert about it. */
export interface Assessment extends AssessmentResult {
  readonly alert_subject: string;
  readonly alert_text: string;
  readonly alert_sms: string;
}
