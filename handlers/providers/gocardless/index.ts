import { splitBatch } from '../shared/batch-items';
import { verifyBodyHmac } from '../shared/body-hmac';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, parseEventTime, referenceIn } from '../shared/event-values';
import { isJsonObject, parseJson, parseText, valueAt } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/**
 * From the event types of https://developer.gocardless.com/api-reference/; every other one is `other`.
 *
 * Declines: if the customer denies approval, no bank declined. A late failure is reported before it is settled.
 */
const EVENTS: EventTable = {
  'payments.confirmed': { kind: 'captured' },
  'outbound_payments.failed': { kind: 'failed' },
  'payments.customer_approval_denied': { kind: 'failed' },
  'payments.failed': { kind: 'failed', declined: true },
  'payments.late_failure_settled': { kind: 'failed' },
  'refunds.failed': { kind: 'failed' },
  'refunds.funds_returned': { kind: 'failed' },
  'outbound_payments.cancelled': { kind: 'canceled' },
  'payments.cancelled': { kind: 'canceled' },
  'refunds.created': { kind: 'refunded' },
  'refunds.paid': { kind: 'refunded' },
  'refunds.refund_settled': { kind: 'refunded' },
  'payments.charged_back': { kind: 'disputed' },
  'payments.chargeback_cancelled': { kind: 'disputed' },
  'payments.chargeback_settled': { kind: 'disputed' },
  'outbound_payments.executed': { kind: 'paid-out' },
  'payments.paid_out': { kind: 'paid-out' },
  'payouts.paid': { kind: 'paid-out' },
};

/**
 * GoCardless: HMAC-SHA256 of the raw body, which has up to 250 events
 * (https://developer.gocardless.com/api-reference/#webhooks-overview). An event
 * names its payment but not the amount, so it is never a money movement. Only
 * an unsigned header names the environment.
 */
export const goCardless = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'webhook-signature', algorithm: 'sha256', encoding: 'hex' }),

  normalize({ body }, config): NormalizedEvent {
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
    const { kind, declined } = meaningOf(EVENTS, eventName);
    return {
      parsed: true,
      fields: {
        eventId,
        transactionId: parseText(valueAt(event, 'links.payment')) ?? parseText(valueAt(event.links, linkTo(resourceType))),
        eventName,
        kind,
        status: action,
        live: true,
        account: parseText(valueAt(event, 'links.organisation')),
        // `resource_metadata` is that of the payment, `metadata` that of the API call that caused the event.
        reference: referenceIn(event.resource_metadata, config) ?? referenceIn(event.metadata, config),
        ...metadataIn([event.resource_metadata, event.metadata], config),
        customerId: parseText(valueAt(event, 'links.customer')),
        paymentMethod: parseText(valueAt(event, 'details.scheme')),
        eventTime: parseEventTime(event.created_at),
        moneyMovement: false,
        declined,
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
