import { meaningOf, type EventMeaning, type EventTable } from '../shared/event-table';
import { isJsonObject, present, valueAt, type JsonObject } from '../shared/json';

/**
 * Money movements: a payment's intent, checkout and invoice repeat the amount of its charge. A dispute takes the money
 * when its funds are withdrawn: an inquiry is created without, and can become a dispute.
 *
 * Declines: payments of a customer that failed, but no refunds and payouts. The charge counts, and its invoice and
 * checkout repeat it.
 */
export const STRIPE_EVENTS: EventTable = {
  'payment_intent.amount_capturable_updated': { kind: 'authorized' },
  'charge.succeeded': { kind: 'captured', moneyMovement: true },
  'charge.captured': { kind: 'captured', moneyMovement: true },
  'checkout.session.async_payment_succeeded': { kind: 'captured' },
  'checkout.session.completed': { kind: 'captured' },
  'invoice.paid': { kind: 'captured' },
  'invoice.payment_succeeded': { kind: 'captured' },
  'invoice_payment.paid': { kind: 'captured' },
  'payment_intent.succeeded': { kind: 'captured' },
  'charge.failed': { kind: 'failed', declined: true },
  'checkout.session.async_payment_failed': { kind: 'failed' },
  'invoice.payment_failed': { kind: 'failed' },
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
  'charge.dispute.created': { kind: 'disputed' },
  'charge.dispute.funds_reinstated': { kind: 'disputed' },
  'charge.dispute.funds_withdrawn': { kind: 'disputed', moneyMovement: true },
  'charge.dispute.updated': { kind: 'disputed' },
  'payout.paid': { kind: 'paid-out', moneyMovement: true },
};

/** Amounts that other fields contain. */
const AMOUNTS: ReadonlyMap<string, string> = new Map([
  ['charge.captured', 'amount_captured'],
  ['charge.refunded', 'amount_refunded'],
  ['invoice.payment_failed', 'amount_due'],
  ['payment_intent.succeeded', 'amount_received'],
]);
/** These fields count up. Their event is about the difference to the previous value. */
const CUMULATIVE: readonly string[] = ['amount_captured', 'amount_refunded'];
/** The statuses of an inquiry (https://docs.stripe.com/disputes/how-disputes-work#inquiries). */
const INQUIRY_PREFIX = 'warning_';
/**
 * The version since which all refunds have events of their own
 * (https://docs.stripe.com/changelog/acacia/2024-10-28/refund-webhook-update).
 */
const REFUND_EVENTS_SINCE = '2024-10-28';

/** The amount that an event is about, in minor units. Undefined for an event without an amount. */
export function stripeAmount(type: string, object: JsonObject, previous: JsonObject): unknown {
  const field = AMOUNTS.get(type) ?? 'amount';
  const amount = present(object[field]);
  const before = CUMULATIVE.includes(field) ? previous[field] : undefined;
  if (typeof amount === 'number' && typeof before === 'number') {
    return amount - before;
  }
  return amount ?? present(object.amount) ?? present(object.amount_total) ?? present(object.amount_paid);
}

/** What an event means, and whether its object shows that it moved nothing. */
export interface StripeMeaning extends Required<EventMeaning> {
  readonly movesNothing?: boolean;
}

/** The meaning of an event: that of its name, unless its object contradicts it. */
export function stripeMeaning(event: JsonObject, type: string, object: JsonObject, previous: JsonObject): StripeMeaning {
  const meaning = meaningOf(STRIPE_EVENTS, type);
  const nothing = { moneyMovement: false, movesNothing: true };
  switch (type) {
    case 'charge.succeeded':
      // It succeeds when it is authorized, and `charge.captured` follows.
      return object.captured === false ? { ...meaning, ...nothing, kind: 'authorized' } : meaning;
    case 'checkout.session.completed':
      // `unpaid` completes later, `no_payment_required` never.
      return isAbsentOr(object.payment_status, 'paid') ? meaning : { ...meaning, ...nothing, kind: 'other' };
    case 'invoice.paid':
    case 'invoice.payment_succeeded':
      return object.paid_out_of_band === true ? { ...meaning, ...nothing, kind: 'other' } : meaning;
    case 'payment_intent.payment_failed':
      // If there is a charge, `charge.failed` counts.
      return { ...meaning, declined: present(valueAt(object, 'last_payment_error.charge')) === undefined };
    case 'charge.dispute.created':
      return String(object.status).startsWith(INQUIRY_PREFIX) ? { ...meaning, ...nothing } : meaning;
    case 'charge.refunded':
      // An authorization that is canceled is refunded without ever having been captured.
      return object.captured === false ? { ...meaning, ...nothing, kind: 'canceled' } : { ...meaning, moneyMovement: !hasRefundEvents(event) };
    case 'charge.refund.updated':
    case 'refund.created':
    case 'refund.updated':
      return refundMeaning(event, type, object, previous);
    default:
      return meaning;
  }
}

/** A refund is a movement when it succeeds: most do when they are created, the others when they are updated. */
function refundMeaning(event: JsonObject, type: string, { status, charge }: JsonObject, previous: JsonObject): StripeMeaning {
  const hasSucceeded = isAbsentOr(status, 'succeeded') && (type === 'refund.created' || Object.hasOwn(previous, 'status'));
  const isCountedByCharge = !hasRefundEvents(event) && present(charge) !== undefined;
  return {
    kind: status === 'failed' ? 'failed' : status === 'canceled' ? 'canceled' : 'refunded',
    moneyMovement: hasSucceeded && !isCountedByCharge && type !== 'charge.refund.updated',
    movesNothing: !hasSucceeded || undefined,
    declined: false,
  };
}

/** Versions are dates, since 2024 with a name: they sort as texts. */
function hasRefundEvents({ api_version: version }: JsonObject): boolean {
  return typeof version !== 'string' || version >= REFUND_EVENTS_SINCE;
}

function isAbsentOr(value: unknown, expected: string): boolean {
  return present(value) === undefined || value === expected;
}

/** The values that the object had before the event, by their names. */
export function previousAttributes(event: JsonObject): JsonObject {
  const previous = valueAt(event, 'data.previous_attributes');
  return isJsonObject(previous) ? previous : {};
}
