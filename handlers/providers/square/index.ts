import { SecretField, type Kind, type RiskLevel } from '../../../src/private/contract';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseCardBin, parseEventTime, parseCurrency } from '../shared/event-values';
import { isJsonObject, parseCode, parseJson, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { secretObject } from '../shared/secret-object';
import { decodeSignature, isSignedByAny, verification } from '../shared/signature';
import { singleHeader } from '../shared/webhook-request';

/** The older `x-square-signature`, with SHA-1, is ignored. */
const SIGNATURE_HEADER = 'x-square-hmacsha256-signature';

const INQUIRY_PREFIX = 'INQUIRY_';
const FIRST_DISPUTE_STATE = 'EVIDENCE_REQUIRED';

const PAYMENT_KINDS: ReadonlyMap<string, Kind> = new Map([
  ['APPROVED', 'authorized'], ['COMPLETED', 'captured'], ['FAILED', 'failed'], ['CANCELED', 'canceled'],
]);
/** https://developer.squareup.com/reference/square/objects/PaymentRefund */
const REFUND_KINDS: ReadonlyMap<string, Kind> = new Map([
  ['PENDING', 'refunded'], ['COMPLETED', 'refunded'], ['FAILED', 'failed'], ['REJECTED', 'failed'],
]);
const CHECKOUT_KINDS: ReadonlyMap<string, Kind> = new Map([['COMPLETED', 'captured'], ['CANCELED', 'canceled']]);
const ORDER_KINDS: ReadonlyMap<string, Kind> = new Map([['CANCELED', 'canceled']]);

/**
 * Events that are named after what happened (https://developer.squareup.com/docs/webhooks/v2webhook-events-tech-ref).
 *
 * Money movements: captures and refunds when they are complete. A payout that is
 * sent can still fail. An invoice shows the sum of its payments, and each of them
 * has its own events (https://developer.squareup.com/docs/invoices-api/pay-refund-invoices).
 *
 * Declines, if they failed: payments of a customer, also those of an invoice.
 */
const EVENTS: EventTable = {
  'invoice.payment_made': { kind: 'captured' },
  'invoice.scheduled_charge_failed': { kind: 'failed' },
  'payout.failed': { kind: 'failed' },
  'invoice.canceled': { kind: 'canceled' },
  'invoice.refunded': { kind: 'refunded' },
  'dispute.created': { kind: 'disputed', moneyMovement: true },
  'dispute.evidence.added': { kind: 'disputed' },
  'dispute.evidence.created': { kind: 'disputed' },
  'dispute.evidence.deleted': { kind: 'disputed' },
  'dispute.evidence.removed': { kind: 'disputed' },
  'dispute.state.changed': { kind: 'disputed' },
  'dispute.state.updated': { kind: 'disputed' },
  'payout.paid': { kind: 'paid-out', moneyMovement: true },
  'payout.sent': { kind: 'paid-out' },
  'refund.created': { kind: 'other', moneyMovement: true },
  'refund.updated': { kind: 'other', moneyMovement: true },
  'payment.created': { kind: 'other', declined: true },
  'payment.updated': { kind: 'other', moneyMovement: true, declined: true },
};

/** Events that are sent for any change of an object. The status shows what happened. */
const KINDS_BY_STATUS: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map([
  ['order.created', ORDER_KINDS],
  ['order.updated', ORDER_KINDS],
  ['payment.created', PAYMENT_KINDS],
  ['payment.updated', PAYMENT_KINDS],
  ['refund.created', REFUND_KINDS],
  ['refund.updated', REFUND_KINDS],
  ['terminal.checkout.created', CHECKOUT_KINDS],
  ['terminal.checkout.updated', CHECKOUT_KINDS],
  ['terminal.refund.created', REFUND_KINDS],
  ['terminal.refund.updated', REFUND_KINDS],
]);

/** A payment that Square still evaluates has none (https://developer.squareup.com/reference/square/enums/RiskEvaluationRiskLevel). */
const RISK_LEVELS: ReadonlyMap<unknown, RiskLevel> = new Map([['NORMAL', 'normal'], ['MODERATE', 'elevated'], ['HIGH', 'highest']]);

/** The address in a payment and in an invoice. */
const EMAILS = ['buyer_email_address', 'primary_recipient.email_address'];
/** The maximum delay between a card's capture and the update of its payment by the capture itself. */
const CAPTURE_MILLISECONDS = 1000;
/** A fee that Square changes after it was assessed (https://developer.squareup.com/reference/square/objects/ProcessingFee). */
const FEE_ADJUSTMENT = 'ADJUSTMENT';

/** Square: HMAC-SHA256 of the registered URL and the raw body (https://developer.squareup.com/docs/webhooks/step3validate). */
export const square = {
  events: EVENTS,

  verify(request, secrets): Verification {
    const { value, repeated } = singleHeader(request, SIGNATURE_HEADER);
    if (!value) {
      return 'signature_missing';
    }
    const signature = decodeSignature(value, 'base64');
    if (repeated || signature === undefined) {
      return 'signature_malformed';
    }
    const usable = secrets
      .map((secret) => secretObject(secret, [SecretField.SIGNATURE_KEY, SecretField.NOTIFICATION_URL]))
      .filter((secret) => secret !== undefined);
    if (usable.length === 0) {
      return 'secret_unusable';
    }
    return verification(usable.some(({ signature_key: key, notification_url: url }) => isSignedByAny('sha256', [key], [url, request.body], [signature])));
  },

  /** Square has no field for tests. Its sandbox has separate subscriptions, and so separate keys. */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    if (!isJsonObject(event)) {
      return unparsed();
    }
    const type = parseText(event.type);
    if (type === undefined) {
      return unparsed(parseText(event.event_id));
    }
    const object = squareObject(event);
    const status = parseText(object.status) ?? parseText(object.state);
    const meaning = meaningOf(EVENTS, type);
    const kind = KINDS_BY_STATUS.get(type)?.get(status ?? '') ?? meaning.kind;
    const shown = showsMovement(type, status, object);
    // A payment's total has the tip, which its amount leaves out.
    const price = object.total_money ?? object.amount_money;
    const amount = valueAt(price, 'amount') ?? undefined;
    const currency = parseCurrency(valueAt(price, 'currency') ?? valueAt(price, 'currency_code'));
    const money = moneyFromMinor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: parseText(event.event_id),
        transactionId: paymentIdOf(object) ?? parseText(object.id) ?? parseText(valueAt(event, 'data.id')),
        eventName: type,
        kind,
        status,
        live: true,
        money,
        currency,
        account: parseText(event.merchant_id),
        reference: parseText(object.reference_id),
        ...customerOf(object, {
          id: parseText(object.customer_id) ?? parseText(valueAt(object, 'primary_recipient.customer_id')),
          emails: EMAILS,
          phones: ['primary_recipient.phone_number'],
        }),
        paymentMethod: parseText(object.source_type) ?? parseText(object.destination_type),
        country: parseCode(valueAt(object, 'billing_address.country'), 2),
        cardBin: parseCardBin(valueAt(object, 'card_details.card.bin')),
        cardFingerprint: parseText(valueAt(object, 'card_details.card.fingerprint')),
        riskLevel: RISK_LEVELS.get(valueAt(object, 'risk_evaluation.risk_level')),
        eventTime: parseEventTime(event.created_at),
        moneyMovement: shown ?? (meaning.moneyMovement && kind !== 'failed'),
        movesNothing: shown === false || undefined,
        declined: meaning.declined && kind === 'failed' && !isDeclinedBefore(type, object),
      },
    };
  },
} satisfies Scheme;

