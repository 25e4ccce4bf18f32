import { meaningOf, type EventMeaning, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseCardBin, parseCurrency, parseEventTime } from '../shared/event-values';
import { firstAt, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { verificationBy } from '../shared/secret-text';
import { decodeSignature, isSignedByAny } from '../shared/signature';
import { singleHeader } from '../shared/webhook-request';

const SIGNATURE_HEADER = 'event-signature';
/** The number of the key is not signed. It changes with each new key. */
const SIGNATURE_PREFIX = /^\d+\/SHA256\//;

/**
 * The classification and the type of an event, because payments and payouts share
 * types (https://docs.worldpay.com/access/products/events/openapi).
 *
 * Money movements: every merchant gets `sentForSettlement` and `sentForRefund`,
 * but only some get `settled` and `refunded`, which repeat the amount. A dispute
 * holds the disputed funds when the issuer requests information.
 *
 * Declines: an error is not the decision of a bank.
 */
const EVENTS: EventTable = {
  'payment.authorized': { kind: 'authorized' },
  'payment.sentForSettlement': { kind: 'captured', moneyMovement: true },
  'payment.settled': { kind: 'captured' },
  'payment.error': { kind: 'failed' },
  'payment.refundFailed': { kind: 'failed' },
  'payment.refused': { kind: 'failed', declined: true },
  'payment.settlementFailed': { kind: 'failed' },
  'payout.refused': { kind: 'failed' },
  'payment.cancelled': { kind: 'canceled' },
  'payment.cancelledByCustomer': { kind: 'canceled' },
  'payment.expired': { kind: 'canceled' },
  'payment.requestExpired': { kind: 'canceled' },
  'payment.refunded': { kind: 'refunded' },
  'payment.sentForRefund': { kind: 'refunded', moneyMovement: true },
  'chargeback.informationRequested': { kind: 'disputed', moneyMovement: true },
  'payment.chargedBack': { kind: 'disputed', moneyMovement: true },
  'payout.disbursed': { kind: 'paid-out', moneyMovement: true },
  'payout.pending': { kind: 'paid-out' },
};

/** Access Worldpay: HMAC-SHA256 of the raw body (https://docs.worldpay.com/access/products/events/signature). */
export const worldpay = {
  events: EVENTS,

  /** While a key is replaced, there is a signature by each of the keys, in any order. */
  verify(request, secrets): Verification {
    const { value, repeated } = singleHeader(request, SIGNATURE_HEADER);
    if (!value) {
      return 'signature_missing';
    }
    const signatures = value.split(/, ?/).map(decodeNumbered).filter((bytes) => bytes !== undefined);
    if (repeated || signatures.length === 0) {
      return 'signature_malformed';
    }
    return verificationBy(secrets, (usable) => isSignedByAny('sha256', usable, [request.body], signatures));
  },

  /** Signed data does not show the test environment. */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const eventId = parseText(valueAt(event, 'eventId'));
    const details = valueAt(event, 'eventDetails');
    const type = parseText(valueAt(details, 'type'));
    const classification = parseText(valueAt(details, 'classification'));
    if (type === undefined || classification === undefined) {
      return unparsed(eventId);
    }
    const eventName = `${classification}.${type}`;
    const currency = parseCurrency(valueAt(details, 'amount.currencyCode'));
    const amount = present(valueAt(details, 'amount.value'));
    const money = moneyFromMinor(amount, currency);
    const transactionReference = parseText(valueAt(details, 'transactionReference'));
    const cardBin = parseCardBin(valueAt(details, 'paymentInstrument.cardBin'));
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: transactionReference,
        eventName,
        live: true,
        money,
        currency,
        account: parseText(valueAt(details, 'merchant.entity')),
        reference: transactionReference,
        paymentMethod: firstAt(details, ['paymentInstrument.method', 'paymentInstrument.cardBrand'], parseText),
        // For other payment methods, it is the country of the customer.
        cardCountry: cardBin === undefined ? undefined : parseCode(valueAt(details, 'paymentInstrument.countryCode'), 2),
        cardBin,
        eventTime: parseEventTime(valueAt(event, 'eventTimestamp')),
        // An object that begins with a spread takes 9 µs longer.
        ...worldpayMeaning(eventName, details),
      },
    };
  },
} satisfies Scheme;

function decodeNumbered(entry: string): Buffer | undefined {
  const prefix = SIGNATURE_PREFIX.exec(entry)?.[0];
  return prefix === undefined ? undefined : decodeSignature(entry.slice(prefix.length), 'hex');
}

/** A refusal with `octReference` is about money on its way to the customer. */
function worldpayMeaning(eventName: string, details: unknown): Required<EventMeaning> {
  const meaning = meaningOf(EVENTS, eventName);
  return { ...meaning, declined: meaning.declined && present(valueAt(details, 'octReference')) === undefined };
}
