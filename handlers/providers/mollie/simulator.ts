import { createHmac, randomBytes } from 'node:crypto';
import type { Kind, ProviderConfig } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, fingerprintOf, majorAmount } from '../shared/simulators/simulated-values';

type Entity = (payment: SimulatedPayment, metadata: object) => { readonly id: string; readonly [field: string]: unknown };

/** An event with the full payload (https://docs.mollie.com/reference/webhooks-new). */
function event(type: string, kind: Kind, entity: Entity, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = 'order_id' }: ProviderConfig) => {
      const content = entity(payment, { [referenceKey]: payment.reference });
      return {
        resource: 'event',
        id: `event_${payment.eventId}`,
        type,
        entityId: content.id,
        createdAt: payment.at.toISOString(),
        _embedded: { entity: content },
        _links: { self: { href: `https://api.mollie.com/v2/events/event_${payment.eventId}`, type: 'application/hal+json' } },
      };
    },
  };
}

const amount = (payment: SimulatedPayment) => ({ value: majorAmount(payment), currency: payment.currency });
const mode = ({ live }: SimulatedPayment) => live ? 'live' : 'test';

/** https://docs.mollie.com/reference/get-payment */
const payment = (status: string): Entity => (of, metadata) => ({
  resource: 'payment',
  id: `tr_${of.id}`,
  mode: mode(of),
  createdAt: of.at.toISOString(),
  amount: amount(of),
  description: of.reference,
  method: 'creditcard',
  metadata,
  status,
  profileId: 'pfl_simulated',
  customerId: of.customer,
  billingAddress: { country: 'DE', email: emailOf(of) },
  details: { cardCountryCode: 'DE', cardFingerprint: fingerprintOf(of), cardLabel: 'Visa', cardNumber: '1111' },
});

/** https://docs.mollie.com/reference/get-refund */
const refund: Entity = (of, metadata) => ({
  resource: 'refund', id: `re_${of.eventId}`, paymentId: `tr_${of.id}`, mode: mode(of), amount: amount(of), status: 'refunded', metadata, createdAt: of.at.toISOString(),
});

/** https://docs.mollie.com/reference/get-chargeback */
const chargeback: Entity = (of) => ({
  resource: 'chargeback',
  id: `chb_${of.eventId}`,
  paymentId: `tr_${of.id}`,
  mode: mode(of),
  amount: amount(of),
  reason: { code: 'AC01', description: 'Account identifier incorrect' },
  createdAt: of.at.toISOString(),
  reversedAt: null,
});

const payout: Entity = (of) => ({ resource: 'payout', id: `po_${of.id}`, mode: mode(of), amount: amount(of), status: 'completed', createdAt: of.at.toISOString() });

export const simulator = {
  events: {
    'payment.paid': event('payment.paid', 'captured', payment('paid')),
    'payment.authorized': event('payment.authorized', 'authorized', payment('authorized')),
    'refund.refunded': event('refund.refunded', 'refunded', refund, ['customer']),
    'chargeback.received': event('chargeback.received', 'disputed', chargeback, ['customer', 'reference']),
    'payment.failed': event('payment.failed', 'failed', payment('failed')),
    'payment.canceled': event('payment.canceled', 'canceled', payment('canceled')),
    'payout.completed': event('payout.completed', 'paid-out', payout, ['customer', 'reference']),
  },

  /** https://docs.mollie.com/reference/webhooks-new#manual-signature-verification */
  sign: (body, { secret }) => ({ body, headers: { ...JSON_CONTENT, 'X-Mollie-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` } }),

  newSecret: () => randomBytes(24).toString('base64url'),
} satisfies ProviderSimulator;
