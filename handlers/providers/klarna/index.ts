import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { moneyFromMinor, parseCurrency, parseEventTime } from '../shared/event-values';
import { firstAt, isJsonObject, parseCode, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * Requests for a payment and transactions
 * (https://docs.klarna.com/klarna-network-distribution/after-payments/manage-payment-transactions),
 * and disputes (https://docs.klarna.com/klarna-network-distribution/after-payments/disputes/integrate-disputes-management).
 *
 * Money movements: the later events of a dispute have no amount, and no event of a
 * capture or a refund has a documented one.
 */
const EVENTS: EventTable = {
  'payment.request.state-change.authorized': { kind: 'authorized' },
  'payment.request.state-change.completed': { kind: 'authorized' },
  'payment.transaction.state-change.authorized': { kind: 'authorized' },
  'payment.request.state-change.expired': { kind: 'canceled' },
  'payment.dispute.state-change.arbitration': { kind: 'disputed' },
  'payment.dispute.state-change.arbitration-pending': { kind: 'disputed' },
  'payment.dispute.state-change.closed': { kind: 'disputed' },
  'payment.dispute.state-change.initiated': { kind: 'disputed', moneyMovement: true },
  'payment.dispute.state-change.merchant-evidence-pending': { kind: 'disputed' },
  'payment.dispute.state-change.pre-arbitration': { kind: 'disputed' },
  'payment.dispute.state-change.representment': { kind: 'disputed' },
  'payment.dispute.updated.representment-deadline-extended': { kind: 'disputed' },
};

/** The states of a request for a payment, and of a transaction (the same pages). */
const STATES: readonly (readonly [prefix: string, kinds: ReadonlyMap<string | undefined, Kind>])[] = [
  ['payment.request.', new Map<string, Kind>([
    ['AUTHORIZED', 'authorized'], ['COMPLETED', 'authorized'], ['DECLINED', 'failed'], ['CANCELED', 'canceled'], ['EXPIRED', 'canceled'],
  ])],
  ['payment.transaction.', new Map<string, Kind>([['AUTHORIZED', 'authorized'], ['COMPLETED', 'captured'], ['EXPIRED', 'canceled']])],
];

const TRANSACTIONS = ['payment_transaction_id', 'payment_request_id', 'payment_dispute_id'];
/** The merchant's references to the order first, then those to the payment. */
const REFERENCES = ['purchase_reference', 'merchant_reference', 'payment_transaction_reference', 'payment_request_reference', 'payment_reference'];
const PROFILE = 'klarna_customer.customer_profile';

/**
 * Klarna's webhooks: HMAC-SHA256 of the raw body by a signing key
 * (https://docs.klarna.com/acquirer/klarna-network/setup-your-integration/connection-configuration/setup-your-webhooks/).
 * The documentation does not name the encoding. Klarna's plugin for WooCommerce
 * compares hexadecimal digits
 * (https://github.com/krokedil/klarna-payments-for-woocommerce/blob/master/src/ExpressCheckout/Api/Controllers/Notifications.php).
 */
export const klarna = {
  events: EVENTS,

  /** `Klarna-Signing-Key-Id` is not signed and not needed: every key is tried. */
  verify: verifyBodyHmac({ header: 'klarna-signature', algorithm: 'sha256', encoding: 'hex' }),

  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    const metadata = valueAt(event, 'metadata');
    const eventId = parseText(valueAt(metadata, 'event_id'));
    const eventName = parseText(valueAt(metadata, 'event_type'));
    const payload = valueAt(event, 'payload');
    if (eventName === undefined || !isJsonObject(payload)) {
      return unparsed(eventId);
    }
    const status = parseText(payload.state);
    const meaning = meaningOf(EVENTS, eventName);
    const kind = STATES.find(([prefix]) => eventName.startsWith(prefix))?.[1].get(status) ?? meaning.kind;
    const currency = parseCurrency(valueAt(payload, 'dispute_details.currency'));
    const amount = present(valueAt(payload, 'dispute_details.dispute_amount'));
    const money = moneyFromMinor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: firstAt(payload, TRANSACTIONS, parseText),
        eventName,
        kind,
        status,
        live: valueAt(metadata, 'live') !== false,
        money,
        currency,
        account: firstAt(metadata, ['subject_account_id', 'account_id'], parseText),
        reference: firstAt(payload, REFERENCES, parseText),
        ...customerOf(payload, { id: undefined, emails: [`${PROFILE}.email`], phones: [`${PROFILE}.phone`] }),
        country: parseCode(valueAt(payload, `${PROFILE}.address.country`), 2),
        eventTime: parseEventTime(valueAt(metadata, 'occurred_at')),
        moneyMovement: meaning.moneyMovement,
        declined: kind === 'failed',
      },
    };
  },
} satisfies Scheme;
