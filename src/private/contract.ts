/**
 * What the stack and the handlers agree on: names of environment variables,
 * attributes, events and metrics, and the shape of what passes between them.
 *
 * Each name stands here and nowhere else. This module imports nothing but types,
 * so that the handlers' bundles stay free of the CDK.
 */
import type { AssessmentResult, Verdict } from './fraud-contract';

export type * from './fraud-contract';

/** Environment variables of the functions. */
export const Env = {
  /** Table name: all functions but the archival. */
  TABLE_NAME: 'TABLE_NAME',
  /** JSON of `ProviderConfig[]`; the first one serves `POST /webhook`. Validator. */
  PROVIDERS: 'PROVIDERS',
  /** Seconds for which AWSPREVIOUS is accepted after a rotation. Validator. */
  PREVIOUS_SECRET_GRACE_SECONDS: 'PREVIOUS_SECRET_GRACE_SECONDS',
  /** Seconds after which DynamoDB may delete a transaction; never when it is not set. Validator. */
  TRANSACTION_RETENTION_SECONDS: 'TRANSACTION_RETENTION_SECONDS',
  /** JSON of `TierConfig`. Validator and relay. */
  TIERS: 'TIERS',
  /** Name or ARN of the bus. Relay. */
  EVENT_BUS_NAME: 'EVENT_BUS_NAME',
  /** The events' `source`. Relay. */
  EVENT_SOURCE: 'EVENT_SOURCE',
  /** URL of the dead-letter queue. Relay and archival. */
  DEAD_LETTER_QUEUE_URL: 'DEAD_LETTER_QUEUE_URL',
  /** JSON of `FraudConfig`. Fraud detector, unless the parameter is given. */
  FRAUD_RULES: 'FRAUD_RULES',
  /** Name of the SSM parameter that holds what does not fit the environment. Fraud detector. */
  FRAUD_RULES_PARAMETER: 'FRAUD_RULES_PARAMETER',
  /** Archive bucket. Archival. */
  ARCHIVE_BUCKET_NAME: 'ARCHIVE_BUCKET_NAME',
  /** Value of the metrics' `System` dimension. All functions. */
  SYSTEM_NAME: 'SYSTEM_NAME',
} as const;

/** Attributes of an item in the transactions table. */
export const Attr = {
  TRANSACTION_ID: 'transaction_id',
  TIMESTAMP: 'timestamp',
  RECORD_TYPE: 'record_type',
  EVENT_ID: 'event_id',
  PROVIDER: 'provider',
  PROVIDER_EVENT: 'provider_event',
  KIND: 'kind',
  STATUS: 'status',
  LIVE: 'live',
  ROUTED: 'routed',
  /** Integer minor units. */
  AMOUNT_MINOR: 'amount_minor',
  EXPONENT: 'exponent',
  CURRENCY: 'currency',
  CUSTOMER_ID: 'customer_id',
  PAYMENT_METHOD: 'payment_method',
  COUNTRY: 'country',
  CARD_COUNTRY: 'card_country',
  /** The first six to eight digits of the card's number: its bank, not its holder. */
  CARD_BIN: 'card_bin',
  /** Of the customer's email address what follows the @, in lower case. */
  EMAIL_DOMAIN: 'email_domain',
  EVENT_TIME: 'event_time',
  RECEIVED_AT: 'received_at',
  /** The raw body, gzip. */
  BODY: 'body',
  /**
   * `<provider>:<customer id>` on routed items of a customer,
   * `declined#<provider>:<customer id>` on declined payments: what fraud rules read.
   */
  CUSTOMER_KEY: 'customer_key',
  /** Event time, or the time of receipt where none is signed. Sorts the customer index. */
  OCCURRED_AT: 'occurred_at',
  /** `0` to `9`, only on high-value items that are open: not yet assessed and announced. */
  SWEEP_PARTITION: 'sweep_partition',
  /** From when on the sweep looks at the item. */
  SWEEP_AT: 'sweep_at',
  /** How many times the sweep has published the item again. */
  SWEEPS: 'sweeps',
  /** ARN of the execution that assesses the item. */
  CLAIM_OWNER: 'claim_owner',
  CLAIMED_AT: 'claimed_at',
  VERDICT: 'verdict',
  SCORE: 'score',
  REASONS: 'reasons',
  ASSESSED_AT: 'assessed_at',
  /** The version of the rules that gave the verdict. */
  RULE_SET: 'rule_set',
  /** When the workflow was through with the item: from then on it is claimed no more. */
  CLOSED_AT: 'closed_at',
  /** Of a rule set: the rules as JSON. */
  CONFIG: 'config',
  /** Of a blocklist entry: why, in the operator's words. */
  REASON: 'reason',
  /** SHA-256 of the body that came under a transmission. */
  BODY_HASH: 'body_hash',
  /** Unix seconds from which on DynamoDB may delete the item: on transmissions, and on transactions of a system with a retention. */
  EXPIRES_AT: 'expires_at',
} as const;

