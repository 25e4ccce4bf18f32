import { randomBytes } from 'node:crypto';
import { paystack } from '.';
import { DEFAULT_REFERENCE_KEY, type Kind } from '../../../src/private/contract';
import type { ProviderSimulator, SimulatedEvent, SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { emailOf, fingerprintOf, numberOf } from '../shared/simulators/simulated-values';

/** An event with its data (https://paystack.com/docs/payments/webhooks/). */
function event(name: string, kind: Kind, data: (payment: SimulatedPayment, metadata: object) => object, omits?: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment, { referenceKey = DEFAULT_REFERENCE_KEY }) => ({
      event: name,
      data: { ...data(payment, { [referenceKey]: payment.reference }), domain: payment.live ? 'live' : 'test' },
    }),
  };
}

/** Paystack generates it if the merchant does not set one. */
const referenceOf = ({ id }: SimulatedPayment) => `T${id}`;

const authorizationOf = (payment: SimulatedPayment) => ({
  authorization_code: 'AUTH_example01', bin: '408408', last4: '4081', exp_month: '12', exp_year: '2030', channel: 'card', card_type: 'visa', bank: 'TEST BANK', country_code: 'NG', brand: 'visa', reusable: true, signature: `SIG_${fingerprintOf(payment).slice(0, 20)}`,
});
const customerOf = (payment: SimulatedPayment) => (
  { id: 1, first_name: 'Jane', last_name: 'Example', email: emailOf(payment), customer_code: payment.customer, phone: null, metadata: null, risk_action: 'default' }
);
const transaction = (payment: SimulatedPayment, metadata: object) => ({
  id: numberOf(payment.id),
  status: 'success',
  reference: referenceOf(payment),
  amount: Number(payment.minor),
  gateway_response: 'Successful',
  paid_at: payment.at.toISOString(),
  created_at: payment.at.toISOString(),
  channel: 'card',
  currency: payment.currency,
  metadata,
});
/** https://paystack.com/docs/api/preauthorization/ */
const preauthorization = (payment: SimulatedPayment, metadata: object, status: string, capturedAmount: string | null = null) => ({
  id: numberOf(payment.id),
  status,
  reference: referenceOf(payment),
  amount: Number(payment.minor),
  captured_amount: capturedAmount,
  captured_at: null,
  currency: payment.currency,
  metadata,
  authorization: authorizationOf(payment),
  customer: customerOf(payment),
  expire_action: 'release',
});

export const simulator = {
  events: {
    'charge.success': event('charge.success', 'captured', (payment, metadata) => ({
      ...transaction(payment, metadata), fees: 0, authorization: authorizationOf(payment), customer: customerOf(payment),
    })),
    'preauthorization.reserve.success': event('preauthorization.reserve.success', 'authorized', (payment, metadata) => (
      preauthorization(payment, metadata, 'authorized')
    )),
    'preauthorization.capture.success': event('preauthorization.capture.success', 'captured', (payment, metadata) => ({
      ...preauthorization(payment, metadata, 'captured', payment.minor.toString()), captured_at: payment.at.toISOString(),
    })),
    // A refund contains neither the metadata of its transaction nor the code of the customer.
    'refund.processed': event('refund.processed', 'refunded', (payment) => ({
      status: 'processed',
      transaction_reference: referenceOf(payment),
      refund_reference: `TRF_${payment.eventId}`,
      amount: payment.minor.toString(),
      currency: payment.currency,
      customer: { first_name: 'Jane', last_name: 'Example', email: emailOf(payment) },
    }), ['customer', 'reference']),
    'charge.dispute.create': event('charge.dispute.create', 'disputed', (payment, metadata) => ({
      id: numberOf(payment.eventId),
      refund_amount: Number(payment.minor),
      currency: payment.currency,
      status: 'awaiting-merchant-feedback',
      resolution: null,
      transaction: transaction(payment, metadata),
      transaction_reference: null,
      category: 'chargeback',
      customer: customerOf(payment),
      created_at: payment.at.toISOString(),
    })),
    'preauthorization.capture.failed': event('preauthorization.capture.failed', 'failed', (payment, metadata) => (
      preauthorization(payment, metadata, 'capture_failed', payment.minor.toString())
    )),
    'preauthorization.release.success': event('preauthorization.release.success', 'canceled', (payment, metadata) => (
      preauthorization(payment, metadata, 'released')
    )),
    'transfer.success': event('transfer.success', 'paid-out', (payment) => ({
      id: numberOf(payment.eventId),
      amount: Number(payment.minor),
      currency: payment.currency,
      reason: 'Payout',
      reference: payment.reference,
      source: 'balance',
      status: 'success',
      transfer_code: `TRF_${payment.eventId}`,
      transferred_at: null,
      createdAt: payment.at.toISOString(),
      recipient: { recipient_code: 'RCP_example01', type: 'nuban', currency: payment.currency, name: 'Jane Example' },
    }), ['customer']),
  },
  exponents: paystack.exponents,

  /** https://paystack.com/docs/payments/webhooks/ */
  sign: signBody({ header: 'x-paystack-signature', algorithm: 'sha512' }),

  newSecret: () => `sk_test_${randomBytes(20).toString('hex')}`,
} satisfies ProviderSimulator;
