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
  MONEY_MOVEMENT: 'money_movement',
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
   * `<provider>:<customer id>` on a customer's money movements,
   * `declined#<provider>:<customer id>` on declined payments: what fraud rules read.
   */
  CUSTOMER_KEY: 'customer_key',
  /** Event time, or the time of receipt where none is signed. Sorts the customer index. */
  OCCURRED_AT: 'occurred_at',
  /** `0` to `9`, only on high-value items that are open: not yet assessed and alerted. */
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
 * have such a name, so a key alone shows what an item is.
 */
export const RESERVED_PREFIXES: readonly string[] = [
  BLOCKLIST_PREFIX, DECLINED_PREFIX, `${RecordType.RULE_SET}:`, `${RecordType.TRANSMISSION}:`,
].map((prefix) => prefix.slice(0, -1));

/** The sparse indexes of the table. */
export const Index = { CUSTOMER: 'customer-index', OPEN_HIGH_VALUE: 'open-high-value-index' } as const;

/** What the customer index carries in addition to its keys: exactly what the fraud rules read. A projection cannot be changed later. */
export const CUSTOMER_INDEX_ATTRIBUTES: readonly string[] = [Attr.KIND, Attr.AMOUNT_MINOR, Attr.EXPONENT, Attr.CURRENCY];

/** One assessment reads at most this many earlier events of the customer. */
export const HISTORY_LIMIT = 200;

/** Begins the key of every archived object, which goes on with its date. */
export const ARCHIVE_PREFIX = 'year=';
