import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseEventTime, parseCurrency, referenceIn } from '../shared/event-values';
import { firstAt, isJsonObject, isJsonStructure, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { verificationBy } from '../shared/secret-text';
import { decodeSignature, isSignedByAny } from '../shared/signature';

const SIGNATURE_HEADER = 'x-mollie-signature';
const SIGNATURE_PREFIX = 'sha256=';

/**
 * https://docs.mollie.com/reference/webhooks-new
 *
 * Money movements: links, sales invoices, captures and balance transactions
 * repeat the amount of their payment, a dispute that of its chargeback.
 *
 * Declines: a capture that fails was authorized before.
 */
const EVENTS: EventTable = {
  'payment.authorized': { kind: 'authorized' },
  'capture.succeeded': { kind: 'captured' },
  'payment-link.paid': { kind: 'captured' },
  'payment.paid': { kind: 'captured', moneyMovement: true },
  'sales-invoice.paid': { kind: 'captured' },
  'business-account-transfer.blocked': { kind: 'failed' },
  'business-account-transfer.failed': { kind: 'failed' },
  'business-account-transfer.returned': { kind: 'failed' },
  'capture.failed': { kind: 'failed' },
  'payment.failed': { kind: 'failed', declined: true },
  'payout.failed': { kind: 'failed' },
  'refund.canceled': { kind: 'failed' },
  'refund.failed': { kind: 'failed' },
  'payment.canceled': { kind: 'canceled' },
  'payment.expired': { kind: 'canceled' },
  'payout.canceled': { kind: 'canceled' },
  'sales-invoice.canceled': { kind: 'canceled' },
  'refund.pending': { kind: 'refunded' },
  'refund.processing': { kind: 'refunded' },
  'refund.queued': { kind: 'refunded' },
  'refund.refunded': { kind: 'refunded', moneyMovement: true },
  'chargeback.received': { kind: 'disputed', moneyMovement: true },
  'chargeback.reversed': { kind: 'disputed' },
  'dispute.created': { kind: 'disputed' },
  'dispute.resolved': { kind: 'disputed' },
  'dispute.updated': { kind: 'disputed' },
  'business-account-transfer.processed': { kind: 'paid-out', moneyMovement: true },
  'payout.completed': { kind: 'paid-out', moneyMovement: true },
};

/** The entities that events are about. */
const RESOURCES = [...new Set(Object.keys(EVENTS).map((name) => name.split('.')[0]))];

/** The amount has different names in a payment, a sales invoice and a balance transaction. */
const AMOUNTS = ['amount', 'totalAmount', 'resultAmount'];
/**
 * The only method whose fingerprints are those of a card. Those of Bancontact differ for each payment
 * (https://docs.mollie.com/reference/get-payment).
 */
const CREDIT_CARD = 'creditcard';
/** Why a payment failed (the same page). `cardSecurity` shows that 3-D Secure was used, but not its outcome. */
const AUTHENTICATION_FAILED = 'authentication_failed';
/** A payment that was authorized first can have been captured in part. */
const AMOUNTS_PAID = ['amountCaptured', ...AMOUNTS];

/**
 * Mollie's next-generation webhooks: HMAC-SHA256 of the raw body. While a
 * secret is rolled, each event has two signatures for 24 hours
 * (https://docs.mollie.com/reference/webhooks-new#manual-signature-verification).
 * There is no published vector and no usable library. This is based on the
 * documentation and on the source of Mollie's PHP library.
 */
export const mollie = {
  events: EVENTS,

  /** Each signature has its own header. Proxies can join them into one list (RFC 9110, 5.3). */
  verify(request, secrets): Verification {
    const entries = (request.headers.get(SIGNATURE_HEADER) ?? []).flatMap((value) => value.split(/, ?/));
    if (entries.every((entry) => entry === '')) {
      return 'signature_missing';
    }
    const signatures = entries.map(decodeEntry).filter((bytes) => bytes !== undefined);
    if (signatures.length < entries.length) {
      return 'signature_malformed';
    }
    return verificationBy(secrets, (usable) => isSignedByAny('sha256', usable, [request.body], signatures));
  },

  normalize({ body }, config): NormalizedEvent {
    const json = parseJson(body);
    const event = parseText(valueAt(json, 'type')) === undefined ? eventOfEntity(json) : json;
    const type = parseText(valueAt(event, 'type'));
    if (type === undefined) {
      return unparsed();
    }
    const entityId = parseText(valueAt(event, 'entityId'));
    const entity = embeddedEntity(event, entityId);
    const amount = firstAt(entity, type === 'payment.paid' ? AMOUNTS_PAID : AMOUNTS, present);
    const currency = parseCurrency(valueAt(amount, 'currency'));
    const money = moneyFromMajor(valueAt(amount, 'value'), currency);
    const method = parseText(valueAt(entity, 'method'));
    const metadata = mollieMetadata(valueAt(entity, 'metadata'));
    const { kind, moneyMovement, declined } = meaningOf(EVENTS, type);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: parseText(valueAt(event, 'id')),
        transactionId: parseText(valueAt(entity, 'paymentId')) ?? entityId,
        eventName: type,
        kind,
        status: parseText(valueAt(entity, 'status')),
        live: valueAt(entity, 'mode') !== 'test',
        money,
        currency,
        account: parseText(valueAt(entity, 'profileId')),
        reference: isJsonStructure(metadata) ? referenceIn(metadata, config) : metadata,
        ...metadataIn([metadata], config),
        ...customerOf(entity, { id: parseText(valueAt(entity, 'customerId')), emails: ['billingAddress.email'], phones: ['billingAddress.phone'] }),
        paymentMethod: method,
        country: firstAt(entity, ['billingAddress.country', 'countryCode'], (value) => parseCode(value, 2)),
        cardCountry: parseCode(valueAt(entity, 'details.cardCountryCode'), 2),
        cardFingerprint: method === CREDIT_CARD ? parseText(valueAt(entity, 'details.cardFingerprint')) : undefined,
        threeDSecure: valueAt(entity, 'details.failureReason') === AUTHENTICATION_FAILED ? 'failed' : undefined,
        eventTime: parseEventTime(valueAt(event, 'createdAt')),
        moneyMovement,
        declined,
      },
    };
  },
} satisfies Scheme;

