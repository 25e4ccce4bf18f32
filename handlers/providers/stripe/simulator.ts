import { createHmac, randomBytes } from 'node:crypto';
import { stripe } from '.';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, fingerprintOf } from '../shared/simulators/simulated-values';

const API_VERSION = '2025-03-31.basil';

/** An event about an object (https://docs.stripe.com/api/events/object). */
function event(type: string, kind: Kind, object: (payment: SimulatedPayment) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = 'order_id' }) => ({
      id: `evt_${payment.eventId}`,
      object: 'event',
      api_version: API_VERSION,
      created: Math.floor(payment.at.getTime() / 1000),
      data: { object: { ...object(payment), metadata: { [referenceKey]: payment.reference } } },
      livemode: payment.live,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }),
  };
}

const charge = ({ id, minor, currency, customer }: SimulatedPayment, more: object) => ({
  id: `ch_${id}`,
  object: 'charge',
  amount: Number(minor),
  currency: currency.toLowerCase(),
  customer,
  payment_intent: `pi_${id}`,
  billing_details: { address: { country: 'DE' }, email: emailOf({ customer }), name: 'Jane Example', phone: null },
  payment_method_details: { type: 'card', card: { brand: 'visa', country: 'DE', fingerprint: fingerprintOf({ customer }).slice(0, 16), last4: '4242' } },
  outcome: { network_status: 'approved_by_network', risk_level: 'normal', type: 'authorized' },
  ...more,
});

const refund = ({ id, eventId, minor, currency }: SimulatedPayment) => ({
  id: `re_${eventId}`, object: 'refund', amount: Number(minor), currency: currency.toLowerCase(), charge: `ch_${id}`, payment_intent: `pi_${id}`, status: 'succeeded',
});

const dispute = ({ id, eventId, minor, currency }: SimulatedPayment) => ({
  id: `du_${eventId}`, object: 'dispute', amount: Number(minor), currency: currency.toLowerCase(), charge: `ch_${id}`, payment_intent: `pi_${id}`, reason: 'fraudulent', status: 'needs_response',
});

export const simulator = {
  events: {
    'charge.succeeded': event('charge.succeeded', 'captured', (payment) => (
      charge(payment, { amount_captured: Number(payment.minor), captured: true, paid: true, status: 'succeeded' }))),
    'payment_intent.amount_capturable_updated': event('payment_intent.amount_capturable_updated', 'authorized', ({ id, minor, currency, customer }) => ({
      id: `pi_${id}`, object: 'payment_intent', amount: Number(minor), amount_capturable: Number(minor), currency: currency.toLowerCase(), customer, status: 'requires_capture',
    })),
    'refund.created': event('refund.created', 'refunded', refund, ['customer']),
    'charge.dispute.funds_withdrawn': event('charge.dispute.funds_withdrawn', 'disputed', dispute, ['customer']),
    'charge.failed': event('charge.failed', 'failed', (payment) => (
      charge(payment, { amount_captured: 0, captured: false, paid: false, failure_code: 'card_declined', status: 'failed' }))),
    'payment_intent.canceled': event('payment_intent.canceled', 'canceled', ({ id, minor, currency, customer }) => ({
      id: `pi_${id}`, object: 'payment_intent', amount: Number(minor), currency: currency.toLowerCase(), customer, status: 'canceled',
    })),
  },
  exponents: stripe.exponents,

  /** https://docs.stripe.com/webhooks#verify-manually */
  sign(body, { secret, at }) {
    const time = Math.floor(at.getTime() / 1000);
    const signature = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
    return { body, headers: { ...JSON_CONTENT, 'Stripe-Signature': `t=${time},v1=${signature}` } };
  },

  newSecret: () => `whsec_${randomBytes(24).toString('hex')}`,
} satisfies ProviderSimulator;
