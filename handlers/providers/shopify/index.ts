import type { Kind } from '../../../src/private/contract';
import { verifyBodyHmac } from '../shared/body-hmac';
import { customerOf } from '../shared/customer';
import { meaningOf, type EventTable } from '../shared/event-table';
import { metadataIn, parseCardBin, moneyFromMajor, parseCurrency, parseEventTime } from '../shared/event-values';
import { isJsonObject, parseCode, parseExactJson, parseText, valueAt, type JsonObject } from '../shared/json';
import { unparsed, type NormalizedEvent } from '../shared/normalized-event';
import type { Scheme } from '../shared/scheme';

/** The resources, each with a unique combination of members and with the member that names the change. */
interface Resource {
  readonly name: string;
  readonly marks: readonly string[];
  readonly variant?: string;
}

/** The resources with money (https://shopify.dev/docs/api/webhooks). */
const RESOURCES: readonly Resource[] = [
  { name: 'order_transactions', marks: ['gateway', 'kind', 'status'], variant: 'kind' },
  { name: 'disputes', marks: ['evidence_due_by', 'initiated_at', 'type'], variant: 'type' },
  { name: 'refunds', marks: ['order_id', 'refund_line_items'] },
  { name: 'tender_transactions', marks: ['payment_method', 'remote_reference'] },
  { name: 'orders', marks: ['financial_status', 'total_price'], variant: 'financial_status' },
];

/**
 * Money movements: an order, its refunds and its tenders repeat the amounts of
 * its transactions. An inquiry takes no money.
 *
 * Declines, if the gateway rejected them: transactions that are payments by a
 * customer. With the status `error`, the gateway gave no answer.
 */
const EVENTS: EventTable = {
  'order_transactions.authorization': { kind: 'authorized', declined: true },
  'order_transactions.emv_authorization': { kind: 'authorized', declined: true },
  'orders.authorized': { kind: 'authorized' },
  'order_transactions.capture': { kind: 'captured', moneyMovement: true },
  'order_transactions.sale': { kind: 'captured', moneyMovement: true, declined: true },
  'orders.paid': { kind: 'captured' },
  'orders.partially_paid': { kind: 'captured' },
  'order_transactions.void': { kind: 'canceled' },
  'orders.expired': { kind: 'canceled' },
  'orders.voided': { kind: 'canceled' },
  'order_transactions.refund': { kind: 'refunded', moneyMovement: true },
  'orders.partially_refunded': { kind: 'refunded' },
  'orders.refunded': { kind: 'refunded' },
  'refunds': { kind: 'refunded' },
  'disputes.chargeback': { kind: 'disputed', moneyMovement: true },
  'disputes.inquiry': { kind: 'disputed' },
};

/** Transactions of an order. They have no effect until they succeed or fail. */
const TRANSACTION = 'order_transactions.';
const DISPUTE = 'disputes.';
const ORDER = 'orders';
const FAILURES: readonly unknown[] = ['error', 'failure'];
/** Statuses of a dispute that has not been decided. */
const OPEN: readonly unknown[] = ['needs_response', 'under_review'];

/** The latest first, for those resources that are sent again when they change. */
const TIMES = ['updated_at', 'processed_at', 'created_at', 'initiated_at'];

/**
 * Shopify: HMAC-SHA256 of the raw body (https://shopify.dev/docs/apps/build/webhooks/verify-deliveries).
 * Topic, event id and time are in headers that are not signed. An event is
 * therefore named after its body, `order_transactions.capture`, and its body is
 * its identity, which a retry repeats exactly.
 */
