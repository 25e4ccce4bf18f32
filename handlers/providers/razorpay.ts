import { verifyBodyHmac } from './shared/body-hmac';
import { moneyFromMinor } from './shared/event-money';
import type { Kind } from '../../src/private/contract';
import { emailDomainOf } from '../domain/email-domain';
import { parseEventTime } from './shared/event-time';
import { isJsonObject, parseJson, parseText, valueAt, type JsonObject } from './shared/json';
import { unparsed, parseCurrency, type NormalizedEvent } from './shared/normalized-event';
import type { Scheme } from './shared/scheme';

/** The events of payments, of linked accounts and of payouts (https://razorpay.com/docs/webhooks/all). */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['payment.authorized', 'authorized'],
  ['invoice.paid', 'captured'],
  ['invoice.partially_paid', 'captured'],
  ['order.paid', 'captured'],
  ['payment.captured', 'captured'],
  ['payment_link.paid', 'captured'],
  ['payment_link.partially_paid', 'captured'],
  ['qr_code.credited', 'captured'],
  ['subscription.charged', 'captured'],
  ['virtual_account.credited', 'captured'],
  ['payment.failed', 'failed'],
  ['payout.failed', 'failed'],
  ['payout.rejected', 'failed'],
  ['payout.reversed', 'failed'],
  ['refund.failed', 'failed'],
  ['transfer.failed', 'failed'],
  ['invoice.expired', 'canceled'],
  ['payment_link.cancelled', 'canceled'],
  ['payment_link.expired', 'canceled'],
  ['payout_link.cancelled', 'canceled'],
  ['payout_link.expired', 'canceled'],
  ['refund.created', 'refunded'],
  ['refund.processed', 'refunded'],
  ['refund.speed_changed', 'refunded'],
  ['payment.dispute.action_required', 'disputed'],
  ['payment.dispute.closed', 'disputed'],
  ['payment.dispute.created', 'disputed'],
  ['payment.dispute.lost', 'disputed'],
  ['payment.dispute.under_review', 'disputed'],
  ['payment.dispute.won', 'disputed'],
  ['payout.processed', 'paid-out'],
  ['payout_link.processed', 'paid-out'],
  ['settlement.processed', 'paid-out'],
  ['transfer.processed', 'paid-out'],
]);

/**
 * One event a movement of money: orders, invoices, links, QR codes, virtual
 * accounts and subscriptions carry their payment's amount again, transfers
 * that of a settlement, and a refund that is created may still fail.
 */
const MOVING_MONEY: ReadonlySet<string> = new Set([
  'payment.captured', 'payment.dispute.created', 'payout.processed', 'refund.processed', 'settlement.processed',
]);

const FAILED_PAYMENT = 'payment.failed';
/** Why a failed payment counts as canceled: its customer left it (https://razorpay.com/docs/errors/payment-methods/cards). */
const CANCELLATIONS: ReadonlySet<string | undefined> = new Set(['payment_cancelled', 'payment_timed_out']);

/**
 * Razorpay: HMAC-SHA256 of the raw body (https://razorpay.com/docs/webhooks/validate-test).
 * Its `x-razorpay-event-id` is not signed, so that an event's identity is its body.
 */
export const razorpay = {
  verify: verifyBodyHmac({ header: 'x-razorpay-signature', algorithm: 'sha256', encoding: 'hex' }),

  /** Razorpay has no field for tests: its test mode has webhooks, and so secrets, of its own. */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const name = isJsonObject(event) ? parseText(event.event) : undefined;
    if (name === undefined) {
      return unparsed();
    }
    const payment = entityOf(event, 'payment');
    const subject = entityOf(event, subjectOf(name));
    const priced = isAbsent(subject.amount) ? payment : subject;
    const currency = parseCurrency(priced.currency);
    const money = moneyFromMinor(priced.amount, currency, 'razorpay');
    const kind = razorpayKind(name, payment);
    return {
      parsed: isAbsent(priced.amount) || money !== undefined,
      fields: {
        transactionId: parseText(payment.id) ?? parseText(subject.payment_id) ?? parseText(subject.id),
        eventName: name,
        kind,
        status: parseText(subject.status),
        live: true,
        money,
        currency,
        customerId: parseText(payment.customer_id) ?? parseText(subject.customer_id),
        paymentMethod: parseText(payment.method) ?? parseText(subject.mode),
        emailDomain: emailDomainOf(payment.email),
        eventTime: parseEventTime(valueAt(event, 'created_at')),
        moneyMovement: MOVING_MONEY.has(name),
        declined: name === FAILED_PAYMENT && kind === 'failed',
      },
    };
  },
} satisfies Scheme;

function razorpayKind(name: string, payment: JsonObject): Kind {
  const isCanceled = name === FAILED_PAYMENT && CANCELLATIONS.has(parseText(payment.error_reason));
  return isCanceled ? 'canceled' : KINDS.get(name) ?? 'other';
}

/** The entity that an event is named after. */
function subjectOf(name: string): string {
  return name.startsWith('payment.dispute.') ? 'dispute' : name.split('.', 1)[0];
}

function entityOf(event: unknown, name: string): JsonObject {
  const entity = valueAt(event, `payload.${name}.entity`);
  return isJsonObject(entity) ? entity : {};
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
