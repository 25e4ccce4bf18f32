import type { HmacConfig } from '../../../src/private/contract';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseCardBin, parseCurrency, parseEventTime, referenceIn } from '../shared/event-values';
import { verifyHmacSignature } from '../shared/hmac-signature';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import { outcomeOfStatus } from '../shared/risk-values';
import type { Scheme } from '../shared/scheme';

/** https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events */
const SIGNATURE: HmacConfig = {
  signatureHeader: 'x-signature',
  algorithm: 'sha256',
  encoding: 'hex',
  timestampHeader: 'x-timestamp',
  timestampFormat: 'milliseconds',
  signedContent: '{timestamp}{body}',
};

const DISPUTE_OPENED = 'payment_dispute.requires_response';
const DISPUTE_ACCEPTED = 'payment_dispute.accepted';

/**
 * Payments, refunds and disputes (https://www.airwallex.com/docs/payments/reference/payments-webhooks), deposits
 * (https://www.airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events/deposits), and transfers
 * (https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events__payload-examples__payouts). Old versions of
 * the API have `payment_intent.capture_required`, `refund.processing` and `refund.succeeded`
 * (https://github.com/airwallex/paymentacceptance-plugin-woocommerce).
 *
 * Money movements: the attempts of a payment repeat its amount. A transfer is sent before it is paid.
 *
 * Declines: each attempt of a customer has an event of its own.
 */
const EVENTS: EventTable = {
  'payment_attempt.authorized': { kind: 'authorized' },
  'payment_intent.capture_required': { kind: 'authorized' },
  'payment_intent.requires_capture': { kind: 'authorized' },
  'deposit.settled': { kind: 'captured', moneyMovement: true },
  'payment_attempt.capture_requested': { kind: 'captured' },
  'payment_attempt.paid': { kind: 'captured' },
  'payment_attempt.settled': { kind: 'captured' },
  'payment_intent.succeeded': { kind: 'captured', moneyMovement: true },
  'payment_link.paid': { kind: 'captured' },
  'deposit.rejected': { kind: 'failed' },
  'payment_attempt.authentication_failed': { kind: 'failed', declined: true },
  'payment_attempt.authorization_failed': { kind: 'failed', declined: true },
  'payment_attempt.capture_failed': { kind: 'failed' },
  'payment_attempt.failed_to_process': { kind: 'failed', declined: true },
  'payment_attempt.risk_declined': { kind: 'failed', declined: true },
  'payout.transfer.failed': { kind: 'failed' },
  'refund.failed': { kind: 'failed' },
  'payment_attempt.cancelled': { kind: 'canceled' },
  'payment_attempt.expired': { kind: 'canceled' },
  'payment_intent.cancelled': { kind: 'canceled' },
  'payout.transfer.cancelled': { kind: 'canceled' },
  'refund.accepted': { kind: 'refunded' },
  'refund.processing': { kind: 'refunded' },
  'refund.received': { kind: 'refunded' },
  'refund.settled': { kind: 'refunded', moneyMovement: true },
  'refund.succeeded': { kind: 'refunded', moneyMovement: true },
  'deposit.reversed': { kind: 'disputed', moneyMovement: true },
  [DISPUTE_ACCEPTED]: { kind: 'disputed', moneyMovement: true },
  'payment_dispute.challenged': { kind: 'disputed' },
  'payment_dispute.expired': { kind: 'disputed' },
  'payment_dispute.lost': { kind: 'disputed' },
  'payment_dispute.pending_closure': { kind: 'disputed' },
  'payment_dispute.pending_decision': { kind: 'disputed' },
  [DISPUTE_OPENED]: { kind: 'disputed', moneyMovement: true },
  'payment_dispute.reversed': { kind: 'disputed' },
  'payment_dispute.won': { kind: 'disputed' },
  'payout.transfer.paid': { kind: 'paid-out', moneyMovement: true },
  'payout.transfer.sent': { kind: 'paid-out' },
};

/**
 * The stage in which each event takes the disputed amount: a chargeback when it opens, and a pre-chargeback only if it is accepted.
 * If it is challenged, it opens again as a chargeback. A request for information takes nothing
 * (https://www.airwallex.com/docs/payments__disputes__dispute-flow).
 */
