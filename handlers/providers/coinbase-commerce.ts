import { readMajor } from './shared/amounts';
import { verifyBodyHmac } from './shared/body-hmac';
import type { Kind } from '../../src/private/contract';
import { emailDomainOf } from '../domain/email-domain';
import { readEventTime } from './shared/event-time';
import { parseJson, textOf } from './shared/json';
import { valueAt } from './shared/json-path';
import { notUnderstood, readCurrency, type Reading } from './shared/reading';
import type { Scheme } from './shared/scheme';

/** https://docs.cloud.coinbase.com/commerce/docs/webhooks-events; a payment that came late is resolved by hand. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['charge:pending', 'authorised'],
  ['charge:confirmed', 'captured'],
  ['charge:resolved', 'captured'],
  ['charge:failed', 'failed'],
]);

/** One event a movement of money: a charge that is confirmed may be resolved later on. */
const MOVING_MONEY: ReadonlySet<string> = new Set(['charge:confirmed']);

/** Coinbase Commerce: HMAC-SHA256 of the raw body (https://docs.cloud.coinbase.com/commerce/docs/webhooks-fields-and-security). */
export const coinbaseCommerce = {
  verify: verifyBodyHmac({ header: 'x-cc-webhook-signature', algorithm: 'sha256', encoding: 'hex' }),

  /** Around the event lie the number and the time of the delivery attempt, which are signed but differ from one to the next. */
  read({ body }): Reading {
    const event = valueAt(parseJson(body), 'event');
    const eventId = textOf(valueAt(event, 'id'));
    const type = textOf(valueAt(event, 'type'));
    if (type === undefined) {
      return notUnderstood(eventId);
    }
    const charge = valueAt(event, 'data');
    // A charge without a price is worth what was paid.
    const price = valueAt(charge, 'pricing.local') ?? valueAt(charge, 'payments.0.value.local');
    const amount = valueAt(price, 'amount') ?? undefined;
    const currency = readCurrency(valueAt(price, 'currency'));
    const money = readMajor(amount, currency, 'coinbase-commerce');
    return {
      understood: amount === undefined || money !== undefined,
      fields: {
        eventId,
        transactionId: textOf(valueAt(charge, 'code')),
        eventName: type,
        kind: KINDS.get(type) ?? 'other',
        status: statusOf(valueAt(charge, 'timeline')),
        live: true,
        money,
        currency,
        customerId: textOf(valueAt(charge, 'metadata.customer_id')),
        paymentMethod: textOf(valueAt(charge, 'payments.0.network')),
        emailDomain: emailDomainOf(valueAt(charge, 'metadata.email')),
        eventTime: readEventTime(valueAt(event, 'created_at')),
        movesMoney: MOVING_MONEY.has(type),
        // A charge fails when it was not paid in time: nobody refuses a transfer on a blockchain.
        declined: false,
      },
    };
  },
} satisfies Scheme;

/** The last entry of a charge's timeline is its status. */
function statusOf(timeline: unknown): string | undefined {
  return Array.isArray(timeline) ? textOf(valueAt(timeline.at(-1), 'status')) : undefined;
}
