import { randomBytes } from 'node:crypto';
import type { Kind } from '../../../src/private/contract';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent, type SimulatedPayment } from '../shared/simulators/provider-simulator';
import { signBody } from '../shared/simulators/sign-body';
import { emailOf, uuidOf } from '../shared/simulators/simulated-values';

/** An event of Klarna Network (https://docs.klarna.com/klarna-network-distribution/after-payments/manage-payment-transactions). */
function event(type: string, kind: Kind, payload: (payment: SimulatedPayment) => object, omits: SimulatedEvent['omits']): SimulatedEvent {
  return {
    kind,
    omits,
    body: (payment) => {
      const mode = payment.live ? 'live' : 'test';
      return {
        metadata: {
          event_type: type,
          event_id: uuidOf(payment.eventId),
          event_version: 'v2',
          occurred_at: payment.at.toISOString(),
          correlation_id: uuidOf(payment.id),
          subject_account_id: `krn:partner:global:account:${mode}:EXAMPLE1`,
          recipient_account_id: `krn:partner:global:account:${mode}:EXAMPLE1`,
          product_instance_id: `krn:partner:product:payment:${uuidOf('0123456789ab')}`,
          webhook_id: `krn:partner:global:notification:webhook:${uuidOf('0123456789ab')}`,
          live: payment.live,
        },
        payload: payload(payment),
      };
    },
  };
}

/** The customer of a request has no id. Requests and transactions have no documented amount. */
const WITHOUT_AMOUNT = ['amount', 'currency', 'customer'] as const;

const request = ({ id, reference, customer, at }: SimulatedPayment, state: string) => ({
  payment_request_id: `krn:payment:eu1:request:${uuidOf(id)}`,
  payment_request_reference: `request-${id}`,
  merchant_reference: reference,
  state,
  previous_state: 'SUBMITTED',
  state_expires_at: at.toISOString(),
  klarna_customer: { customer_profile: { email: emailOf({ customer }), address: { country: 'SE' } } },
});
const transactionIdOf = ({ id }: SimulatedPayment) => `krn:payment:eu1:transaction:${uuidOf(id)}`;

export const simulator = {
  events: {
    // https://docs.klarna.com/klarna-network-distribution/after-payments/disputes/integrate-disputes-management
    'payment.dispute.state-change.initiated': event('payment.dispute.state-change.initiated', 'disputed', (payment) => ({
      payment_dispute_id: `krn:payment:eu1:dispute:${uuidOf(payment.eventId)}`,
      payment_transaction_id: transactionIdOf(payment),
      payment_transaction_reference: `transaction-${payment.id}`,
      purchase_reference: payment.reference,
      state: 'INITIATED',
      dispute_details: { dispute_amount: Number(payment.minor), currency: payment.currency, created_by: 'CUSTOMER', reason: 'UNAUTHORIZED_PURCHASE' },
    }), ['customer']),
    'payment.request.state-change.completed': event('payment.request.state-change.completed', 'authorized', (payment) => request(payment, 'COMPLETED'), WITHOUT_AMOUNT),
    'payment.transaction.state-change.authorized': event('payment.transaction.state-change.authorized', 'authorized', (payment) => (
      { payment_transaction_id: transactionIdOf(payment), merchant_reference: payment.reference, state: 'AUTHORIZED' }
    ), WITHOUT_AMOUNT),
    'payment.transaction.state-change.completed': event('payment.transaction.state-change.completed', 'captured', (payment) => (
      { payment_transaction_id: transactionIdOf(payment), merchant_reference: payment.reference, state: 'COMPLETED', previous_state: 'AUTHORIZED' }
    ), WITHOUT_AMOUNT),
    'payment.request.state-change.declined': event('payment.request.state-change.declined', 'failed', (payment) => request(payment, 'DECLINED'), WITHOUT_AMOUNT),
    'payment.request.state-change.expired': event('payment.request.state-change.expired', 'canceled', (payment) => request(payment, 'EXPIRED'), WITHOUT_AMOUNT),
  },

  /** https://docs.klarna.com/acquirer/klarna-network/setup-your-integration/connection-configuration/setup-your-webhooks/ */
  sign: signBody({
    header: 'Klarna-Signature',
    headers: () => ({ ...JSON_CONTENT, 'Klarna-Signing-Key-Id': `krn:partner:global:notification:signing-key:${uuidOf('0123456789ab')}` }),
  }),

  newSecret: () => randomBytes(32).toString('base64'),
} satisfies ProviderSimulator;
