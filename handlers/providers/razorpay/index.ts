import type { Kind, ProviderConfig } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMinor, parseEventTime, parseCurrency, referenceIn } from '../shared/event-values';
import { isJsonObject, parseJson, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * The events of payments, of linked accounts and of payouts (https://razorpay.com/docs/webhooks/all).
 *
 * Money movements: orders, invoices, links, QR codes, virtual accounts and
 * subscriptions repeat the amount of their payment, transfers that of a
 * settlement. Each refund that succeeds is processed once, even if it was
 * processed at its creation (https://razorpay.com/docs/webhooks/refunds).
 */
const EVENTS: EventTable = {
  'payment.authorized': { kind: 'authorized' },
  'invoice.paid': { kind: 'captured' },
  'invoice.partially_paid': { kind: 'captured' },
  'order.paid': { kind: 'captured' },
  'payment.captured': { kind: 'captured', moneyMovement: true },
  'payment_link.paid': { kind: 'captured' },
  'payment_link.partially_paid': { kind: 'captured' },
  'qr_code.credited': { kind: 'captured' },
  'subscription.charged': { kind: 'captured' },
  'virtual_account.credited': { kind: 'captured' },
  'payment.failed': { kind: 'failed' },
  'payout.failed': { kind: 'failed' },
  'payout.rejected': { kind: 'failed' },
  'payout.reversed': { kind: 'failed' },
  'refund.failed': { kind: 'failed' },
  'transfer.failed': { kind: 'failed' },
  'invoice.expired': { kind: 'canceled' },
  'payment_link.cancelled': { kind: 'canceled' },
  'payment_link.expired': { kind: 'canceled' },
  'payout_link.cancelled': { kind: 'canceled' },
  'payout_link.expired': { kind: 'canceled' },
  'refund.created': { kind: 'refunded' },
  'refund.processed': { kind: 'refunded', moneyMovement: true },
  'refund.speed_changed': { kind: 'refunded' },
  'payment.dispute.action_required': { kind: 'disputed' },
  'payment.dispute.closed': { kind: 'disputed' },
  'payment.dispute.created': { kind: 'disputed', moneyMovement: true },
  'payment.dispute.lost': { kind: 'disputed' },
  'payment.dispute.under_review': { kind: 'disputed' },
  'payment.dispute.won': { kind: 'disputed' },
  'payout.processed': { kind: 'paid-out', moneyMovement: true },
  'payout_link.processed': { kind: 'paid-out' },
  'settlement.processed': { kind: 'paid-out', moneyMovement: true },
  'transfer.processed': { kind: 'paid-out' },
};

/** The phases before a chargeback: the bank requests documents and takes no money (https://razorpay.com/docs/payments/disputes/). */
const INQUIRY_PHASES: ReadonlySet<string | undefined> = new Set(['retrieval', 'fraud']);
const FAILED_PAYMENT = 'payment.failed';
const REFUND = 'refund.';
const PENDING = 'pending';
/** The reasons of a failed payment that count as canceled, because its customer left it (https://razorpay.com/docs/errors/payment-methods/cards). */
const CANCELLATIONS: ReadonlySet<string | undefined> = new Set(['payment_cancelled', 'payment_timed_out']);

/**
 * The address in the examples of Razorpay's libraries (https://github.com/razorpay/react-native-razorpay#steps). Shops
 * send it for customers without an address, so it is nobody's.
 */
const NO_EMAIL = 'void@razorpay.com';

/**
 * Razorpay: HMAC-SHA256 of the raw body (https://razorpay.com/docs/webhooks/validate-test).
 * Its `x-razorpay-event-id` is not signed, so that an event's identity is its body.
 */
export const razorpay = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'x-razorpay-signature', algorithm: 'sha256', encoding: 'hex' }),

  /** Razorpay has no field for tests. Its test mode has separate webhooks, and so separate secrets. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const name = isJsonObject(event) ? parseText(event.event) : undefined;
    if (name === undefined) {
      return unparsed();
    }
    const payment = entityOf(event, 'payment');
    const subject = entityOf(event, subjectOf(name));
    const kind = razorpayKind(name, payment);
    // An order, an invoice and a link have their whole amount, of which each payment can be a part.
    const [priced = payment] = (kind === 'captured' ? [payment, subject] : [subject, payment]).filter(({ amount }) => !isAbsent(amount));
    const currency = parseCurrency(priced.currency);
    const money = moneyFromMinor(priced.amount, currency);
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
        account: parseText(valueAt(event, 'account_id')),
        reference: [subject, payment].map((entity) => referenceOf(entity, config)).find((reference) => reference !== undefined),
        ...metadataIn([subject.notes, payment.notes], config),
        ...customerOf(payment, {
          id: parseText(payment.customer_id) ?? parseText(subject.customer_id),
          emails: payment.email === NO_EMAIL ? [] : ['email'],
          phones: ['contact'],
        }),
        paymentMethod: parseText(payment.method) ?? parseText(subject.mode),
        eventTime: parseEventTime(valueAt(event, 'created_at')),
        moneyMovement: meaningOf(EVENTS, name).moneyMovement,
        movesNothing: INQUIRY_PHASES.has(parseText(subject.phase)) || isPendingRefund(name, subject) || undefined,
        declined: name === FAILED_PAYMENT && kind === 'failed',
      },
    };
  },
} satisfies Scheme;

/** A receipt of an order or invoice, a payment link's reference, or an entry of the notes, which can be an empty list. */
function referenceOf({ receipt, reference_id: linkReference, notes }: JsonObject, config: ProviderConfig): string | undefined {
  return parseText(receipt) ?? parseText(linkReference) ?? referenceIn(notes, config);
}

function razorpayKind(name: string, payment: JsonObject): Kind {
  const { kind } = meaningOf(EVENTS, name);
  const isLeft = name === FAILED_PAYMENT && CANCELLATIONS.has(parseText(payment.error_reason));
  return isLeft || (kind === 'refunded' && isReleased(payment)) ? 'canceled' : kind;
}

/**
 * Whether Razorpay returns a payment by itself because it was not captured in time
 * (https://razorpay.com/docs/webhooks/refunds). The merchant never received it.
 */
function isReleased({ captured }: JsonObject): boolean {
  return captured === false;
}

function isPendingRefund(name: string, { status }: JsonObject): boolean {
  return name.startsWith(REFUND) && status === PENDING;
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
