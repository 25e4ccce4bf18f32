import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseEventTime, parseCurrency, referenceIn } from '../shared/event-values';
import { parseJson, parseText, present, valueAt } from '../shared/json';
import { unparsed, type Money, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * https://docs.cloud.coinbase.com/commerce/docs/webhooks-events
 *
 * Money movements: a charge that is paid too late, too little or too much is not
 * confirmed, but unresolved, until the merchant resolves it
 * (https://docs.cloud.coinbase.com/commerce/docs/payment-status).
 */
const EVENTS: EventTable = {
  'charge:pending': { kind: 'authorized' },
  'charge:confirmed': { kind: 'captured', moneyMovement: true },
  'charge:resolved': { kind: 'captured', moneyMovement: true },
  'charge:failed': { kind: 'failed' },
};

/** The last status of a charge that failed because it was canceled or was not paid in time. */
const CANCELED: ReadonlySet<string | undefined> = new Set(['CANCELED', 'EXPIRED']);

const RESOLVED = 'charge:resolved';
/** The status of a charge that was confirmed. */
const COMPLETED = 'COMPLETED';

/** Coinbase Commerce: HMAC-SHA256 of the raw body (https://docs.cloud.coinbase.com/commerce/docs/webhooks-fields-and-security). */
export const coinbaseCommerce = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'x-cc-webhook-signature', algorithm: 'sha256', encoding: 'hex' }),

  /** The number and the time of the delivery attempt surround the event. They are signed, but differ between attempts. */
  normalize({ body }, config): NormalizedEvent {
    const event = valueAt(parseJson(body), 'event');
    const eventId = parseText(valueAt(event, 'id'));
    const type = parseText(valueAt(event, 'type'));
    if (type === undefined) {
      return unparsed(eventId);
    }
    const charge = valueAt(event, 'data');
    const prices = pricesOf(charge);
    const currency = parseCurrency(valueAt(prices[0], 'currency'));
    const money = totalOf(prices, currency);
    const statuses = statusesOf(valueAt(charge, 'timeline'));
    const status = statuses.at(-1);
    const wasConfirmed = type === RESOLVED && statuses.includes(COMPLETED);
    return {
      parsed: prices.length === 0 || money !== undefined,
      fields: {
        eventId,
        transactionId: parseText(valueAt(charge, 'code')),
        eventName: type,
        kind: coinbaseKind(type, status),
        status,
        live: true,
        money,
        currency,
        reference: referenceIn(valueAt(charge, 'metadata'), config),
        ...metadataIn([valueAt(charge, 'metadata')], config),
        ...customerOf(charge, { id: parseText(valueAt(charge, 'metadata.customer_id')), emails: ['metadata.email'] }),
        paymentMethod: parseText(valueAt(charge, 'payments.0.network')),
        eventTime: parseEventTime(valueAt(event, 'created_at')),
        moneyMovement: meaningOf(EVENTS, type).moneyMovement,
        movesNothing: wasConfirmed || undefined,
        // A transfer on a blockchain cannot be declined.
        declined: false,
      },
    };
  },
} satisfies Scheme;

function coinbaseKind(type: string, status: string | undefined): Kind {
  const kind = meaningOf(EVENTS, type).kind;
  return kind === 'failed' && CANCELED.has(status) ? 'canceled' : kind;
}

/** The payments of a charge in the currency of the merchant, which can differ from its price; without a payment, its price. */
function pricesOf(charge: unknown): readonly unknown[] {
  const payments = valueAt(charge, 'payments');
  const paid = (Array.isArray(payments) ? payments : []).map((payment: unknown) => valueAt(payment, 'value.local'));
  return [paid, [valueAt(charge, 'pricing.local')]].map((prices) => prices.filter(hasAmount)).find((prices) => prices.length > 0) ?? [];
}

function hasAmount(price: unknown): boolean {
  return present(valueAt(price, 'amount')) !== undefined;
}

/** The sum of the prices; undefined if one of them cannot be read. */
function totalOf(prices: readonly unknown[], currency: string | undefined): Money | undefined {
  const [first, ...others] = prices.map((price) => moneyFromMajor(valueAt(price, 'amount'), currency));
  return others.reduce((total, amount) => total && amount && { ...total, minor: total.minor + amount.minor }, first);
}

/** The statuses of a charge's timeline. The last one is its status. */
function statusesOf(timeline: unknown): readonly (string | undefined)[] {
  return Array.isArray(timeline) ? timeline.map((entry: unknown) => parseText(valueAt(entry, 'status'))) : [];
}
