/* eslint-disable @typescript-eslint/no-require-imports -- the package has no types */
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody, succeeds } from '../shared/samples/sample-signing';

const HEADER = 'Webhook-Signature';

const library = require('gocardless-nodejs/webhooks') as { readonly verifySignature: (body: Buffer, secret: string, signature: string) => void };

export const goCardlessEvent = (id: string, type: string, action: string, links: object, more: object = {}) => ({
  id, created_at: '2026-01-31T12:00:00.000Z', resource_type: type, action, links, details: { origin: 'bank', cause: 'a_cause', scheme: 'bacs' }, metadata: {}, ...more,
});

/** One webhook with the events of a payment, in their order. */
function goCardlessBatch(names: readonly string[]): object {
  return {
    events: names.map((name, index) => {
      const [type, action] = name.split('.');
      return goCardlessEvent(`EV${index}`, type, action, { payment: 'PM1' });
    }),
  };
}

function outcome(name: string): SamplePayload {
  const [type, action] = name.split('.');
  return { payload: { events: [goCardlessEvent('EV1', type, action, { payment: 'PM1' })] } };
}

export const samples = {
  ...signedBody('gocardless', { header: HEADER, secret: '8KZ0qXyN3vWbT5cRfJ7mHsLd2pGe9uAo1iVtYwQx' }),

  libraryAccepts: ({ body, headers }, secret) => succeeds(() => library.verifySignature(body, secret, headers[HEADER])),
  libraryDecodesLoosely: true,

  events: [
    {
      payload: { events: [goCardlessEvent('EV1', 'payments', 'confirmed', { payment: 'PM1', customer: 'CU1', organisation: 'OR1' }, { resource_metadata: { order_id: 'order-1001' } })] },
      events: [{
        event: 'payments.confirmed',
        kind: 'captured',
        moneyMovement: false,
        transaction: 'PM1',
        carried: { status: 'confirmed', account: 'OR1', reference: 'order-1001', customerId: 'CU1', paymentMethod: 'bacs' },
      }],
    },
    {
      payload: { events: [goCardlessEvent('EV2', 'refunds', 'created', { refund: 'RF1', payment: 'PM1' }), goCardlessEvent('EV3', 'mandates', 'active', { mandate: 'MD1' })] },
      events: [
        { event: 'mandates.active', kind: 'other', moneyMovement: false, transaction: 'MD1' },
        { event: 'refunds.created', kind: 'refunded', moneyMovement: false, transaction: 'PM1' },
      ],
    },
  ],

  outcomes: {
    declined: [outcome('payments.failed')],
    failed: ['refunds.failed', 'outbound_payments.failed', 'payments.customer_approval_denied', 'payments.late_failure_settled'].map(outcome),
    canceled: [outcome('payments.cancelled')],
  },

  // Events have no amount, so no event is a money movement.
  flows: [{
    name: 'a payment that is refunded and charged back, and the chargeback is canceled',
    payloads: [
      goCardlessBatch(['payments.created', 'payments.submitted', 'payments.confirmed', 'payments.paid_out', 'refunds.created', 'refunds.paid']),
      goCardlessBatch(['payments.charged_back', 'payments.chargeback_settled', 'payments.chargeback_cancelled']),
    ],
    movements: [],
  }, {
    name: 'the payment of a subscription that fails once, and then succeeds',
    payloads: [goCardlessBatch([
      'subscriptions.payment_created', 'payments.created', 'payments.submitted', 'payments.failed', 'payments.resubmission_requested', 'payments.submitted',
      'payments.confirmed', 'payments.paid_out',
    ])],
    movements: [],
    declines: 1,
  }, {
    name: 'a payment that fails after it was paid out',
    payloads: [goCardlessBatch(['payments.confirmed', 'payments.paid_out', 'payments.failed', 'payments.late_failure_settled'])],
    movements: [],
    declines: 1,
  }],

  personalData: [{ payload: { events: [goCardlessEvent('EV1', 'payments', 'failed', {}, { metadata: { email: PLANTED.email, card: PLANTED.cardNumber } })] } }],

  references: [
    {
      payload: { events: [goCardlessEvent('EV1', 'payments', 'failed', {}, { metadata: { order_id: 'a' }, resource_metadata: { order_id: 'b' } })] }, reference: 'b',
    },
    { payload: { events: [goCardlessEvent('EV1', 'payments', 'failed', {}, { metadata: { order_id: 'a' }, resource_metadata: {} })] }, reference: 'a' },
  ],

  metadata: [{
    payload: {
      events: [goCardlessEvent('EV1', 'payments', 'failed', {}, { metadata: { cart: 'a', call: 'c-1' }, resource_metadata: { cart: 'b' } })],
    },
    config: { metadataKeys: ['cart', 'call'] },
    metadata: { cart: 'b', call: 'c-1' },
  }],
} satisfies ProviderSamples;
