import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, moneyFromMajor, parseEventTime, parseCurrency, referenceIn } from '../shared/event-values';
import { parseJson, parseText, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * https://docs.cloud.coinbase.com/commerce/docs/webhooks-events; a late payment is resolved by hand.
 *
 * Money movements: a charge that is confirmed can be resolved later.
 */
const EVENTS: EventTable = {
  'charge:pending': { kind: 'authorized' },
  'charge:confirmed': { kind: 'captured', moneyMovement: true },
  'charge:resolved': { kind: 'captured' },
  'charge:failed': { kind: 'failed' },
};

/** The last status of a charge that failed because it was canceled or was not paid in time. */
const CANCELED: ReadonlySet<string | undefined> = new Set(['CANCELED', 'EXPIRED']);

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
    // The amount of a charge without a price is the paid amount.
    const price = valueAt(charge, 'pricing.local') ?? valueAt(charge, 'payments.0.value.local');
    const amount = valueAt(price, 'amount') ?? undefined;
    const currency = parseCurrency(valueAt(price, 'currency'));
    const money = moneyFromMajor(amount, currency);
    const status = statusOf(valueAt(charge, 'timeline'));
    return {
      parsed: amount === undefined || money !== undefined,
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

/** The last entry of a charge's timeline is its status. */
function statusOf(timeline: unknown): string | undefined {
  return Array.isArray(timeline) ? parseText(valueAt(timeline.at(-1), 'status')) : undefined;
}
