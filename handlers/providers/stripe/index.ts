import { STRIPE_EVENTS, previousAttributes, stripeAmount, stripeMeaning } from './stripe-meaning';
import { stripeRisk } from './stripe-risk';
import type { Exponents } from '../../domain/money';
import { customerOf } from '../shared/customer';
import { moneyFromMinor, parseCardBin, parseEventTime, parseCurrency, metadataIn, referenceIn } from '../shared/event-values';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { verificationBy } from '../shared/secret-text';
import { decodeSignature, isSignedByAny, isUnixSeconds, isWithinTolerance } from '../shared/signature';
import { singleHeader } from '../shared/webhook-request';

/** ISK and UGX have no decimals, but are sent in hundredths (https://docs.stripe.com/currencies#minor-units). */
const EXPONENTS: Exponents = { ISK: 2, MGA: 0, UGX: 2 };
const SIGNATURE_HEADER = 'stripe-signature';

/** The address of a charge, a checkout and an invoice. The address for receipts can belong to another person. */
const EMAILS = [
  'billing_details.email', 'customer_details.email', 'customer_email', 'last_payment_error.payment_method.billing_details.email', 'receipt_email',
];
const PHONES = ['billing_details.phone', 'customer_details.phone', 'customer_phone'];

/** The card of a charge, and of a payment that failed before there was a charge. */
const COUNTRIES_OF_CARD = ['payment_method_details.card.country', 'last_payment_error.payment_method.card.country'];
const BINS = ['payment_method_details.card.iin', 'last_payment_error.payment_method.card.iin'];

/** The payment that an object belongs to. The payment of an invoice wraps it (https://docs.stripe.com/api/invoice-payment/object). */
const PAYMENTS = ['payment_intent', 'charge', 'payment.payment_intent', 'payment.charge'];

/** Stripe: HMAC-SHA256 of `<t>.<raw body>`, several `v1` while a secret is rolled (https://docs.stripe.com/webhooks#verify-manually). */
export const stripe = {
  events: STRIPE_EVENTS,
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
    const accepted = signatures.filter((bytes) => bytes !== undefined);
    const isSignedBy = (usable: readonly string[]) => isSignedByAny('sha256', usable, [`${time}.`, request.body], accepted);
    return verificationBy(secrets, isSignedBy, isWithinTolerance(Number(time), config, now));
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
    const previous = previousAttributes(event);
    const amount = stripeAmount(type, subject, previous);
    const currency = parseCurrency(subject.currency);
    const money = moneyFromMinor(amount, currency, EXPONENTS);
    return {
      // Thin events have no object.
      parsed: isJsonObject(object) && (amount === undefined || money !== undefined),
      fields: {
        eventId: parseText(event.id),
        transactionId: firstAt(subject, PAYMENTS, stripeId) ?? parseText(subject.id),
        eventName: type,
        ...stripeMeaning(event, type, subject, previous),
        status: parseText(subject.status),
        live: event.livemode === true,
        money,
        currency,
        account: parseText(event.account),
        reference: parseText(subject.client_reference_id) ?? referenceIn(subject.metadata, config),
        ...metadataIn([subject.metadata], config),
        ...customerOf(subject, { id: stripeId(subject.customer), emails: EMAILS, phones: PHONES }),
        paymentMethod: parseText(valueAt(subject, 'payment_method_details.type')),
        country: parseCode(valueAt(subject, 'billing_details.address.country'), 2),
        cardCountry: firstAt(subject, COUNTRIES_OF_CARD, (value) => parseCode(value, 2)),
        cardBin: firstAt(subject, BINS, parseCardBin),
        ...stripeRisk(subject),
        eventTime: parseEventTime(event.created),
      },
    };
  },
} satisfies Scheme;

/** A reference is an identifier or, expanded, the object itself. */
function stripeId(reference: unknown): string | undefined {
  return parseText(isJsonObject(reference) ? reference.id : reference);
}