/**
 * The event of an entity without an envelope, which some pages show as the payload
 * (https://docs.mollie.com/reference/payment-links-api-webhooks). Its name follows
 * from the entity. The same entity can arrive again with another content, for
 * example after a refund, so that a movement is identified by its name and entity.
 * The content identifies every other event.
 */
function eventOfEntity(entity: unknown): object {
  const [resource, id] = ['resource', 'id'].map((field) => parseText(valueAt(entity, field)));
  if (resource === undefined || id === undefined || !RESOURCES.includes(resource)) {
    return {};
  }
  const type = [resource, entityStatus(entity, resource)].filter((part) => part !== undefined).join('.');
  return { id: meaningOf(EVENTS, type).moneyMovement ? `${type}:${id}` : undefined, type, entityId: id, _embedded: { entity } };
}

/** Links and chargebacks have no status. */
function entityStatus(entity: unknown, resource: string): string | undefined {
  switch (resource) {
    case 'payment-link':
      return present(valueAt(entity, 'paidAt')) === undefined ? undefined : 'paid';
    case 'chargeback':
      return present(valueAt(entity, 'reversedAt')) === undefined ? 'received' : 'reversed';
    default:
      return parseText(valueAt(entity, 'status'));
  }
}

/** Metadata is an object, or a text, which can be JSON (https://docs.mollie.com/reference/metadata). */
function mollieMetadata(metadata: unknown): object | string | undefined {
  const text = parseText(metadata);
  const json = text === undefined ? metadata : parseJson(Buffer.from(text));
  return isJsonStructure(json) ? json : text;
}

function decodeEntry(entry: string): Buffer | undefined {
  return entry.startsWith(SIGNATURE_PREFIX) ? decodeSignature(entry.slice(SIGNATURE_PREFIX.length), 'hex') : undefined;
}

/**
 * The snapshot of the event's entity: embedded as `entity` or, in older
 * examples, under its type. Webhooks with simple payloads have no snapshot.
 */
function embeddedEntity(event: unknown, entityId: string | undefined): unknown {
  const embedded = valueAt(event, '_embedded');
  const candidates = Object.values(isJsonObject(embedded) ? embedded : {});
  return valueAt(embedded, 'entity') ?? candidates.find((candidate) => parseText(valueAt(candidate, 'id')) === entityId);
}
