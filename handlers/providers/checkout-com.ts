import { verifyBodyHmac } from './shared/body-hmac';
import { parseCardBin } from './shared/card-bin';
import { moneyFromMinor } from './shared/event-money';
import { firstAt, parseCode, parseJson, parseText, present, valueAt } from './shared/json';
import { unparsed, parseCurrency, type NormalizedEvent } from './shared/normalized-event';
import type { Kind } from '../../src/private/contract';
import { emailDomainOf } from '../domain/email-domain';
import { parseEventTime } from './shared/event-time';
import type { Scheme } from './shared/scheme';

/** https://www.checkout.com/docs/developer-resources/event-notifications/event-types */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['payment_approved', 'authorized'],
  ['payment_authorization_incremented', 'authorized'],
  ['payment_captured', 'captured'],
  ['payment_authentication_failed', 'failed'],
  ['payment_authorization_increment_declined', 'failed'],
  ['payment_capture_declined', 'failed'],
  ['payment_declined', 'failed'],
  ['payment_refund_declined', 'failed'],
  ['payment_returned', 'failed'],
  ['payment_canceled', 'canceled'],
  ['payment_expired', 'canceled'],
  ['payment_voided', 'canceled'],
  ['payment_refund_pending', 'refunded'],
  ['payment_refunded', 'refunded'],
  ['dispute_accepted', 'disputed'],
  ['dispute_arbitration_evidence_submitted', 'disputed'],
  ['dispute_arbitration_lost', 'disputed'],
  ['dispute_arbitration_sent_to_scheme', 'disputed'],
  ['dispute_arbitration_won', 'disputed'],
  ['dispute_canceled', 'disputed'],
  ['dispute_evidence_acknowledged_by_scheme', 'disputed'],
  ['dispute_evidence_required', 'disputed'],
  ['dispute_evidence_submitted', 'disputed'],
  ['dispute_expired', 'disputed'],
  ['dispute_lost', 'disputed'],
  ['dispute_received', 'disputed'],
  ['dispute_resolved', 'disputed'],
  ['dispute_won', 'disputed'],
  ['payment_paid', 'paid-out'],
  ['payout_paid', 'paid-out'],
]);

/** One event a movement of money: a payment's approval carries the amount of its captures, a dispute's course that of its receipt. */
const MOVING_MONEY: ReadonlySet<string> = new Set(['dispute_received', 'payment_captured', 'payment_paid', 'payment_refunded']);

/** What fails later was approved before, or is money on its way to the customer. */
const DECLINES: ReadonlySet<string> = new Set(['payment_authentication_failed', 'payment_authorization_increment_declined', 'payment_declined']);

/** A payment's events have its identifier as their own; a dispute's and a payout's name it. */
const TRANSACTIONS = ['payment_id', 'payout_id', 'id'];
const AMOUNTS = ['amount', 'instruction.source_amount'];
const CURRENCIES = ['currency', 'instruction.source_currency'];
const METHODS = ['destination.type', 'source.type', 'payment_method'];
/** Which of the two an event has depends on its type. */
const TIMES = ['created_on', 'timestamp'];

/**
 * Checkout.com: HMAC-SHA256 of the raw body, keyed by the webhook's signature
 * key taken verbatim
 * (https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks).
 * There is neither a published vector nor a library that verifies: this rests
 * on the documentation.
 */
export const checkoutCom = {
  verify: verifyBodyHmac({ header: 'cko-signature', algorithm: 'sha256', encoding: 'hex' }),

  /**
   * Nothing that is documented tells the sandbox from production: the hosts
   * in an event's links do in some examples and don't in others. A webhook of
   * the sandbox is a test by the user's word alone.
   */
  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const eventId = parseText(valueAt(event, 'id'));
    const type = parseText(valueAt(event, 'type'));
    if (type === undefined) {
      return unparsed(eventId);
    }
    const data = valueAt(event, 'data');
    const currency = firstAt(data, CURRENCIES, parseCurrency);
    const amount = firstAt(data, AMOUNTS, present);
    const money = moneyFromMinor(amount, currency, 'checkout-com');
    const isPayout = isCardPayout(type, data);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: firstAt(data, TRANSACTIONS, parseText),
        eventName: type,
        kind: isPayout ? 'paid-out' : KINDS.get(type) ?? 'other',
        status: firstAt(data, ['status', 'response_summary'], parseText),
        live: true,
        money,
        currency,
        customerId: parseText(valueAt(data, 'customer.id')),
        paymentMethod: firstAt(data, METHODS, parseText),
        country: parseCode(valueAt(data, 'source.billing_address.country'), 2),
        cardCountry: parseCode(valueAt(data, 'source.issuer_country'), 2),
        cardBin: parseCardBin(valueAt(data, 'source.bin')),
        emailDomain: emailDomainOf(valueAt(data, 'customer.email')),
        eventTime: firstAt(event, TIMES, parseEventTime),
        moneyMovement: isPayout || MOVING_MONEY.has(type),
        declined: DECLINES.has(type) && !hasDestination(data),
      },
    };
  },
} satisfies Scheme;

/** A payout to a card is approved and no more is heard of it; one to a bank account is approved and, later, paid. */
function isCardPayout(type: string, data: unknown): boolean {
  return type === 'payment_approved' && valueAt(data, 'destination.type') === 'card';
}

/** A payout, of which some events have the names of a payment's, says where the money goes. */
function hasDestination(data: unknown): boolean {
  return present(valueAt(data, 'destination')) !== undefined;
}
