import { emailDomainOf } from '../../domain/email-domain';
import type { Exponents } from '../../domain/money';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseCardBin, parseEventTime, parseCurrency, referenceIn } from '../shared/event-values';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { decodeSignature, isSignedByAny, verification, isUnixSeconds, isWithinTolerance } from '../shared/signature';
import { singleHeader } from '../shared/webhook-request';

/** ISK and UGX have no decimals, but are sent in hundredths (https://docs.stripe.com/currencies#minor-units). */
const EXPONENTS: Exponents = { ISK: 2, MGA: 0, UGX: 2 };
const SIGNATURE_HEADER = 'stripe-signature';

/**
 * Money movements: a payment's intent, checkout and invoice repeat the amount of its charge.
 *
 * Declines: payments of a customer that failed, but no refunds and payouts.
 */
const EVENTS: EventTable = {
  'payment_intent.amount_capturable_updated': { kind: 'authorized' },
  'charge.succeeded': { kind: 'captured', moneyMovement: true },
  'charge.captured': { kind: 'captured' },
  'checkout.session.async_payment_succeeded': { kind: 'captured' },
  'checkout.session.completed': { kind: 'captured' },
  'invoice.paid': { kind: 'captured' },
  'invoice.payment_succeeded': { kind: 'captured' },
  'payment_intent.succeeded': { kind: 'captured' },
  'charge.failed': { kind: 'failed', declined: true },
  'checkout.session.async_payment_failed': { kind: 'failed', declined: true },
  'invoice.payment_failed': { kind: 'failed', declined: true },
  'payment_intent.payment_failed': { kind: 'failed', declined: true },
  'payout.failed': { kind: 'failed' },
  'refund.failed': { kind: 'failed' },
  'charge.expired': { kind: 'canceled' },
  'checkout.session.expired': { kind: 'canceled' },
  'invoice.voided': { kind: 'canceled' },
  'payment_intent.canceled': { kind: 'canceled' },
  'payout.canceled': { kind: 'canceled' },
  'charge.refund.updated': { kind: 'refunded' },
  'charge.refunded': { kind: 'refunded' },
  'refund.created': { kind: 'refunded', moneyMovement: true },
  'refund.updated': { kind: 'refunded' },
  'charge.dispute.closed': { kind: 'disputed' },
  'charge.dispute.created': { kind: 'disputed', moneyMovement: true },
  'charge.dispute.funds_reinstated': { kind: 'disputed' },
  'charge.dispute.funds_withdrawn': { kind: 'disputed' },
  'charge.dispute.updated': { kind: 'disputed' },
  'payout.paid': { kind: 'paid-out', moneyMovement: true },
};

/** Events whose `amount` is the requested amount, with the field of the moved amount. */
const MOVED_AMOUNTS: ReadonlyMap<string, string> = new Map([
  ['charge.captured', 'amount_captured'],
  ['payment_intent.succeeded', 'amount_received'],
]);

/** The address of a charge, a checkout and an invoice. The address for receipts can belong to another person. */
const EMAILS = ['billing_details.email', 'customer_details.email', 'customer_email', 'receipt_email'];

/** Stripe: HMAC-SHA256 of `<t>.<raw body>`, several `v1` while a secret is rolled (https://docs.stripe.com/webhooks#verify-manually). */
export const stripe = {
  events: EVENTS,
  exponents: EXPONENTS,

  verify(request, secrets, { config, now }): Verification {
    const header = singleHeader(request, SIGNATURE_HEADER);
    if (!header.value) {
      return 'signature_missing';
    }
    const entries = header.value.split(',').map((entry) => entry.split('=', 2));
    const times = entries.filter(([key]) => key === 't').map(([, value]) => value);
    const signatures = entries.filter(([key]) => key === 'v1').map(([, value = '']) => decodeSignature(value, 'hex'));
    const [time = ''] = times;
    if (header.repeated || times.length !== 1 || !isUnixSeconds(time) || signatures.length === 0) {
      return 'signature_malformed';
    }
    const isSigned = isSignedByAny('sha256', secrets, [`${time}.`, request.body], signatures.filter((bytes) => bytes !== undefined));
    return verification(isSigned, isWithinTolerance(time, config, now));
  },

  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    if (!isJsonObject(event)) {
      return unparsed();
    }
    const type = parseText(event.type);
    if (type === undefined) {
      return unparsed(parseText(event.id));
    }
    const object = valueAt(event, 'data.object');
    const subject = isJsonObject(object) ? object : {};
    const amount = subject[MOVED_AMOUNTS.get(type) ?? 'amount'] ?? subject.amount ?? subject.amount_total ?? subject.amount_paid ?? undefined;
    const currency = parseCurrency(subject.currency);
    const money = moneyFromMinor(amount, currency, EXPONENTS);
    const { kind, moneyMovement, declined } = meaningOf(EVENTS, type);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: parseText(event.id),
        transactionId: stripeId(subject.payment_intent) ?? stripeId(subject.charge) ?? parseText(subject.id),
        eventName: type,
        kind: isUncaptured(type, subject) ? 'authorized' : kind,
        status: parseText(subject.status),
        live: event.livemode === true,
        money,
        currency,
        reference: parseText(subject.client_reference_id) ?? referenceIn(subject.metadata, config),
        customerId: stripeId(subject.customer),
        paymentMethod: parseText(valueAt(subject, 'payment_method_details.type')),
        country: parseCode(valueAt(subject, 'billing_details.address.country'), 2),
        cardCountry: parseCode(valueAt(subject, 'payment_method_details.card.country'), 2),
        cardBin: parseCardBin(valueAt(subject, 'payment_method_details.card.iin')),
        emailDomain: firstAt(subject, EMAILS, emailDomainOf),
        eventTime: parseEventTime(event.created),
        moneyMovement,
        declined,
      },
    };
  },
} satisfies Scheme;

/** Whether a charge awaits its capture: it succeeds when it is authorized. */
function isUncaptured(type: string, subject: JsonObject): boolean {
  return type === 'charge.succeeded' && subject.captured === false;
}

/** A reference is an identifier or, expanded, the object itself. */
function stripeId(reference: unknown): string | undefined {
  return parseText(isJsonObject(reference) ? reference.id : reference);
}