export const shopify = {
  events: EVENTS,

  verify: verifyBodyHmac({ header: 'x-shopify-hmac-sha256', algorithm: 'sha256', encoding: 'base64' }),

  normalize({ body }, config): NormalizedEvent {
    const resource = parseExactJson(body);
    if (!isJsonObject(resource)) {
      return unparsed();
    }
    const eventName = eventNameOf(resource);
    const amount = resource.amount ?? resource.total_price ?? undefined;
    const currency = parseCurrency(resource.currency);
    const money = moneyFromMajor(amount, currency);
    return {
      parsed: amount === undefined || money !== undefined,
      fields: {
        transactionId: orderOf(resource) ?? parseText(resource.admin_graphql_api_id) ?? parseText(resource.id),
        eventName,
        kind: shopifyKind(eventName, resource),
        status: parseText(resource.status) ?? parseText(resource.financial_status),
        live: resource.test !== true,
        money,
        currency,
        // An order has its name, `#1001`. Its transactions, refunds and disputes have only its id.
        reference: eventName?.startsWith(ORDER) ? parseText(resource.name) ?? parseText(resource.id) : parseText(resource.order_id),
        ...metadataIn([noteAttributes(resource)], config),
        ...customerOf(resource, { id: parseText(valueAt(resource, 'customer.id')), emails: ['email'], phones: ['phone'] }),
        paymentMethod: parseText(valueAt(resource, 'payment_details.payment_method_name')) ?? parseText(resource.gateway),
        country: parseCode(valueAt(resource, 'billing_address.country_code'), 2),
        cardBin: parseCardBin(valueAt(resource, 'payment_details.credit_card_bin')),
        eventTime: TIMES.map((name) => parseEventTime(resource[name])).find((time) => time !== undefined),
        moneyMovement: moneyMovement(eventName, resource),
        movesNothing: !canMove(eventName, resource) || undefined,
        declined: isShopifyDecline(eventName, resource),
      },
    };
  },
} satisfies Scheme;

/** This library's name of an event, from the signed body; undefined for resources without money. */
function eventNameOf(body: JsonObject): string | undefined {
  const resource = RESOURCES.find(({ marks }) => marks.every((mark) => Object.hasOwn(body, mark)));
  const variant = resource?.variant && parseText(body[resource.variant]);
  return variant ? `${resource.name}.${variant}` : resource?.name;
}

function shopifyKind(eventName = '', { status, cancelled_at: canceledAt }: JsonObject): Kind {
  const kind = meaningOf(EVENTS, eventName).kind;
  if (eventName.startsWith(ORDER)) {
    // A refund is more relevant than the cancellation of an order.
    return kind === 'refunded' || (canceledAt ?? undefined) === undefined ? kind : 'canceled';
  }
  if (!eventName.startsWith(TRANSACTION) || status === 'success') {
    return kind;
  }
  // If a void does not succeed, the payment stays as it was.
  return FAILURES.includes(status) && kind !== 'canceled' ? 'failed' : 'other';
}

function moneyMovement(eventName = '', body: JsonObject): boolean {
  return meaningOf(EVENTS, eventName).moneyMovement && canMove(eventName, body);
}

/** Whether a transaction succeeded, or a dispute was just opened. Other events depend on their name only. */
function canMove(eventName = '', body: JsonObject): boolean {
  if (eventName.startsWith(TRANSACTION)) {
    return body.status === 'success';
  }
  return !eventName.startsWith(DISPUTE) || isOpening(body);
}

function isShopifyDecline(eventName = '', { status }: JsonObject): boolean {
  return meaningOf(EVENTS, eventName).declined && status === 'failure';
}

/**
 * Whether a dispute was just opened. A dispute is sent again in the same form
 * when it changes. It usually changes when evidence is sent and when it is
 * decided. An inquiry that becomes a chargeback counts as opened.
 */
function isOpening({ status, evidence_sent_on: sentOn, finalized_on: finalizedOn }: JsonObject): boolean {
  return OPEN.includes(status) && (sentOn ?? finalizedOn ?? undefined) === undefined;
}

/** The note attributes of an order by their names (https://shopify.dev/docs/api/admin-rest/latest/resources/order). */
function noteAttributes({ note_attributes: attributes }: JsonObject): JsonObject {
  const list: readonly unknown[] = Array.isArray(attributes) ? attributes : [];
  return Object.fromEntries(list.map((attribute) => [parseText(valueAt(attribute, 'name')) ?? '', valueAt(attribute, 'value')]));
}

/** The order, whose id its transactions, refunds and disputes name: written as in the order's own global id. */
function orderOf({ order_id: orderId }: JsonObject): string | undefined {
  const digits = parseText(orderId);
  return digits && `gid://shopify/Order/${digits}`;
}
