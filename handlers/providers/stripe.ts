import { parseCardBin } from './shared/card-bin';
import { decodeSignature, isSignedByAny } from './shared/digest';
import { moneyFromMinor } from './shared/event-money';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, valueAt, type JsonObject } from './shared/json';
import { emailDomainOf } from '../domain/email-domain';
import { parseEventTime } from './shared/event-time';
import { unparsed, parseCurrency, type NormalizedEvent } from './shared/normalized-event';
import { verification, type Scheme, type Verification } from './shared/scheme';
import { isUnixSeconds, isWithinTolerance } from './shared/signed-time';
import { singleHeader } from './shared/webhook-request';
import type { Kind } from '../../src/private/contract';

const SIGNATURE_HEADER = 'stripe-signature';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['payment_intent.amount_capturable_updated', 'authorized'],
  ['charge.succeeded', 'captured'],
  ['charge.captured', 'captured'],
  ['checkout.session.async_payment_succeeded', 'captured'],
  ['checkout.session.completed', 'captured'],
  ['invoice.paid', 'captured'],
  ['invoice.payment_succeeded', 'captured'],
  ['payment_intent.succeeded', 'captured'],
  ['charge.failed', 'failed'],
  ['checkout.session.async_payment_failed', 'failed'],
  ['invoice.payment_failed', 'failed'],
  ['payment_intent.payment_failed', 'failed'],
  ['payout.failed', 'failed'],
  ['refund.failed', 'failed'],
  ['charge.expired', 'canceled'],
  ['checkout.session.expired', 'canceled'],
  ['invoice.voided', 'canceled'],
  ['payment_intent.canceled', 'canceled'],
  ['payout.canceled', 'canceled'],
  ['charge.refund.updated', 'refunded'],
  ['charge.refunded', 'refunded'],
  ['refund.created', 'refunded'],
  ['refund.updated', 'refunded'],
  ['charge.dispute.closed', 'disputed'],
  ['charge.dispute.created', 'disputed'],
  ['charge.dispute.funds_reinstated', 'disputed'],
  ['charge.dispute.funds_withdrawn', 'disputed'],
  ['charge.dispute.updated', 'disputed'],
  ['payout.paid', 'paid-out'],
]);

/** Events whose `amount` is what was asked for, with what was moved beside it. */
const MOVED_AMOUNTS: ReadonlyMap<string, string> = new Map([
  ['charge.captured', 'amount_captured'],
  ['payment_intent.succeeded', 'amount_received'],
]);

/** One event a movement of money: a payment's intent, checkout and invoice carry the amount of its charge again. */
const MOVING_MONEY: ReadonlySet<string> = new Set(['charge.succeeded', 'charge.dispute.created', 'payout.paid', 'refund.created']);

/** A customer's payment that failed: neither a refund nor a payout. */
const DECLINES: ReadonlySet<string> = new Set([
  'charge.failed', 'checkout.session.async_payment_failed', 'invoice.payment_failed', 'payment_intent.payment_failed',
]);

/** A charge's, a checkout's and an invoice's; the address for receipts may be somebody else's. */
const EMAILS = ['billing_details.email', 'customer_details.email', 'customer_email', 'receipt_email'];

/** Stripe: HMAC-SHA256 of `<t>.<raw body>`, several `v1` while a secret is rolled (https://docs.stripe.com/webhooks#verify-manually). */
export const stripe = {
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

  normalize({ body }): NormalizedEvent {
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
    const money = moneyFromMinor(amount, currency, 'stripe');
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: parseText(event.id),
        transactionId: stripeId(subject.payment_intent) ?? stripeId(subject.charge) ?? parseText(subject.id),
        eventName: type,
        kind: stripeKind(type, subject),
        status: parseText(subject.status),
        live: event.livemode === true,
        money,
        currency,
        customerId: stripeId(subject.customer),
        paymentMethod: parseText(valueAt(subject, 'payment_method_details.type')),
        country: parseCode(valueAt(subject, 'billing_details.address.country'), 2),
        cardCountry: parseCode(valueAt(subject, 'payment_method_details.card.country'), 2),
        cardBin: parseCardBin(valueAt(subject, 'payment_method_details.card.iin')),
        emailDomain: firstAt(subject, EMAILS, emailDomainOf),
        eventTime: parseEventTime(event.created),
        moneyMovement: MOVING_MONEY.has(type),
        declined: DECLINES.has(type),
      },
    };
  },
} satisfies Scheme;

/** A charge that awaits its capture succeeds too, as an authorisation. */
function stripeKind(type: string, subject: JsonObject): Kind {
  return type === 'charge.succeeded' && subject.captured === false ? 'authorized' : KINDS.get(type) ?? 'other';
}

/** A reference is an identifier or, expanded, the object itself. */
function stripeId(reference: unknown): string | undefined {
  return parseText(isJsonObject(reference) ? reference.id : reference);
}
