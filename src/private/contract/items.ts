import { Attr } from './generated/attributes';

/** Record types that the handlers support. Consumers ignore other types. */
export const RecordType = {
  TRANSACTION: 'transaction',
  /** The body of a delivery with a signed id, for schemes whose signature does not bind the body. */
  TRANSMISSION: 'transmission',
  /** The rules behind verdicts, so that each can be explained later. */
  RULE_SET: 'rule-set',
  /** Written by operators and read by the rule `blocked`. */
  BLOCKLIST_ENTRY: 'blocklist-entry',
  /** Written by operators and read by the rule `allowed`. */
  ALLOWLIST_ENTRY: 'allowlist-entry',
  /** Counts of assessed payments by amount, for one currency and month. The fraud detector writes and reads them. */
  AMOUNT_COUNTS: 'amount-counts',
  /** Written by every sweep, so that the stream has a change each minute: a consumer that is stopped has an alarm. */
  HEARTBEAT: 'heartbeat',
  /** How far the events of a provider are reconciled. */
  RECONCILIATION: 'reconciliation',
} as const;

/** The sort key of items that are not transactions. The sort key of a transaction contains a `#`. */
export const NO_EVENT = '-';
/**
 * The prefix of the customer key of declined payments, which must not displace
 * other events in the history. Other customer keys begin with a provider's name,
 * which cannot contain a `#`.
 */
export const DECLINED_PREFIX = 'declined#';

/** Begins the partition key of a blocklist entry: `blocklist:<kind>:<value>`. */
export const BLOCKLIST_PREFIX = 'blocklist:';
/** Begins the partition key of an allowlist entry: `allowlist:<kind>:<value>`. */
export const ALLOWLIST_PREFIX = 'allowlist:';
/** The attributes of an entry of a list that operators write and are allowed to write. */
export const LIST_ENTRY_ATTRIBUTES: readonly string[] = [
  Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.RECORD_TYPE, Attr.REASON, Attr.AUTHOR, Attr.CREATED_AT, Attr.EXPIRES_AT,
];
/** Begins the names of the attributes of an item with counts of amounts: `b80` has the number of payments on step 80. */
export const AMOUNT_STEP_PREFIX = 'b';
/** The attributes of an event that labeling it writes, and is allowed to write, after those of the key. */
export const LABEL_ATTRIBUTES: readonly string[] = [Attr.TRANSACTION_ID, Attr.TIMESTAMP, Attr.LABEL, Attr.LABELED_BY, Attr.LABELED_AT];
/** The attributes of an event that decide whether it can be labeled. */
export const LABELED_EVENT_ATTRIBUTES: readonly string[] = [
  ...LABEL_ATTRIBUTES, Attr.RECORD_TYPE, Attr.PROVIDER, Attr.MONEY_MOVEMENT, Attr.OCCURRED_AT, Attr.ERASED_AT,
];
/** The partition key of the heartbeat, of which there is one. */
export const HEARTBEAT_ID = `${RecordType.HEARTBEAT}:sweep`;
/**
 * The kinds of values on the blocklist and the allowlist. `card` is the first digits of a card's number, `card-fingerprint` is
 * one card, and `email` is a keyed hash of an address.
 */
export const LIST_KINDS = ['customer', 'country', 'card', 'card-fingerprint', 'email', 'email-domain'] as const;
export type ListKind = (typeof LIST_KINDS)[number];
/** The number of first digits of a card's number in an entry. */
export const CARD_BIN_DIGITS = { least: 6, most: 8 } as const;
/**
 * The number of metadata entries of an event, and the characters of a key and of a value. Of the providers' own limits for
 * keys, GoCardless has the highest common one (https://developer.gocardless.com/api-reference/#core-endpoints-payments), and
 * for values, Stripe (https://docs.stripe.com/metadata#data).
 */
export const METADATA_LIMITS = { keys: 10, keyLength: 50, valueLength: 500 } as const;

/** A provider's name: a part of the URL, and the prefix of the keys of its transactions. */
export const PROVIDER_NAME = /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/;
/**
 * The prefixes of the keys of items that are not transactions. No provider can
 * have such a name, so the key identifies the type of an item.
 */
export const RESERVED_PREFIXES: readonly string[] = [
  BLOCKLIST_PREFIX, ALLOWLIST_PREFIX, DECLINED_PREFIX, `${RecordType.AMOUNT_COUNTS}:`, `${RecordType.RULE_SET}:`, `${RecordType.TRANSMISSION}:`, `${RecordType.HEARTBEAT}:`,
  `${RecordType.RECONCILIATION}:`,
].map((prefix) => prefix.slice(0, -1));

/** The sparse indexes of the table. The last one exists only if a provider is reconciled. */
export const Index = {
  /** Money movements by customer, and declined payments in partitions of their own. */
  CUSTOMER: 'customer-index',
  /** Money movements and declined payments by the fingerprint of the card. */
  CARD: 'card-index',
  /** Money movements and declined payments by the keyed hash of the email address, for all providers together. */
  EMAIL: 'email-index',
  OPEN_HIGH_VALUE: 'open-high-value-index',
  EVENT: 'event-index',
} as const;

/** The indexes of earlier events, with the attributes that they are partitioned by. */
export const HISTORY_INDEXES = [
  { name: Index.CUSTOMER, key: Attr.CUSTOMER_KEY },
  { name: Index.CARD, key: Attr.CARD_FINGERPRINT },
  { name: Index.EMAIL, key: Attr.EMAIL_HASH },
] as const;

/** The attributes in the index of open transactions besides keys: the sweep measures the age of the oldest one. */
export const OPEN_INDEX_ATTRIBUTES = [Attr.RECEIVED_AT] as const;

/** One assessment reads at most this many earlier events of the customer, of the card and of the email address each. */
export const HISTORY_LIMIT = 200;

/** The prefix of the key of every archived object with changes. The date follows. */
export const ARCHIVE_PREFIX = 'year=';
/** The prefix of the key of every body that does not fit into its item. The provider's name follows. In the same bucket. */
export const BODY_PREFIX = 'webhook-bodies/';
