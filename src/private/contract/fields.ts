import { KINDS, MAX_DETAIL_BYTES, MAX_EVENT_AMOUNT, SCHEMA_VERSION } from './events';
import type { Field } from './field';
import { CARD_BIN_DIGITS, METADATA_LIMITS } from './items';

const TEXT = { type: 'string' };
const FLAG = { type: 'boolean' };
const TIME = { type: 'string', format: 'date-time' };
const CARD_BIN = { type: 'string', pattern: `^[0-9]{${CARD_BIN_DIGITS.least},${CARD_BIN_DIGITS.most}}$` };
const METADATA = {
  type: 'object',
  maxProperties: METADATA_LIMITS.keys,
  additionalProperties: { type: 'string', minLength: 1, maxLength: METADATA_LIMITS.valueLength },
};
/** The schemas of events cannot limit the names of properties: draft 4 has no keyword for it. */
const SENT_METADATA = { ...METADATA, propertyNames: { minLength: 1, maxLength: METADATA_LIMITS.keyLength } };

const SENT_TEXT = { schema: { type: 'string', minLength: 1, maxLength: 200 }, message: 'must be a string of 1 to 200 characters' };
const SENT_COUNTRY = {
  schema: { type: 'string', pattern: '^[A-Z]{2}$' },
  message: 'must be a country code of two upper-case letters (ISO 3166-1 alpha-2)',
};

