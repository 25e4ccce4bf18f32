import { createHmac, randomUUID } from 'node:crypto';
import { checkoutCom } from '.';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { emailOf, fingerprintOf } from '../shared/simulators/simulated-values';

/** An event (https://www.checkout.com/docs/developer-resources/event-notifications/event-types). */
function event(type: string, kind: Kind, data: (payment: SimulatedPayment) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment) => ({
      id: `evt_${payment.eventId}`,
      type,
      version: '1.0.33',
      created_on: payment.at.toISOString(),
      data: data(payment),
      _links: { self: { href: `https://api.checkout.com/workflows/events/evt_${payment.eventId}` } },
    }),
  };
}

const amountOf = ({ minor, currency }: SimulatedPayment) => ({ amount: Number(minor), currency });

/** An action on a payment. Only authorizations contain the customer and the card. */
const action = (payment: SimulatedPayment) => ({
  id: `pay_${payment.id}`,
  action_id: `act_${payment.eventId}`,
  reference: payment.reference,
  ...amountOf(payment),
  processed_on: payment.at.toISOString(),
  response_code: '10000',
  response_summary: 'Approved',
  processing_channel_id: 'pc_simulated',
  metadata: {},
});

const authorization = (payment: SimulatedPayment, more: object = {}) => ({
  ...action(payment),
  payment_type: 'Regular',
  customer: { id: payment.customer, email: emailOf(payment), name: 'Jane Example' },
  source: {
    type: 'card',
    scheme: 'VISA',
    last_4: '1111',
    bin: '41111111',
    fingerprint: fingerprintOf(payment),
    issuer_country: 'DE',
    billing_address: { country: 'DE' },
  },
  risk: { flagged: false },
  ...more,
});

/** https://www.checkout.com/docs/developer-resources/event-notifications/event-types/dispute_evidence_required */
const dispute = (payment: SimulatedPayment) => ({
  id: `dsp_${payment.eventId}`,
  category: 'fraudulent',
  reason_code: '10.4',
  ...amountOf(payment),
  payment_id: `pay_${payment.id}`,
  payment_action_id: `act_${payment.id}`,
  payment_reference: payment.reference,
  payment_method: 'VISA',
  evidence_required_by: payment.at.toISOString(),
});

const payout = (payment: SimulatedPayment) => ({ ...action(payment), destination: { type: 'bank_account', country: 'DE' } });

export const simulator = {
  events: {
    payment_captured: event('payment_captured', 'captured', action, ['customer']),
    payment_approved: event('payment_approved', 'authorized', authorization),
    payment_refunded: event('payment_refunded', 'refunded', action, ['customer']),
    dispute_evidence_required: event('dispute_evidence_required', 'disputed', dispute, ['customer', 'reference']),
    payment_declined: event('payment_declined', 'failed', (payment) => authorization(payment, { response_code: '20005', response_summary: 'Declined - Do Not Honour' })),
    payment_voided: event('payment_voided', 'canceled', action, ['customer']),
    payment_paid: event('payment_paid', 'paid-out', payout, ['customer']),
  },
  exponents: checkoutCom.exponents,
  // Its sandbox has its own webhooks.
  signsNoMode: true,

  /** https://www.checkout.com/docs/developer-resources/event-notifications/receive-webhooks */
  sign: (body, { secret }) => ({ body, headers: { ...JSON_CONTENT, 'Cko-Signature': createHmac('sha256', secret).update(body).digest('hex') } }),

  newSecret: () => randomUUID(),
} satisfies ProviderSimulator;
