import { checkoutRisk } from './checkout-risk';
import type { Exponents } from '../../domain/money';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, parseCardBin, moneyFromMinor, parseCurrency, parseEventTime, referenceIn } from '../shared/event-values';
import { firstAt, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/** https://www.checkout.com/docs/payments/accept-payments/format-the-amount-value */
const EXPONENTS: Exponents = { CLF: 2, CLP: 2 };
/**
 * https://www.checkout.com/docs/developer-resources/event-notifications/event-types
 *
 * Money movements: a payment's approval repeats the amount of its captures, and a
 * refund has its own event when it is complete. The account is debited when a
 * dispute requires evidence
 * (https://www.checkout.com/docs/previous/risk-management/disputes/disputes-api),
 * and the other events of the dispute repeat its amount.
 *
 * Declines: payments that fail later were approved before, or are money on its way to the customer.
 */
const EVENTS: EventTable = {
  payment_approved: { kind: 'authorized' },
  payment_authorization_incremented: { kind: 'authorized' },
  payment_captured: { kind: 'captured', moneyMovement: true },
  payment_authentication_failed: { kind: 'failed', declined: true },
  payment_authorization_increment_declined: { kind: 'failed', declined: true },
  payment_capture_declined: { kind: 'failed' },
  payment_declined: { kind: 'failed', declined: true },
  payment_refund_declined: { kind: 'failed' },
  payment_returned: { kind: 'failed' },
  payment_canceled: { kind: 'canceled' },
  payment_expired: { kind: 'canceled' },
  payment_voided: { kind: 'canceled' },
  payment_refund_pending: { kind: 'refunded' },
  payment_refunded: { kind: 'refunded', moneyMovement: true },
  dispute_accepted: { kind: 'disputed' },
  dispute_arbitration_evidence_submitted: { kind: 'disputed' },
  dispute_arbitration_lost: { kind: 'disputed' },
  dispute_arbitration_sent_to_scheme: { kind: 'disputed' },
  dispute_arbitration_won: { kind: 'disputed' },
  dispute_canceled: { kind: 'disputed' },
  dispute_evidence_acknowledged_by_scheme: { kind: 'disputed' },
  dispute_evidence_required: { kind: 'disputed', moneyMovement: true },
  dispute_evidence_submitted: { kind: 'disputed' },
  dispute_expired: { kind: 'disputed' },
  dispute_lost: { kind: 'disputed' },
  dispute_received: { kind: 'disputed' },
  dispute_resolved: { kind: 'disputed' },
  dispute_won: { kind: 'disputed' },
  payment_paid: { kind: 'paid-out', moneyMovement: true },
  payout_paid: { kind: 'paid-out' },
};

/** The events of a payment have its identifier as their own. Those of a dispute and a payout refer to it. */
const TRANSACTIONS = ['payment_id', 'payout_id', 'id'];
const AMOUNTS = ['amount', 'instruction.source_amount'];
const CURRENCIES = ['currency', 'instruction.source_currency'];
/** Sent when a refund is requested (https://www.checkout.com/docs/workflows/webhook-event-types/payment_refund_pending). */
const PENDING_REFUND = 'payment_refund_pending';
const METHODS = ['destination.type', 'source.type', 'payment_method'];
/** Either of the two, depending on the type of the event. */
const TIMES = ['created_on', 'timestamp'];

/**
 * Checkout.com: HMAC-SHA256 of the raw body, keyed by the webhook's signature
 * key taken verbatim
 * (https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks).
 * There is no published vector and no library that verifies. This is based on
 * the documentation.
 */
export const checkoutCom = {
  events: EVENTS,
  exponents: EXPONENTS,

  verify: verifyBodyHmac({ header: 'cko-signature', algorithm: 'sha256', encoding: 'hex' }),

  /**
   * No documented field shows whether an event is from the sandbox: the hosts in
   * an event's links differ only in some examples. Only `testMode` marks tests.
   */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventId = parseText(valueAt(event, 'id'));
    const type = parseText(valueAt(event, 'type'));
    if (type === undefined) {
      return unparsed(eventId);
    }
    const data = valueAt(event, 'data');
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMinor(amount, currency, EXPONENTS);
    const isPayout = isCardPayout(type, data);
    const meaning = meaningOf(EVENTS, type);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName: type,
        kind: isPayout ? 'paid-out' : meaning.kind,
        status: firstAt(data, ['status', 'response_summary'], parseText),
        live: true,
        money,
        currency,
        account: parseText(valueAt(data, 'processing_channel_id')),
        reference: parseText(valueAt(data, 'reference')) ?? referenceIn(valueAt(data, 'metadata'), config),
        ...metadataIn([valueAt(data, 'metadata')], config),
        ...customerOf(data, { id: parseText(valueAt(data, 'customer.id')), emails: ['customer.email'] }),
        paymentMethod: firstAt(data, METHODS, parseText),
        country: parseCode(valueAt(data, 'source.billing_address.country'), 2),
        cardCountry: parseCode(valueAt(data, 'source.issuer_country'), 2),
        cardBin: parseCardBin(valueAt(data, 'source.bin')),
        ...checkoutRisk(type, data),
        eventTime: firstAt(event, TIMES, parseEventTime),
        moneyMovement: isPayout || meaning.moneyMovement,
        movesNothing: type === PENDING_REFUND || undefined,
        declined: meaning.declined && !hasDestination(data),
      },
    };
  },
} satisfies Scheme;

/** A payout to a card has no event after its approval. A payout to a bank account is approved and, later, paid. */
function isCardPayout(type: string, data: unknown): boolean {
  return type === 'payment_approved' && valueAt(data, 'destination.type') === 'card';
}

/** A payout has a destination. Some of its events have the names of payment events. */
function hasDestination(data: unknown): boolean {
  return present(valueAt(data, 'destination')) !== undefined;
}
