import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMinor, parseCurrency, parseEventTime, referenceIn } from '../shared/event-values';
import { firstAt, isJsonObject, parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * https://docs.lemonsqueezy.com/help/webhooks/event-types
 *
 * Money movements: a recovered payment also sends `subscription_payment_success`.
 */
const EVENTS: EventTable = {
  order_created: { kind: 'captured', moneyMovement: true },
  subscription_payment_recovered: { kind: 'captured' },
  subscription_payment_success: { kind: 'captured', moneyMovement: true },
  subscription_payment_failed: { kind: 'failed', declined: true },
  order_refunded: { kind: 'refunded', moneyMovement: true },
  subscription_payment_refunded: { kind: 'refunded', moneyMovement: true },
};

/**
 * The statuses of an order and an invoice in which nothing was paid
 * (https://docs.lemonsqueezy.com/api/orders, https://docs.lemonsqueezy.com/api/subscription-invoices).
 */
const UNPAID: ReadonlyMap<string | undefined, Kind> = new Map([['failed', 'failed'], ['void', 'canceled']]);
const PENDING = 'pending';
/** The first invoice of a subscription. Its order is always sent as well, with the same amount. */
const FIRST_INVOICE = 'initial';
const CUSTOM_DATA = 'meta.custom_data';

/** Lemon Squeezy: HMAC-SHA256 of the raw body (https://docs.lemonsqueezy.com/help/webhooks/signing-requests). */
export const lemonSqueezy = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'x-signature', algorithm: 'sha256', encoding: 'hex' }),

  /** No documented field identifies the event, so that its identity is its body. */
  normalize({ body }, config): NormalizedEvent {
    const event = parseJson(body);
    const eventName = parseText(valueAt(event, 'meta.event_name'));
    const data = valueAt(event, 'data');
    if (eventName === undefined || !isJsonObject(data)) {
      return unparsed();
    }
    const { attributes } = data;
    const { kind: named, moneyMovement } = meaningOf(EVENTS, eventName);
    const status = parseText(valueAt(attributes, 'status'));
    const kind = named === 'captured' || named === 'failed' ? UNPAID.get(status) ?? named : named;
    const currency = parseCurrency(valueAt(attributes, 'currency'));
    const amount = firstAt(attributes, kind === 'refunded' ? ['refunded_amount', 'total'] : ['total'], present);
    const money = moneyFromMinor(amount, currency);
    const metadata = valueAt(event, CUSTOM_DATA);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        transactionId: transactionOf(data.type, data.id),
        eventName,
        kind,
        status,
        live: valueAt(attributes, 'test_mode') !== true,
        money,
        currency,
        account: parseText(valueAt(attributes, 'store_id')),
        reference: referenceIn(metadata, config),
        ...metadataIn([metadata], config),
        ...customerOf(attributes, { id: parseText(valueAt(attributes, 'customer_id')), emails: ['user_email'] }),
        eventTime: firstAt(attributes, ['updated_at', 'created_at'], parseEventTime),
        moneyMovement,
        movesNothing: valueAt(attributes, 'billing_reason') === FIRST_INVOICE || (kind === 'captured' && status === PENDING) || undefined,
        declined: kind === 'failed',
      },
    };
  },
} satisfies Scheme;

/** The identifiers of orders, invoices and subscriptions are numbers that can be equal. */
function transactionOf(type: unknown, id: unknown): string | undefined {
  const [resource, number] = [type, id].map(parseText);
  return resource === undefined || number === undefined ? undefined : `${resource}:${number}`;
}
