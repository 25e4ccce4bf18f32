import { randomBytes } from 'node:crypto';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { emailOf, numberOf, uuidOf } from '../shared/simulators/simulated-values';

/** An event about a resource of JSON:API (https://docs.lemonsqueezy.com/help/webhooks/example-payloads). */
function event(name: string, kind: Kind, type: string, attributes: (payment: SimulatedPayment) => object): SimulatedEvent {
  return {
    kind,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => ({
      meta: { event_name: name, custom_data: { [referenceKey]: payment.reference }, test_mode: !payment.live },
      data: {
        type,
        id: String(numberOf(payment.id)),
        attributes: {
          store_id: 1,
          customer_id: payment.customer,
          user_name: 'Jane Example',
          user_email: emailOf(payment),
          currency: payment.currency,
          total: Number(payment.minor),
          subtotal: Number(payment.minor),
          discount_total: 0,
          tax: 0,
          refunded: false,
          refunded_amount: 0,
          ...attributes(payment),
          created_at: timeOf(payment),
          updated_at: timeOf(payment),
          test_mode: !payment.live,
        },
        relationships: {},
        links: {},
      },
    }),
  };
}

/** With microseconds. */
const timeOf = ({ at }: SimulatedPayment) => at.toISOString().replace('Z', '000Z');
const order = ({ id }: SimulatedPayment) => ({ identifier: uuidOf(id), order_number: numberOf(id), status: 'paid' });
const invoice = ({ id }: SimulatedPayment) => ({ subscription_id: numberOf(id), billing_reason: 'renewal', card_brand: 'visa', card_last_four: '4242', status: 'paid' });
const refunded = ({ minor, at }: SimulatedPayment) => ({ status: 'refunded', refunded: true, refunded_at: at.toISOString(), refunded_amount: Number(minor) });

export const simulator = {
  events: {
    order_created: event('order_created', 'captured', 'orders', order),
    order_refunded: event('order_refunded', 'refunded', 'orders', (payment) => ({ ...order(payment), ...refunded(payment) })),
    subscription_payment_success: event('subscription_payment_success', 'captured', 'subscription-invoices', invoice),
    subscription_payment_refunded: event('subscription_payment_refunded', 'refunded', 'subscription-invoices', (payment) => ({ ...invoice(payment), ...refunded(payment) })),
    subscription_payment_failed: event('subscription_payment_failed', 'failed', 'subscription-invoices', (payment) => ({ ...invoice(payment), status: 'pending' })),
  },

  /** https://docs.lemonsqueezy.com/help/webhooks/signing-requests */
  sign: signBody({ header: 'X-Signature', headers: ({ eventName }) => ({ ...JSON_CONTENT, 'X-Event-Name': eventName }) }),

  /** Of 6 to 40 characters. */
  newSecret: () => randomBytes(20).toString('hex'),
} satisfies ProviderSimulator;