const DEBITED_IN: ReadonlyMap<string, RegExp> = new Map([[DISPUTE_OPENED, /^chargeback$/i], [DISPUTE_ACCEPTED, /^pre.?chargeback$/i]]);

/** A payment can be captured in part. Before its capture, its captured amount is 0. A transfer's payer pays in another currency. */
const AMOUNTS = ['captured_amount', 'amount', 'amount_payer_pays'];
const CURRENCIES = ['currency', 'source_currency'];
const CUSTOMERS = ['customer_id', 'payment_method.customer_id'];
/** An attempt has the card itself. A payment has it in its latest attempt. */
const ATTEMPTS = ['', 'latest_payment_attempt.'];
const METHODS = ATTEMPTS.map((attempt) => `${attempt}payment_method.type`);
const BINS = ATTEMPTS.map((attempt) => `${attempt}payment_method.card.bin`);
const CARD_COUNTRIES = ATTEMPTS.map((attempt) => `${attempt}payment_method.card.issuer_country_code`);
const FINGERPRINTS = ATTEMPTS.map((attempt) => `${attempt}payment_method.card.fingerprint`);
/** Two versions of the API have the address in different places. */
const EMAILS = ATTEMPTS.flatMap((attempt) => ['billing', 'card.billing'].map((billing) => `${attempt}payment_method.${billing}.email`));
/** The result of the card network's directory server. */
const THREE_D_SECURE = ATTEMPTS.map((attempt) => `${attempt}authentication_data.ds_data.pa_res_status`);
const AUTHENTICATION_FAILED = 'payment_attempt.authentication_failed';

/** Airwallex: HMAC-SHA256 of the time in milliseconds and the raw body. */
export const airwallex = {
  events: EVENTS,

  verify: verifyHmacSignature(() => SIGNATURE),

  /** Signed data does not show the sandbox, whose endpoints have their own secrets. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventId = parseText(valueAt(event, 'id'));
    const eventName = parseText(valueAt(event, 'name'));
    const data = valueAt(event, 'data');
    if (eventName === undefined || !isJsonObject(data)) {
      return unparsed(eventId);
    }
    const object = isJsonObject(data.object) ? data.object : data;
    const { kind, moneyMovement, declined } = meaningOf(EVENTS, eventName);
    const currency = firstAt(object, CURRENCIES, parseCurrency);
    const amount = firstAt(object, AMOUNTS, stated);
    const money = moneyFromMajor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: firstAt(object, ['payment_intent_id', 'id'], parseText),
        eventName,
        kind,
        status: parseText(object.status),
        live: true,
        money,
        currency,
        account: firstAt(event, ['account_id', 'accountId'], parseText),
        reference: parseText(object.merchant_order_id) ?? referenceIn(object.metadata, config) ?? parseText(object.reference),
        ...metadataIn([object.metadata], config),
        ...customerOf(object, { id: firstAt(object, CUSTOMERS, parseText), emails: EMAILS }),
        paymentMethod: firstAt(object, METHODS, parseText),
        cardCountry: firstAt(object, CARD_COUNTRIES, (value) => parseCode(value, 2)),
        cardBin: firstAt(object, BINS, parseCardBin),
        cardFingerprint: firstAt(object, FINGERPRINTS, parseText),
        threeDSecure: eventName === AUTHENTICATION_FAILED ? 'failed' : firstAt(object, THREE_D_SECURE, outcomeOfStatus),
        eventTime: eventTimeOf(event, object),
        moneyMovement,
        movesNothing: DEBITED_IN.has(eventName) && !DEBITED_IN.get(eventName)!.test(parseText(object.stage) ?? '') || undefined,
        declined,
      },
    };
  },
} satisfies Scheme;

/** An amount that is not zero. */
function stated(amount: unknown): unknown {
  return amount === 0 ? undefined : present(amount);
}

/** Times have an offset without a colon, such as `+0000`. Only some events have a time of their own. */
function eventTimeOf(event: unknown, object: unknown): Date | undefined {
  const time = parseText(valueAt(event, 'created_at')) ?? firstAt(object, ['updated_at', 'created_at'], parseText);
  return parseEventTime(time?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}
