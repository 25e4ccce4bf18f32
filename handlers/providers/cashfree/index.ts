import type { HmacConfig } from '../../../src/private/contract';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventMeaning, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseCurrency, parseEventTime } from '../shared/event-values';
import { verifyHmacSignature } from '../shared/hmac-signature';
import { firstAt, parseCode, parseExactJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/** https://www.cashfree.com/docs/payments/online/webhooks/signature-verification */
const SIGNATURE: HmacConfig = {
  signatureHeader: 'x-webhook-signature',
  timestampHeader: 'x-webhook-timestamp',
  timestampFormat: 'milliseconds',
  signedContent: '{timestamp}{body}',
  algorithm: 'sha256',
  encoding: 'base64',
};

/**
 * https://www.cashfree.com/docs/api-reference/payments/latest/webhooks/overview
 *
 * Money movements: an automatic refund returns money of a payment that never
 * succeeded. A settlement that is initiated can still fail.
 */
const EVENTS: EventTable = {
  PAYMENT_SUCCESS_WEBHOOK: { kind: 'captured', moneyMovement: true },
  PAYMENT_FAILED_WEBHOOK: { kind: 'failed', declined: true },
  SETTLEMENT_FAILED: { kind: 'failed' },
  SETTLEMENT_REVERSED: { kind: 'failed' },
  VENDOR_SETTLEMENT_FAILED: { kind: 'failed' },
  VENDOR_SETTLEMENT_REVERSED: { kind: 'failed' },
  PAYMENT_USER_DROPPED_WEBHOOK: { kind: 'canceled' },
  AUTO_REFUND_STATUS_WEBHOOK: { kind: 'refunded' },
  REFUND_STATUS_WEBHOOK: { kind: 'refunded', moneyMovement: true },
  DISPUTE_CLOSED: { kind: 'disputed' },
  DISPUTE_CREATED: { kind: 'disputed', moneyMovement: true },
  DISPUTE_UPDATED: { kind: 'disputed' },
  SETTLEMENT_INITIATED: { kind: 'paid-out' },
  SETTLEMENT_SUCCESS: { kind: 'paid-out', moneyMovement: true },
  VENDOR_SETTLEMENT_INITIATED: { kind: 'paid-out' },
  VENDOR_SETTLEMENT_SUCCESS: { kind: 'paid-out', moneyMovement: true },
};

/** Complaints, and questions of a bank, before a chargeback (https://www.cashfree.com/docs/payments/manage/disputes/disputes-types). */
const INQUIRIES: ReadonlySet<string | undefined> = new Set(['DISPUTE', 'RETRIEVAL']);

/**
 * A refund is canceled if all attempts failed (https://www.cashfree.com/docs/api-reference/payments/latest/refunds/webhooks). Its
 * statuses: https://github.com/cashfree/cashfree-pg-sdk-nodejs/blob/main/docs/RefundEntity.md.
 */
const FAILED_REFUNDS: ReadonlySet<string | undefined> = new Set(['CANCELLED', 'FAILED']);

/** Each event is about one of these. A dispute contains the amount of its payment as well. */
const AMOUNTS = ['dispute.dispute_amount', 'refund.refund_amount', 'settlement.amount_settled', 'settlement.settlement_amount', 'payment.payment_amount'];
const CURRENCIES = ['order_details.payment_currency', 'refund.refund_currency', 'payment.payment_currency'];
const TRANSACTIONS = ['payment.cf_payment_id', 'refund.cf_payment_id', 'order_details.cf_payment_id', 'settlement.settlement_id'];
/** What identifies the movement that an event is about. */
const SUBJECTS = ['dispute.dispute_id', 'refund.cf_refund_id', 'settlement.settlement_id', 'payment.cf_payment_id'];
const ORDERS = ['order.order_id', 'refund.order_id', 'order_details.order_id'];
const STATUSES = ['payment.payment_status', 'refund.refund_status', 'dispute.dispute_status', 'settlement.status'];

/** Cashfree's payment gateway: HMAC-SHA256 of a time and the raw body. */
export const cashfree = {
  events: EVENTS,

  verify: verifyHmacSignature(() => SIGNATURE),

  /** Signed data does not show the sandbox, which has its own keys. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseExactJson(body);
    const eventName = parseText(valueAt(event, 'type'));
    if (eventName === undefined) {
      return unparsed();
    }
    const data = valueAt(event, 'data');
    const status = firstAt(data, STATUSES, parseText);
    const meaning = cashfreeMeaning(eventName, status, data);
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMajor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId: meaning.moneyMovement ? movementId(eventName, data) : undefined,
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName,
        status,
        live: true,
        money,
        currency,
        account: parseText(valueAt(data, 'settlement.vendor_id')),
        reference: firstAt(data, ORDERS, parseText),
        ...metadataIn([valueAt(data, 'order.order_tags'), valueAt(data, 'refund.metadata')], config),
        ...customerOf(valueAt(data, 'customer_details'), {
          id: parseText(valueAt(data, 'customer_details.customer_id')), emails: ['customer_email'], phones: ['customer_phone'],
        }),
        paymentMethod: parseText(valueAt(data, 'payment.payment_group')),
        cardCountry: parseCode(valueAt(data, 'payment.payment_method.card.card_country'), 2),
        eventTime: parseEventTime(valueAt(event, 'event_time')),
        // An object that begins with a spread takes 9 µs longer.
        ...meaning,
      },
    };
  },
} satisfies Scheme;

/**
 * Cashfree signs no id of an event. What moved identifies a movement, because an
 * endpoint can get a payment in several versions
 * (https://www.cashfree.com/docs/payments/online/webhooks/webhook-indempotency).
 * The body identifies every other event.
 */
function movementId(eventName: string, data: unknown): string | undefined {
  const subject = firstAt(data, SUBJECTS, parseText);
  return subject === undefined ? undefined : `${eventName}:${subject}`;
}

/** What an event means, and whether its object shows that it moved nothing. */
interface CashfreeMeaning extends Required<EventMeaning> {
  readonly movesNothing?: boolean;
}

/** The meaning of an event: that of its name, unless its object contradicts it. */
function cashfreeMeaning(eventName: string, status: string | undefined, data: unknown): CashfreeMeaning {
  const meaning = meaningOf(EVENTS, eventName);
  const nothing = { moneyMovement: false, movesNothing: true };
  switch (eventName) {
    case 'PAYMENT_SUCCESS_WEBHOOK':
      return status === 'SUCCESS' ? meaning : { ...meaning, ...nothing, kind: 'other' };
    case 'REFUND_STATUS_WEBHOOK':
      return status === 'SUCCESS' ? meaning : { ...meaning, ...nothing, kind: FAILED_REFUNDS.has(status) ? 'failed' : 'refunded' };
    case 'DISPUTE_CREATED':
      return INQUIRIES.has(parseText(valueAt(data, 'dispute.dispute_type'))) ? { ...meaning, ...nothing } : meaning;
    default:
      return meaning;
  }
}
