import type { AssessmentResult } from './fraud';
import type { TransactionDetail } from './generated/details';

/** Detail types on the bus. */
export const DetailType = { RECEIVED: 'transaction.received', ASSESSED: 'transaction.assessed', BLOCKED: 'transaction.blocked' } as const;

/** Begins the source of every system's events. The id of the system follows. */
export const SOURCE_PREFIX = 'webhook-processing-system.';

/**
 * The version of the events' fields, in each event. Within a version, fields are only added. If a field changes or is
 * removed, the version changes (docs/events.md).
 */
export const SCHEMA_VERSION = '1' as const;

/**
 * The maximum size of a detail with the raw body. EventBridge's smallest limit for an entry is 256 KB
 * (https://docs.amazonaws.cn/en_us/eventbridge/latest/userguide/eb-putevent-size.html), and Step Functions passes at most
 * 262,144 bytes to a state (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateEnteredEventDetails.html).
 * The rest is for the event around the detail, and for what the workflow adds to it: its results and the cause of a failure.
 */
export const MAX_DETAIL_BYTES = 192 * 1024;

/** The `currency` of an event without one. */
export const NO_CURRENCY = 'XXX';

/**
 * EventBridge compares numbers within ±5e9, to 15 digits and six decimals
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching).
 */
export const MAX_EVENT_AMOUNT = 5e9;
export const EVENT_AMOUNT_DECIMALS = 6;

/** The kinds of transactions, which are the same for every provider. */
export const KINDS = ['authorized', 'captured', 'failed', 'canceled', 'refunded', 'disputed', 'paid-out', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** The input of the fraud detector from the workflow. */
export interface AssessmentRequest {
  readonly detail: TransactionDetail;
  /** ARN of the execution. */
  readonly execution: string;
  /** Its start time, RFC 3339, for the link to the console. */
  readonly started_at: string;
}

/** The output of the fraud detector to the workflow: the verdict, and the texts of its alert. */
export interface Assessment extends AssessmentResult {
  readonly alert_subject: string;
  readonly alert_text: string;
  readonly alert_sms: string;
}
