import { readMajor } from './shared/amounts';
import type { Kind } from '../../src/private/contract';
import { emailDomainOf } from '../domain/email-domain';
import { decodeSignature, isSignedByAny } from './shared/digest';
import { readEventTime } from './shared/event-time';
import { firstAt, present } from './shared/first-at';
import { codeOf, isJsonObject, parseJson, textOf } from './shared/json';
import { valueAt } from './shared/json-path';
import { notUnderstood, readCurrency, type Reading } from './shared/reading';
import { verdict, type Scheme, type Verification } from './shared/scheme';

const SIGNATURE_HEADER = 'x-mollie-signature';
const SIGNATURE_PREFIX = 'sha256=';

/** https://docs.mollie.com/reference/webhooks-new */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['payment.authorized', 'authorised'],
  ['capture.succeeded', 'captured'],
  ['payment-link.paid', 'captured'],
  ['payment.paid', 'captured'],
  ['sales-invoice.paid', 'captured'],
  ['business-account-transfer.blocked', 'failed'],
  ['business-account-transfer.failed', 'failed'],
  ['business-account-transfer.returned', 'failed'],
  ['capture.failed', 'failed'],
  ['payment.canceled', 'failed'],
  ['payment.expired', 'failed'],
  ['payment.failed', 'failed'],
  ['payout.canceled', 'failed'],
  ['payout.failed', 'failed'],
  ['refund.canceled', 'failed'],
  ['refund.failed', 'failed'],
  ['refund.pending', 'refunded'],
  ['refund.processing', 'refunded'],
  ['refund.queued', 'refunded'],
  ['refund.refunded', 'refunded'],
  ['chargeback.received', 'disputed'],
  ['chargeback.reversed', 'disputed'],
  ['dispute.created', 'disputed'],
  ['dispute.resolved', 'disputed'],
  ['dispute.updated', 'disputed'],
  ['business-account-transfer.processed', 'paid-out'],
  ['payout.completed', 'paid-out'],
]);

/**
 * One event a movement of money: links, sales invoices, captures and balance
 * transactions carry the amount of their payment again, a dispute that of its
 * chargeback.
 */
const MOVING_MONEY: ReadonlySet<string> = new Set([
  'business-account-transfer.processed', 'chargeback.received', 'payment.paid', 'payout.completed', 'refund.refunded',
]);

/** Payments that are cancelled or expire were left by the customer; a capture that fails was authorised before. */
const DECLINES: ReadonlySet<string> = new Set(['payment.failed']);

/** A payment, a sales invoice and a balance transaction call theirs differently. */
const AMOUNTS = ['amount', 'totalAmount', 'resultAmount'];
/** A payment that was authorised first may have been captured in part. */
const AMOUNTS_PAID = ['amountCaptured', ...AMOUNTS];

/**
 * Mollie's next-generation webhooks: HMAC-SHA256 of the raw body. While a
 * secret is rolled, each event has two signatures for 24 hours
 * (https://docs.mollie.com/reference/webhooks-new#manual-signature-verification).
 * There is neither a published vector nor a library at hand: this rests on the
 * documentation and on what the source of Mollie's PHP library does.
 */
export const mollie = {
  /** The header comes once a signature, which whoever passes it on may join into one list (RFC 9110, 5.3). */
  verify(request, secrets): Verification {
    const entries = (request.headers.get(SIGNATURE_HEADER) ?? []).flatMap((value) => value.split(/, ?/));
    if (entries.every((entry) => entry === '')) {
      return 'signature_missing';
    }
    const signatures = entries.map(decodeEntry).filter((bytes) => bytes !== undefined);
    if (signatures.length < entries.length) {
      return 'signature_malformed';
    }
    return verdict(isSignedByAny('sha256', secrets, [request.body], signatures));
  },

  /**
   * What has no type is no event, and its `id` not an event's: it may come
   * again with another content.
   */
  read({ body }): Reading {
    const event = parseJson(body);
    const type = textOf(valueAt(event, 'type'));
    if (type === undefined) {
      return notUnderstood();
    }
    const entityId = textOf(valueAt(event, 'entityId'));
    const entity = embeddedEntity(event, entityId);
    const amount = firstAt(entity, type === 'payment.paid' ? AMOUNTS_PAID : AMOUNTS, present);
    const currency = readCurrency(valueAt(amount, 'currency'));
    const money = readMajor(valueAt(amount, 'value'), currency, 'mollie');
    return {
      understood: amount === undefined || money !== undefined,
      fields: {
        eventId: textOf(valueAt(event, 'id')),
        transactionId: textOf(valueAt(entity, 'paymentId')) ?? entityId,
        eventName: type,
        kind: KINDS.get(type) ?? 'other',
        status: textOf(valueAt(entity, 'status')),
        live: valueAt(entity, 'mode') !== 'test',
        money,
        currency,
        customerId: textOf(valueAt(entity, 'customerId')),
        paymentMethod: textOf(valueAt(entity, 'method')),
        country: firstAt(entity, ['billingAddress.country', 'countryCode'], (value) => codeOf(value, 2)),
        cardCountry: codeOf(valueAt(entity, 'details.cardCountryCode'), 2),
        emailDomain: emailDomainOf(valueAt(entity, 'billingAddress.email')),
        eventTime: readEventTime(valueAt(event, 'createdAt')),
        movesMoney: MOVING_MONEY.has(type),
        declined: DECLINES.has(type),
      },
    };
  },
} satisfies Scheme;

function decodeEntry(entry: string): Buffer | undefined {
  return entry.startsWith(SIGNATURE_PREFIX) ? decodeSignature(entry.slice(SIGNATURE_PREFIX.length), 'hex') : undefined;
}

/**
 * The snapshot of what the event is about: embedded as `entity` or, in older
 * examples, under its type. A webhook that is set to simple payloads has none.
 */
function embeddedEntity(event: unknown, entityId: string | undefined): unknown {
  const embedded = valueAt(event, '_embedded');
  const candidates = Object.values(isJsonObject(embedded) ? embedded : {});
  return valueAt(embedded, 'entity') ?? candidates.find((candidate) => textOf(valueAt(candidate, 'id')) === entityId);
}
