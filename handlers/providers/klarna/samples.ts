import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const klarnaEvent = (type: string, payload: object, id = 'd9f9b1a0-5b1a-4b0e-9b0a-9e9b1a0d5b1a') => ({
  metadata: {
    event_type: type,
    event_id: id,
    event_version: 'v2',
    occurred_at: '2026-01-31T12:00:00Z',
    correlation_id: '2d1557e8-17c3-466c-924a-bbc3e91c2a02',
    subject_account_id: 'krn:partner:global:account:live:OWN',
    recipient_account_id: 'krn:partner:global:account:live:RECIPIENT',
    product_instance_id: 'krn:partner:product:payment:1',
    webhook_id: 'krn:partner:global:notification:webhook:1',
    live: true,
  },
  payload,
});
const klarnaRequest = (state: string, more: object = {}) => klarnaEvent(`payment.request.state-change.${state.toLowerCase()}`, { payment_request_id: 'request-1', state, ...more });
const klarnaTransaction = (state: string) => klarnaEvent(`payment.transaction.state-change.${state.toLowerCase()}`, { payment_transaction_id: 'transaction-1', state });
const klarnaDispute = (state: string, more: object = {}) => klarnaEvent(`payment.dispute.state-change.${state.toLowerCase()}`, {
  payment_dispute_id: 'dispute-1', payment_transaction_id: 'transaction-1', state, ...more,
});
const disputedAmount = (amount: number, currency: string) => ({ dispute_details: { dispute_amount: amount, currency, created_by: 'CUSTOMER' } });
const outcome = (payload: object): SamplePayload => ({ payload });

export const samples = {
  ...signedBody('klarna', { header: 'Klarna-Signature', secret: 'a signing key of Klarna', unsigned: () => ({ 'Klarna-Signing-Key-Id': 'krn:partner:global:notification:signing-key:1' }) }),

  unsignedChanges: (webhook) => [{ ...webhook, headers: { ...webhook.headers, 'Klarna-Signing-Key-Id': 'other' } }],

  events: [
    {
      payload: klarnaDispute('INITIATED', { ...disputedAmount(39900, 'EUR'), payment_transaction_reference: 'transaction-ref-1', purchase_reference: 'order-1001' }),
      events: [{
        event: 'payment.dispute.state-change.initiated',
        kind: 'disputed',
        moneyMovement: true,
        amount: '399.00 EUR',
        transaction: 'transaction-1',
        carried: { status: 'INITIATED', account: 'krn:partner:global:account:live:OWN', reference: 'order-1001' },
      }],
    },
    {
      payload: klarnaDispute('CLOSED', { dispute_outcome: 'LOST' }),
      events: [{ event: 'payment.dispute.state-change.closed', kind: 'disputed', moneyMovement: false, transaction: 'transaction-1' }],
    },
    {
      payload: klarnaRequest('COMPLETED', { klarna_customer: { customer_profile: { email: 'Someone@Mail.example', address: { country: 'SE' } } } }),
      events: [{
        event: 'payment.request.state-change.completed',
        kind: 'authorized',
        moneyMovement: false,
        transaction: 'request-1',
        carried: { status: 'COMPLETED', account: 'krn:partner:global:account:live:OWN', country: 'SE', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: klarnaTransaction('AUTHORIZED'),
      events: [{ event: 'payment.transaction.state-change.authorized', kind: 'authorized', moneyMovement: false, transaction: 'transaction-1' }],
    },
  ],

  outcomes: {
    declined: [outcome(klarnaRequest('DECLINED'))],
    failed: [],
    canceled: [outcome(klarnaRequest('EXPIRED')), outcome(klarnaRequest('CANCELED')), outcome(klarnaTransaction('EXPIRED'))],
    others: [outcome(klarnaRequest('SUBMITTED')), outcome(klarnaRequest('AUTHORIZED')), outcome(klarnaTransaction('COMPLETED')), outcome(klarnaTransaction('CLOSED')), outcome(klarnaDispute('CLOSED'))],
  },

  flows: [{
    name: 'a dispute',
    payloads: [klarnaDispute('INITIATED', disputedAmount(39900, 'EUR'))],
    movements: ['payment.dispute.state-change.initiated 399.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => klarnaDispute('INITIATED', disputedAmount(1500, currency)),
    exponents: { EUR: 2, JPY: 0 },
  },

  personalData: [{
    payload: klarnaRequest('COMPLETED', { klarna_customer: { customer_profile: { given_name: 'Some', family_name: 'One', email: PLANTED.email } }, note: PLANTED.cardNumber }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: klarnaRequest('COMPLETED', { klarna_customer: { customer_profile: { phone: PLANTED.phone } } }),
    contact: PLANTED.phoneContact,
  }],

  references: [
    { payload: klarnaRequest('SUBMITTED', { payment_reference: 'payment-1', merchant_reference: 'order-1' }), reference: 'order-1', account: 'krn:partner:global:account:live:OWN' },
    {
      payload: { metadata: { event_type: 'payment.request.state-change.submitted', account_id: 'krn:partner:account:1' }, payload: { payment_reference: 'payment-1' } },
      reference: 'payment-1',
      account: 'krn:partner:account:1',
    },
  ],
} satisfies ProviderSamples;
