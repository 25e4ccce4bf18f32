import { isCardBin, isRfc3339, parseEventTime } from './event-values';
import { isJsonObject, parseJson, type JsonObject } from './json';
import { unparsed, type NormalizedEvent, type Violation } from './normalized-event';
import { KINDS, NO_CURRENCY, type Kind } from '../../../src/private/contract';
import { isEmailDomain } from '../../domain/email-domain';
import { minorUnits, exponentOf, parseMinor } from '../../domain/money';

/** The body that the user's own system sends; schemas/canonical-transaction.schema.json is its published form. */
interface CanonicalTransaction {
  readonly transaction_id: string;
  readonly kind: Kind;
  readonly amount_minor?: number | string;
  readonly currency?: string;
  readonly customer_id?: string;
  readonly payment_method?: string;
  readonly country?: string;
  readonly card_country?: string;
  readonly card_bin?: string;
  readonly email_domain?: string;
  readonly status?: string;
  readonly event_time?: string;
  readonly live?: boolean;
}

interface FieldRule {
  readonly accepts: (value: unknown) => boolean;
  readonly message: string;
}

/** Codes of ISO 4217 that stand for no money: none, and testing. */
const CODES_WITHOUT_MONEY: readonly string[] = [NO_CURRENCY, 'XTS'];
/** Captured money was authorized before: counting both would count it twice. */
const MOVING_MONEY: readonly Kind[] = ['captured', 'refunded', 'disputed', 'paid-out'];

const TEXT: FieldRule = { accepts: isText, message: 'must be a string of 1 to 200 characters' };
const COUNTRY: FieldRule = {
  accepts: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
  message: 'must be a country code of two upper-case letters (ISO 3166-1 alpha-2)',
};

/**
 * Written by hand, because a schema compiled at start would cost each cold
 * start more than the SDK; a test holds it against the schema.
 */
const RULES: ReadonlyMap<string, FieldRule> = new Map<keyof CanonicalTransaction, FieldRule>([
  ['transaction_id', TEXT],
  ['kind', { accepts: (value) => KINDS.some((kind) => kind === value), message: `must be one of ${KINDS.join(', ')}` }],
  ['amount_minor', {
    accepts: (value) => parseMinor(value) !== undefined,
    message: 'must be an integer of minor units, beyond 2^53 as a string of at most 30 digits',
  }],
  ['currency', { accepts: isCurrency, message: 'must be a currency code of ISO 4217 in upper case' }],
  ['customer_id', TEXT],
  ['payment_method', TEXT],
  ['country', COUNTRY],
  ['card_country', COUNTRY],
  ['card_bin', { accepts: isCardBin, message: 'must be a string of the first 6 to 8 digits of the card number' }],
  ['email_domain', { accepts: isEmailDomain, message: 'must be what follows the @ of the email address, without the address, in lower case and ASCII (xn--…)' }],
  ['status', TEXT],
  ['event_time', {
    accepts: (value) => typeof value === 'string' && isRfc3339(value),
    message: 'must be a time of RFC 3339 with its offset, like 2026-01-31T12:00:00Z',
  }],
  ['live', { accepts: (value) => typeof value === 'boolean', message: 'must be true or false' }],
]);
const REQUIRED: readonly (keyof CanonicalTransaction)[] = ['transaction_id', 'kind'];

/** Finds the first field by which a body breaks the canonical schema. */
export function canonicalViolation(body: unknown): Violation | undefined {
  if (!isJsonObject(body)) {
    return { field: 'body', message: 'must be a JSON object' };
  }
  const missing = REQUIRED.find((field) => !Object.hasOwn(body, field));
  if (missing !== undefined) {
    return { field: missing, message: 'is required' };
  }
  for (const [field, value] of Object.entries(body)) {
    const rule = RULES.get(field);
    if (!rule?.accepts(value)) {
      return { field: field.slice(0, 100), message: rule?.message ?? 'is not a field of the canonical transaction' };
    }
  }
  return Object.hasOwn(body, 'amount_minor') && !Object.hasOwn(body, 'currency')
    ? { field: 'currency', message: 'is required where amount_minor is given' }
    : undefined;
}

/** Reads a canonical body under the event identifier that its scheme signs. */
export function normalizeCanonical(rawBody: Buffer, eventId: string | undefined): NormalizedEvent {
  const body = parseJson(rawBody);
  const violation = canonicalViolation(body);
  if (violation) {
    return unparsed(eventId, violation);
  }
  const transaction = body as JsonObject & CanonicalTransaction;
  const minor = parseMinor(transaction.amount_minor);
  return {
    parsed: true,
    fields: {
      eventId,
      transactionId: transaction.transaction_id,
      eventName: transaction.kind,
      kind: transaction.kind,
      status: transaction.status,
      live: transaction.live ?? true,
      money: minor === undefined ? undefined : { minor, exponent: minorUnits(transaction.currency) },
      currency: transaction.currency,
      customerId: transaction.customer_id,
      paymentMethod: transaction.payment_method,
      country: transaction.country,
      cardCountry: transaction.card_country,
      cardBin: transaction.card_bin,
      emailDomain: transaction.email_domain,
      eventTime: parseEventTime(transaction.event_time),
      moneyMovement: MOVING_MONEY.includes(transaction.kind),
      declined: transaction.kind === 'failed',
    },
  };
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && /^.{1,200}$/su.test(value);
}

function isCurrency(value: unknown): boolean {
  return typeof value === 'string' && exponentOf(value) !== undefined && !CODES_WITHOUT_MONEY.includes(value);
}
