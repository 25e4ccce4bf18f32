import { splitBatch } from './shared/batch-items';
import { verifyBodyHmac } from './shared/body-hmac';
import { parseEventTime } from './shared/event-time';
import { isJsonObject, parseJson, parseText, valueAt } from './shared/json';
import { unparsed, type NormalizedEvent } from './shared/normalized-event';
import type { Scheme } from './shared/scheme';
import type { Kind } from '../../src/private/contract';

/** From the event types of https://developer.gocardless.com/api-reference/; every other one is `other`. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['payments.confirmed', 'captured'],
  ['outbound_payments.failed', 'failed'],
  ['payments.customer_approval_denied', 'failed'],
  ['payments.failed', 'failed'],
  ['payments.late_failure_settled', 'failed'],
  ['refunds.failed', 'failed'],
  ['refunds.funds_returned', 'failed'],
  ['outbound_payments.cancelled', 'canceled'],
  ['payments.cancelled', 'canceled'],
  ['refunds.created', 'refunded'],
  ['refunds.paid', 'refunded'],
  ['refunds.refund_settled', 'refunded'],
  ['payments.charged_back', 'disputed'],
  ['payments.chargeback_cancelled', 'disputed'],
  ['payments.chargeback_settled', 'disputed'],
  ['outbound_payments.executed', 'paid-out'],
  ['payments.paid_out', 'paid-out'],
  ['payouts.paid', 'paid-out'],
]);

/** If the customer denies approval, no bank declined. A late failure was reported before it is settled. */
const DECLINES: ReadonlySet<string> = new Set(['payments.failed']);

/**
 * GoCardless: HMAC-SHA256 of the raw body, in which up to 250 events come at
 * once (https://developer.gocardless.com/api-reference/#webhooks-overview). An
 * event names its payment but not the amount: none moves money. Which
 * environment it comes from stands in an unsigned header alone.
 */
export const goCardless = {
  verify: verifyBodyHmac({ header: 'webhook-signature', algorithm: 'sha256', encoding: 'hex' }),

  normalize({ body }): NormalizedEvent {
    const event = parseJson(body);
    if (!isJsonObject(event)) {
      return unparsed();
    }
    const eventId = parseText(event.id);
    const resourceType = parseText(event.resource_type);
    const action = parseText(event.action);
    if (resourceType === undefined || action === undefined) {
      return unparsed(eventId);
    }
    const eventName = `${resourceType}.${action}`;
    return {
      parsed: true,
      fields: {
        eventId,
        transactionId: parseText(valueAt(event, 'links.payment')) ?? parseText(valueAt(event.links, linkTo(resourceType))),
        eventName,
        kind: KINDS.get(eventName) ?? 'other',
        status: action,
        live: true,
        customerId: parseText(valueAt(event, 'links.customer')),
        paymentMethod: parseText(valueAt(event, 'details.scheme')),
        eventTime: parseEventTime(event.created_at),
        moneyMovement: false,
        declined: DECLINES.has(eventName),
      },
    };
  },

  batch: { signed: 'together', split: (request) => splitBatch(request, 'events') },
  acknowledgement: { rejectedStatus: 498 },
} satisfies Scheme;

/** A resource's type is the plural of the link to it: `payouts`, `links.payout`. */
function linkTo(resourceType: string): string {
  return resourceType.replace(/s$/, '');
}
