import { createHmac, randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, majorAmount, numberOf, uuidOf } from '../shared/simulators/simulated-values';

/** The reference of transactions and disputes is the id of their order. */
const BY_ORDER = ['customer', 'reference'] as const;

/** https://shopify.dev/docs/api/admin-rest/latest/resources/transaction */
function transaction(kind: Kind, action: string, more: (payment: SimulatedPayment) => object = () => ({})): SimulatedEvent {
  return {
    kind,
    name: `order_transactions.${action}`,
    omits: BY_ORDER,
    body: (payment) => ({
      id: numberOf(payment.eventId),
      order_id: numberOf(payment.id),
      kind: action,
      gateway: 'shopify_payments',
      status: 'success',
      created_at: payment.at.toISOString(),
      processed_at: payment.at.toISOString(),
      test: !payment.live,
      parent_id: null,
      amount: majorAmount(payment),
      currency: payment.currency,
      payment_details: { credit_card_bin: '411111', credit_card_company: 'Visa', payment_method_name: 'visa' },
      admin_graphql_api_id: `gid://shopify/OrderTransaction/${numberOf(payment.eventId)}`,
      ...more(payment),
    }),
  };
}

/** A transaction that follows another one of its order. */
const following = ({ id }: SimulatedPayment) => ({ parent_id: numberOf(id) });

/** https://shopify.dev/docs/api/admin-rest/latest/resources/dispute */
const dispute = (payment: SimulatedPayment) => ({
  id: numberOf(payment.eventId),
  order_id: numberOf(payment.id),
  type: 'chargeback',
  amount: majorAmount(payment),
  currency: payment.currency,
  reason: 'fraudulent',
  network_reason_code: '4837',
  status: 'needs_response',
  evidence_due_by: payment.at.toISOString(),
  evidence_sent_on: null,
  finalized_on: null,
  initiated_at: payment.at.toISOString(),
});

/** https://shopify.dev/docs/api/admin-rest/latest/resources/order */
const order = (payment: SimulatedPayment) => ({
  id: numberOf(payment.id),
  admin_graphql_api_id: `gid://shopify/Order/${numberOf(payment.id)}`,
  name: payment.reference,
  financial_status: 'paid',
  cancelled_at: null,
  total_price: majorAmount(payment),
  currency: payment.currency,
  created_at: payment.at.toISOString(),
  processed_at: payment.at.toISOString(),
  updated_at: payment.at.toISOString(),
  test: !payment.live,
  email: emailOf(payment),
  customer: { id: payment.customer, email: emailOf(payment) },
  billing_address: { country_code: 'DE' },
  note_attributes: [],
});

/** The topic of an event, which is not signed. This library names events after their bodies. */
function topicOf(eventName: string): string {
  const [resource, variant] = eventName.split('.');
  return resource === 'orders' ? `orders/${variant}` : `${resource}/create`;
}

export const simulator = {
  events: {
    'order_transactions.sale': transaction('captured', 'sale'),
    'order_transactions.authorization': transaction('authorized', 'authorization'),
    'order_transactions.capture': transaction('captured', 'capture', following),
    'order_transactions.refund': transaction('refunded', 'refund', following),
    'disputes.chargeback': { kind: 'disputed', omits: BY_ORDER, body: dispute },
    'order_transactions.sale:failed': transaction('failed', 'sale', () => ({ status: 'failure', error_code: 'card_declined' })),
    'order_transactions.void': transaction('canceled', 'void', following),
    'orders.paid': { kind: 'captured', body: order },
  },

  /** https://shopify.dev/docs/apps/build/webhooks/verify-deliveries */
  sign: (body, { secret, at, eventName, eventId }) => ({
    body,
    headers: {
      ...JSON_CONTENT,
      'X-Shopify-Topic': topicOf(eventName),
      'X-Shopify-Shop-Domain': 'simulated-shop.myshopify.com',
      'X-Shopify-API-Version': '2025-01',
      'X-Shopify-Webhook-Id': uuidOf(eventId),
      'X-Shopify-Event-Id': uuidOf(eventId),
      'X-Shopify-Triggered-At': at.toISOString(),
      'X-Shopify-Hmac-Sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  }),

  newSecret: () => `shpss_${randomBytes(16).toString('hex')}`,
} satisfies ProviderSimulator;