/** Every field, in the order of the schemas. `npx projen generate` writes the files that depend on it. */
export const FIELDS = {
  schema_version: {
    description: 'The version of these fields. Within a version, fields are only added.',
    schema: { type: 'string', enum: [SCHEMA_VERSION] },
    published: 'always',
  },
  transaction_id: {
    description: 'The provider\'s name and its own id of the payment: `<provider>:<id>`. The partition key of the table.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
    canonical: { ...SENT_TEXT, description: 'Your identifier of the payment. All events of one payment carry the same.', required: true },
  },
  timestamp: {
    description: 'The signed event time, or `-`, and the event\'s id: `<time>#<event id>`. The sort key of the table.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  event_id: {
    description: 'The provider\'s id of this event, or the hash of what it signed. Events arrive at least once: deduplicate by the detail type, transaction_id and timestamp, which contains it.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  provider: {
    description: 'The provider\'s name in this system: the path segment of its webhook URL.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  payment_url: {
    description: 'The page of the payment in the provider\'s dashboard, where you can refund it. Absent if the provider has no published address for it.',
    schema: { type: 'string', pattern: '^https://' },
    published: 'if-stated',
  },
  provider_event: {
    description: 'The provider\'s name for the event.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  kind: {
    description: 'What the event is, in the same words for every provider.',
    schema: { type: 'string', enum: KINDS },
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
    indexed: true,
    canonical: {
      description: 'What happened. By default captured, refunded, disputed and paid-out are money movements, which are routed by amount; the others are stored and archived.',
      schema: { enum: KINDS },
      message: `must be one of ${KINDS.join(', ')}`,
      required: true,
    },
  },
  status: {
    description: 'The payment\'s status in the provider\'s words.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'text' },
    canonical: { ...SENT_TEXT, description: 'Your own word for the payment\'s state.' },
  },
  live: {
    description: 'False for the provider\'s test mode.',
    schema: FLAG,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
    canonical: {
      description: 'False marks a test: it is stored and archived, never a money movement.',
      schema: { ...FLAG, default: true },
      message: 'must be true or false',
    },
  },
  money_movement: {
    description: 'Whether this is the one event of its payment that is tiered, alerted and assessed.',
    schema: FLAG,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  amount: {
    description: 'Major units, absolute, at most what EventBridge\'s rules compare. For rules; compute with amount_minor.',
    schema: { type: 'number', minimum: 0, maximum: MAX_EVENT_AMOUNT },
    published: 'if-stated',
  },
  amount_minor: {
    description: 'Integer minor units, exact. On the bus as decimal digits.',
    schema: { type: 'string', pattern: '^-?[0-9]+$' },
    stored: 'if-stated',
    keptOnErasure: true,
    published: 'if-stated',
    indexed: true,
    canonical: {
      description: 'The amount in the currency\'s minor unit (12.34 EUR is 1234, 1234 JPY is 1234): an integer, or its digits as a string if it exceeds 2^53.',
      schema: {
        anyOf: [
          { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
          { type: 'string', pattern: '^-?[0-9]{1,30}$' },
        ],
      },
      message: 'must be an integer of minor units, beyond 2^53 as a string of at most 30 digits',
    },
  },
  exponent: {
    description: 'How many of amount_minor\'s digits are decimals.',
    schema: { type: 'integer', minimum: 0 },
    stored: 'if-stated',
    keptOnErasure: true,
    published: 'if-stated',
    indexed: true,
  },
  currency: {
    description: 'ISO 4217 code; `XXX` if the event has no currency.',
    schema: TEXT,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
    indexed: true,
    canonical: {
      description: 'ISO 4217. Required if amount_minor is set.',
      // The schema adds the standard's codes.
      schema: {},
      message: 'must be a currency code of ISO 4217 in upper case',
    },
  },
  account: {
    description: 'The provider\'s account that the event belongs to, such as Stripe Connect\'s connected account or Adyen\'s merchant account.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'identifier' },
    canonical: { ...SENT_TEXT, description: 'The account, shop or tenant that the payment belongs to.' },
  },
  reference: {
    description: 'Your own reference of the payment, such as the order number, as you gave it to the provider.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'text' },
    canonical: { ...SENT_TEXT, description: 'Your reference of the payment, such as the order number.' },
  },
  metadata: {
    description: 'The entries of your own metadata of the payment that you chose with `metadataKeys`, as text.',
    schema: METADATA,
    stored: 'if-stated',
    published: 'if-stated',
    canonical: {
      description: 'Other facts of your own about the payment, such as its cart. Alerts show them: do not send personal data.',
      schema: SENT_METADATA,
      message: `must be an object of at most ${METADATA_LIMITS.keys} strings of 1 to ${METADATA_LIMITS.valueLength} characters, with keys of 1 to ${METADATA_LIMITS.keyLength} characters`,
    },
  },
  customer_id: {
    description: 'The provider\'s id of the customer. For a guest: `contact:` and a keyed hash of the email address or phone number.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'identifier' },
    canonical: { ...SENT_TEXT, description: 'Your identifier of the customer. Fraud rules read a customer\'s history by it.' },
  },
  payment_method: {
    description: 'The kind of payment method, in the provider\'s words.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'text' },
    canonical: { ...SENT_TEXT, description: 'How it was paid, such as card or sepa_debit.' },
  },
  country: {
    description: 'The customer\'s country, ISO 3166-1 alpha-2.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'country' },
    canonical: { ...SENT_COUNTRY, description: 'The customer\'s country, ISO 3166-1 alpha-2.' },
  },
  card_country: {
    description: 'The country that issued the card, ISO 3166-1 alpha-2.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    carried: { as: 'country' },
    canonical: { ...SENT_COUNTRY, description: 'The country that issued the card, ISO 3166-1 alpha-2.' },
  },
  card_bin: {
    description: 'The first six to eight digits of the card\'s number: its bank, not its holder.',
    schema: CARD_BIN,
    stored: 'if-stated',
    published: 'if-stated',
    personal: true,
    carried: { as: 'card-bin' },
    canonical: {
      description: 'The first 6 to 8 digits of the card\'s number. Never more: do not send a whole number.',
      schema: CARD_BIN,
      message: 'must be a string of the first 6 to 8 digits of the card number',
    },
  },
  email_domain: {
    description: 'The domain of the customer\'s email address, in lower case. The address itself is in no event.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'if-stated',
    personal: true,
    carried: { as: 'email-domain', path: 'email' },
    canonical: {
      description: 'The domain of the customer\'s email address, in lower case and in ASCII (xn--bcher-kva.example). Never the address.',
      schema: { type: 'string', maxLength: 253, pattern: '^([a-z0-9_-]{1,63}\\.)+[a-z0-9_-]{2,63}$' },
      message: 'must be the domain of the email address without the address, in lower case and ASCII (xn--…)',
    },
  },
  event_time: {
    description: 'When the event took place, as the provider signed it.',
    schema: TIME,
    stored: 'if-stated',
    keptOnErasure: true,
    published: 'if-stated',
    canonical: {
      description: 'When it happened, RFC 3339 with its offset.',
      schema: { ...TIME, pattern: '^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$' },
      message: 'must be a time of RFC 3339 with its offset, such as 2026-01-31T12:00:00Z',
    },
  },
  received_at: {
    description: 'When the webhook was received.',
    schema: TIME,
    stored: 'always',
    keptOnErasure: true,
    published: 'always',
  },
  fetched: {
    description: 'True if the event was fetched from the provider\'s API, because its webhook did not arrive. Nobody signed its body. Absent for webhooks.',
    schema: FLAG,
    stored: 'if-stated',
    published: 'if-stated',
    keptOnErasure: true,
  },
  tier: {
    description: 'By the thresholds when the event was published. Absent without an amount.',
    schema: { type: 'string', enum: ['high', 'medium', 'low'] },
    published: 'if-stated',
  },
  alert_subject: {
    description: 'One line of ASCII for an alert\'s subject, fewer than 100 characters.',
    schema: { type: 'string', minLength: 1, maxLength: 99, pattern: '^[\\x21-\\x7e][\\x20-\\x7e]*$' },
    published: 'always',
  },
  alert_text: {
    description: 'A text for a person, a line for each fact.',
    schema: { type: 'string', minLength: 1 },
    published: 'always',
  },
  alert_sms: {
    description: 'One segment of an SMS with what SNS adds before it: at most 148 characters of the GSM alphabet.',
    schema: { type: 'string', minLength: 1, maxLength: 148, pattern: '^[\\x20-\\x7e]+$' },
    published: 'always',
  },
  body: {
    description: 'The raw body of the webhook: in the table compressed with gzip, on the bus as text.',
    schema: TEXT,
    stored: 'if-stated',
    published: 'with-body',
    personal: true,
  },
  body_base64: {
    description: 'The raw body in base64. It replaces `body` if the bytes are not UTF-8.',
    schema: TEXT,
    published: 'with-body',
    personal: true,
  },
  body_omitted: {
    description: `True if the event would be larger than ${MAX_DETAIL_BYTES / 1024} KB with its body. Read the body from the table, or from the object that the item names.`,
    schema: FLAG,
    published: 'with-body',
  },
  verdict: {
    description: 'The verdict of the fraud rules.',
    schema: { type: 'string', enum: ['approve', 'review', 'block'] },
    stored: 'with-verdict',
    keptOnErasure: true,
    published: 'with-verdict',
  },
  score: {
    description: 'The sum of the scores of the rules that fired.',
    schema: { type: 'number' },
    stored: 'with-verdict',
    published: 'with-verdict',
  },
  reasons: {
    description: 'One line for each rule that fired, with its figures.',
    schema: { type: 'array', items: TEXT },
    stored: 'with-verdict',
    published: 'with-verdict',
  },
  rule_set: {
    description: 'The version of the rules that gave the verdict: the table keeps them under `rule-set:<version>`.',
    schema: TEXT,
    stored: 'with-verdict',
    published: 'with-verdict',
  },
  assessed_at: {
    description: 'When the verdict was written.',
    schema: TIME,
    stored: 'with-verdict',
    published: 'with-verdict',
  },

  record_type: { description: 'Which of `RecordType` the item is.', stored: 'always', keptOnErasure: true },
  customer_key: {
    description: '`<provider>:<customer id>` on a customer\'s money movements, `declined#<provider>:<customer id>` on declined payments: what fraud rules read.',
    stored: 'internal',
  },
  occurred_at: { description: 'The event time, or the time of receipt if no time is signed. Sorts the customer index.', stored: 'internal' },
  sweep_partition: { description: 'Only on high-value items that are not yet assessed and alerted: `0` to `9`, or `given-up`.', stored: 'internal' },
  sweep_at: { description: 'From when on the sweep looks at the item. On an item that was given up, the time of that.', stored: 'internal' },
  sweeps: { description: 'How many times the sweep has republished the item.', stored: 'internal' },
  given_up_at: { description: 'When the sweep gave up the item, after its last attempt. Removed when the item is republished by a redrive, or closed.', stored: 'internal' },
  claim_owner: { description: 'ARN of the execution that assesses the item.', stored: 'internal' },
  claimed_at: { description: 'When that execution claimed the item.', stored: 'internal' },
  closed_at: { description: 'When the workflow finished with the item. It is not claimed again.', stored: 'internal', keptOnErasure: true },
  erased_at: { description: 'When the data of the customer was erased from the item. Its key and its amount stay.', stored: 'internal', keptOnErasure: true },
  config: { description: 'On a rule set: the rules as JSON.', stored: 'internal' },
  reason: { description: 'On a blocklist entry: why, in the operator\'s words.', stored: 'internal' },
  body_key: {
    description: 'Instead of `body`, if the item would be larger than DynamoDB accepts: the key of the object in the bucket of the archive that has the body, compressed with gzip.',
    stored: 'internal',
  },
  body_hash: { description: 'On a transmission: SHA-256 of its body.', stored: 'internal' },
  reconciled_until: {
    description: 'On the checkpoint of a reconciliation: the time up to which no event of the provider is missing.',
    stored: 'internal',
  },
  beat_at: { description: 'On the heartbeat: when the sweep last wrote it.', stored: 'internal' },
  expires_at: {
    description: 'Unix seconds from which DynamoDB may delete the item: on transmissions, and on transactions of a system with a retention.',
    stored: 'internal',
    keptOnErasure: true,
  },
} satisfies { readonly [name: string]: Field };