/** Record types that the handlers know; consumers ignore every other. */
export const RecordType = {
  TRANSACTION: 'transaction',
  /** Which body came under a delivery's signed name, for schemes whose signature does not bind the body. */
  TRANSMISSION: 'transmission',
  /** The rules behind verdicts, so that each can be explained later. */
  RULE_SET: 'rule-set',
  /** Written by operators: what the rule `blocked` looks up. */
  BLOCKLIST_ENTRY: 'blocklist-entry',
} as const;

/** Stands in the sort key of items that are no transactions: those have a `#` there. */
export const NO_EVENT = '-';
/**
 * Begins the customer key of declined payments: they must not crowd the history
 * of the others. At the end it could be a part of another customer's id; at the
 * beginning stands a provider's name, which holds no `#`.
 */
export const DECLINED_PREFIX = 'declined#';

/** Begins the partition key of a blocklist entry: `blocklist:<kind>:<value>`. */
export const BLOCKLIST_PREFIX = 'blocklist:';
/** All that operators write of a blocklist entry, and all that they are allowed to. */
export const BLOCKLIST_ENTRY_ATTRIBUTES: readonly string[] = [Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.RECORD_TYPE, Attr.REASON];
/** What a blocklist entry blocks. */
export const BLOCKLIST_KINDS = ['customer', 'country', 'card', 'email-domain'] as const;
export type BlocklistKind = (typeof BLOCKLIST_KINDS)[number];
/** How many first digits of a card's number an entry may have. */
export const CARD_BIN_DIGITS = { least: 6, most: 8 } as const;

/** A provider's name: a part of the URL, and what begins the keys of its transactions. */
export const PROVIDER_NAME = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;
/**
 * What begins the keys of items that are not transactions. No provider can
 * have such a name, so that a key alone tells what an item is.
 */
export const RESERVED_PREFIXES: readonly string[] = [
  BLOCKLIST_PREFIX, DECLINED_PREFIX, `${RecordType.RULE_SET}:`, `${RecordType.TRANSMISSION}:`,
].map((prefix) => prefix.slice(0, -1));

/** The sparse indexes of the table. */
export const Index = { CUSTOMER: 'customer-index', OPEN_HIGH_VALUE: 'open-high-value-index' } as const;

/** What the customer index carries beside its keys: all that a fraud rule may read. */
export const CUSTOMER_INDEX_ATTRIBUTES: readonly string[] = [
  Attr.KIND, Attr.ROUTED, Attr.AMOUNT_MINOR, Attr.EXPONENT, Attr.CURRENCY, Attr.COUNTRY, Attr.CARD_COUNTRY,
];

/** The open high-value items are spread over this many partitions of their index. */
export const SWEEP_PARTITIONS = 10;
/** An item without a verdict is swept when it is this old, then after twice the time, and so on. */
export const SWEEP_AFTER_MINUTES = 10;
/** An item that has no verdict by then is set aside in the dead-letter queue. */
export const SWEEP_GIVE_UP_HOURS = 24;
/** The constant input of the schedule that starts the sweep. */
export const SWEEP_INPUT = { task: 'sweep' } as const;

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
export const KINDS = ['authorised', 'captured', 'failed', 'refunded', 'disputed', 'paid-out', 'other'] as const;
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
  readonly routed: boolean;
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

/** What the fraud detector returns to the workflow: the judgement, and how people are told of it. */
export interface Assessment extends AssessmentResult {
  readonly alert_subject: string;
  readonly alert_text: string;
  readonly alert_sms: string;
}

/** How a webhook's fields are found: dotted paths into the JSON body. */
export interface FieldsConfig {
  readonly transactionId?: string;
  readonly eventId?: string;
  readonly eventName?: string;
  readonly eventTime?: string;
  readonly amount?: string;
  readonly amountUnit?: 'minor' | 'major';
  readonly currency?: string;
  readonly status?: string;
  readonly customerId?: string;
  readonly paymentMethod?: string;
  readonly country?: string;
  readonly cardCountry?: string;
  readonly cardBin?: string;
  /** The path of the address, of which the domain alone is kept. */
  readonly email?: string;
  readonly live?: string;
  /** The provider's event names → kinds; every other name is `other`. */
  readonly kinds?: { readonly [eventName: string]: Kind };
}