/** The sole member of `data.object`; `data.type` names it in most events, not in all. */
function squareObject(event: JsonObject): JsonObject {
  return Object.values(valueAt(event, 'data.object') ?? {}).find(isJsonObject) ?? {};
}

/**
 * Whether an object shows that it moved money; undefined if only the name of the
 * event does. A refund is usually pending when it is created, and moves money when
 * it is complete (https://developer.squareup.com/docs/refunds-api/webhooks). An
 * inquiry moves nothing (https://developer.squareup.com/docs/disputes-api/overview).
 * If it becomes a dispute, its state changes, usually to the first state of a dispute.
 */
function showsMovement(type: string, status: string | undefined, object: JsonObject): boolean | undefined {
  switch (type) {
    case 'payment.updated':
      return isCapture(object);
    case 'refund.created':
    case 'refund.updated':
      return status === 'COMPLETED' && !hasAdjustedFee(object);
    case 'terminal.refund.created':
    case 'terminal.refund.updated':
      // The refund of the terminal repeats the amount of its refund.
      return status === 'COMPLETED' ? undefined : false;
    case 'dispute.created':
      return !status?.startsWith(INQUIRY_PREFIX);
    case 'dispute.state.updated':
      return status === FIRST_DISPUTE_STATE;
    default:
      return undefined;
  }
}

/** Whether the fee was adjusted, which happens after the refund is complete. */
function hasAdjustedFee({ processing_fee: fees }: JsonObject): boolean {
  return Array.isArray(fees) && fees.some((fee: unknown) => valueAt(fee, 'type') === FEE_ADJUSTMENT);
}

/**
 * Whether an earlier event of the payment counts as its decline. A card that is
 * declined at once was never authorized, and its payment is created as failed
 * (https://developer.squareup.com/reference/square/objects/CardPaymentTimeline).
 * Other payments, such as bank debits, fail in an update.
 */
function isDeclinedBefore(type: string, { card_details: card }: JsonObject): boolean {
  return type === 'payment.updated' && isJsonObject(card) && parseText(valueAt(card, 'card_payment_timeline.authorized_at')) === undefined;
}

/** The payment of a refund, a dispute or a checkout. */
function paymentIdOf(object: JsonObject): string | undefined {
  return parseText(object.payment_id) ?? parseText(valueAt(object, 'disputed_payment.payment_id')) ?? parseText(valueAt(object, 'payment_ids.0'));
}

/**
 * Whether an update of a payment is its capture. `payment.updated` is sent for
 * any change. After the capture, its status is always `COMPLETED`: when the fee
 * is known, when a customer is found, when a refund is made
 * (https://developer.squareup.com/docs/payments-api/webhooks). These changes
 * leave fields that the capture lacks. `payment.created` never counts: it is
 * usually `APPROVED`, and if it is `COMPLETED`, an update would count again.
 */
function isCapture(payment: JsonObject): boolean {
  const updatedAt = parseEventTime(payment.updated_at);
  const capturedAt = parseEventTime(valueAt(payment, 'card_details.card_payment_timeline.captured_at'));
  const isLater = updatedAt && capturedAt && updatedAt.getTime() - capturedAt.getTime() > CAPTURE_MILLISECONDS;
  const later = [payment.processing_fee, payment.refund_ids, payment.refunded_money];
  return payment.status === 'COMPLETED' && !isLater && later.every((trace) => trace === undefined || trace === null);
}
