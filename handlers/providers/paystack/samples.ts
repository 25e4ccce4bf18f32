import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const paystackEvent = (event: string, data: object) => ({ event, data: { domain: 'live', ...data } });
const charge = { id: 302961, status: 'success', reference: 'ref-1', amount: 500, currency: 'NGN', paid_at: '2026-01-31T12:00:00.000Z' };
const paystackRefund = (status: string) => paystackEvent(`refund.${status}`, {
  status, transaction_reference: 'ref-1', refund_reference: 'TRF_1', amount: '200', currency: 'NGN',
});
const paystackDispute = (event: string, status: string) => paystackEvent(`charge.dispute.${event}`, {
  id: 358950, refund_amount: 400, currency: 'NGN', status, category: 'chargeback', transaction: { reference: 'ref-1', amount: 600, currency: 'NGN' },
});
const outcome = (event: string): SamplePayload => ({ payload: paystackEvent(event, { id: 1 }) });

export const samples = {
  ...signedBody('paystack', { header: 'x-paystack-signature', algorithm: 'sha512', secret: 'sk_test_3b9f0c6d81e25a7f4c0de9186b57fa23c4d80e91' }),

  events: [
    {
      payload: paystackEvent('charge.success', {
        id: 302961,
        status: 'success',
        reference: 'ref-1',
        amount: 1250000,
        currency: 'NGN',
        paid_at: '2026-01-31T12:00:00.000Z',
        channel: 'card',
        authorization: { channel: 'card', country_code: 'NG', bin: '408408', signature: 'card-of-jane' },
        customer: { id: 1, customer_code: 'CUS_own', email: 'Someone@Mail.example' },
      }),
      events: [{
        event: 'charge.success',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 NGN',
        transaction: 'ref-1',
        carried: {
          status: 'success',
          reference: 'ref-1',
          customerId: 'CUS_own',
          paymentMethod: 'card',
          cardCountry: 'NG',
          cardBin: '408408',
          cardFingerprint: 'card-of-jane',
          emailDomain: 'mail.example',
        },
      }],
    },
    {
      payload: paystackEvent('refund.processed', { status: 'processed', transaction_reference: 'ref-1', amount: '10000', currency: 'NGN' }),
      events: [{ event: 'refund.processed', kind: 'refunded', moneyMovement: true, amount: '100.00 NGN', transaction: 'ref-1' }],
    },
    {
      payload: paystackEvent('charge.success', {
        id: 302962, reference: 'ref-2', amount: 500, currency: 'NGN', metadata: { order_id: 'order-1002', custom_fields: [] },
      }),
      events: [{
        event: 'charge.success', kind: 'captured', moneyMovement: true, amount: '5.00 NGN', transaction: 'ref-2', carried: { reference: 'order-1002' },
      }],
    },
    {
      payload: { event: 'customeridentification.success', data: { customer_id: '1', customer_code: 'CUS_own', identification: { country: 'NG' } } },
      events: [{ event: 'customeridentification.success', kind: 'other', moneyMovement: false, transaction: 'by its event' }],
    },
  ],

  outcomes: {
    declined: ['bank.transfer.rejected', 'invoice.payment_failed'].map(outcome),
    failed: ['refund.failed', 'transfer.failed', 'preauthorization.capture.failed'].map(outcome),
    canceled: [outcome('preauthorization.release.success')],
    pending: ['refund.pending', 'refund.processing', 'refund.needs-attention'].map(outcome),
  },

  flows: [{
    name: 'an authorization that is captured in part, refunded in part and disputed, and the dispute is won',
    payloads: [
      paystackEvent('preauthorization.reserve.success', { id: 543, status: 'authorized', reference: 'ref-1', amount: 1000, captured_amount: null, currency: 'NGN' }),
      paystackEvent('preauthorization.capture.success', { id: 543, status: 'captured', reference: 'ref-1', amount: 1000, captured_amount: '600', currency: 'NGN' }),
      paystackRefund('pending'),
      paystackRefund('processing'),
      paystackRefund('processed'),
      paystackDispute('create', 'awaiting-merchant-feedback'),
      paystackDispute('remind', 'awaiting-merchant-feedback'),
      paystackDispute('resolve', 'resolved'),
    ],
    movements: ['preauthorization.capture.success 6.00 NGN', 'refund.processed 2.00 NGN', 'charge.dispute.create 4.00 NGN'],
  }, {
    name: 'a refund that needs attention, and one that fails',
    payloads: [paystackRefund('pending'), paystackRefund('needs-attention'), paystackRefund('pending'), paystackRefund('failed')],
    movements: [],
  }, {
    name: 'a payment request that is unpaid, and then paid',
    payloads: [
      paystackEvent('paymentrequest.pending', { id: 1089700, amount: 500, currency: 'NGN', status: 'pending', paid: false }),
      paystackEvent('charge.success', charge),
      paystackEvent('paymentrequest.success', { id: 1089700, amount: 500, currency: 'NGN', status: 'success', paid: true }),
    ],
    movements: ['charge.success 5.00 NGN'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: [
      paystackEvent('invoice.create', { invoice_code: 'INV_1', amount: 500, status: 'pending', paid: false, transaction: {} }),
      paystackEvent('invoice.payment_failed', { invoice_code: 'INV_1', amount: 500, status: 'pending', paid: false, transaction: {} }),
      paystackEvent('charge.success', charge),
      paystackEvent('invoice.update', { invoice_code: 'INV_1', amount: 500, status: 'success', paid: true, transaction: { reference: 'ref-1', currency: 'NGN' } }),
    ],
    movements: ['charge.success 5.00 NGN'],
    declines: 1,
  }, {
    name: 'a payment',
    payloads: ['charge.success', 'invoice.create', 'invoice.update', 'paymentrequest.success', 'subscription.create'].map((event) => (
      paystackEvent(event, { reference: 'ref-1', amount: 500, currency: 'EUR' })
    )),
    movements: ['charge.success 5.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => paystackEvent('charge.success', { reference: 'ref-1', amount: 500000, currency }),
    exponents: { NGN: 2, RWF: 2, XOF: 2 },
  },

  personalData: [{
    payload: paystackEvent('charge.success', { id: 1, authorization: { channel: 'card', bin: PLANTED.cardNumber }, customer: { email: PLANTED.email } }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
  }],

  references: [
    { payload: paystackEvent('charge.dispute.create', { transaction: { reference: 'ref-1', metadata: { order_id: 'order-1' } } }), reference: 'order-1' },
    { payload: paystackEvent('charge.dispute.create', { transaction: { reference: 'ref-1', metadata: '' } }), reference: 'ref-1' },
    { payload: paystackEvent('refund.processed', { transaction_reference: 'ref-2' }), reference: 'ref-2' },
  ],

  metadata: [
    {
      payload: paystackEvent('charge.success', { id: 1, metadata: { cart: 'cart-7', custom_fields: [{ display_name: 'Cart', variable_name: 'cart', value: 'other' }] } }),
      config: { metadataKeys: ['cart', 'custom_fields'] },
      metadata: { cart: 'cart-7' },
      omittedMetadata: ['custom_fields'],
    },
    {
      payload: paystackEvent('charge.dispute.create', { id: 1, transaction: { metadata: { cart: 'cart-7' } } }),
      config: { metadataKeys: ['cart'] },
      metadata: { cart: 'cart-7' },
    },
  ],
} satisfies ProviderSamples;