/** The ways of signing and writing webhooks that the validator knows: the rows of its table of schemes. */
export type SchemeName =
  | 'adyen' | 'braintree' | 'checkout-com' | 'coinbase-commerce' | 'gocardless' | 'hmac' | 'mollie' | 'paypal' | 'paystack' | 'razorpay'
  | 'shopify' | 'square' | 'standard-webhooks' | 'stripe';

/** The fields of those providers' secrets that are JSON objects: what is known only after registration. */
export const SecretField = {
  /** Square. */
  SIGNATURE_KEY: 'signature_key',
  /** Square: the URL as it was registered, which is signed with the body. */
  NOTIFICATION_URL: 'notification_url',
  /** PayPal. */
  WEBHOOK_ID: 'webhook_id',
  /** Braintree. */
  PUBLIC_KEY: 'public_key',
  /** Braintree. */
  PRIVATE_KEY: 'private_key',
} as const;

/** How one provider is verified and read. */
export interface ProviderConfig {
  /** The path segment of `POST /webhook/{provider}`. */
  readonly name: string;
  readonly scheme: SchemeName;
  /** All are tried: a provider may roll its secrets. */
  readonly secretArns: readonly string[];
  /** CIDR ranges. Absent: webhooks may come from every address. */
  readonly sourceRanges?: readonly string[];
  /** How old or how far ahead a signed time may be. */
  readonly toleranceSeconds?: number;
  /** Event names (for the canonical body: kinds) that are routed, instead of the scheme's own. */
  readonly routedEvents?: readonly string[];
  /** All of its events are tests, whatever they say: stored, not routed. */
  readonly testMode?: boolean;
  /** Refuse a body that breaks the canonical schema: the sender is the user's own system. */
  readonly strict?: boolean;
  /** Absent on `standard-webhooks`: the body is the canonical transaction. */
  readonly fields?: FieldsConfig;
  readonly hmac?: HmacConfig;
}

export interface HmacConfig {
  readonly signatureHeader: string;
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly encoding: 'hex' | 'base64';
  readonly prefix?: string;
  /** Where given, `<timestamp>.<raw body>` is signed, the timestamp in Unix seconds. */
  readonly timestampHeader?: string;
}

/** Thresholds in major units: high > `high`, medium within both, low < `medium`. */
export interface TierThresholds {
  readonly medium: number;
  readonly high: number;
}

/** The common thresholds, and those of single currencies, grouped: an environment ends at 4 KB. */
export interface TierConfig extends TierThresholds {
  readonly groups?: readonly CurrencyGroup[];
}

export interface CurrencyGroup extends TierThresholds {
  readonly currencies: readonly string[];
}

export type Tier = 'high' | 'medium' | 'low';

/** One assessment reads at most this many earlier events of the customer. */
export const HISTORY_LIMIT = 200;

/** Custom metrics, published through the embedded metric format. */
export const METRIC_NAMESPACE = 'WebhookProcessingSystem';
export const METRIC_DIMENSION = 'System';
export const Metric = {
  STORED: 'WebhooksStored',
  DUPLICATE: 'WebhooksDuplicate',
  REFUSED: 'WebhooksRefused',
  NOT_UNDERSTOOD: 'WebhooksNotUnderstood',
  SECRET_NOT_SET: 'SecretNotSet',
  STORE_FAILED: 'StoreFailed',
  SWEPT: 'TransactionsSwept',
  SET_ASIDE: 'RecordsSetAside',
  ASSESSED: 'TransactionsAssessed',
  /** By verdict. */
  VERDICT: 'Verdicts',
  /** By rule. */
  RULE_FIRED: 'RulesFired',
  /** Major units of assessed transactions, by currency. */
  ASSESSED_AMOUNT: 'AssessedAmount',
  /** Milliseconds from the event to its verdict. */
  VERDICT_LATENCY: 'TimeToVerdict',
} as const;
/** Dimensions beside the system's. */
export const MetricBy = { VERDICT: 'Verdict', RULE: 'Rule', CURRENCY: 'Currency' } as const;

/** The largest webhook that is accepted, in bytes. */
export const MAX_BODY_BYTES = 256 * 1024;

/** Begins the key of every archived object, which goes on with its date. */
export const ARCHIVE_PREFIX = 'year=';

/** The functions, as they stand in physical names and in `assets/`. */
export type HandlerName = 'webhook-validator' | 'event-relay' | 'fraud-detector' | 'transaction-archival';
