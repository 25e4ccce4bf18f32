import Razorpay from 'razorpay';
import { withHeader } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody, succeeds } from '../shared/samples/sample-signing';

const HEADER = 'X-Razorpay-Signature';
const EVENT_ID_HEADER = 'x-razorpay-event-id';

const razorpayEvent = (event: string, entities: Readonly<Record<string, object>>) => ({
  entity: 'event',
  account_id: 'acc_own',
  event,
  contains: Object.keys(entities),
  payload: Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }])),
  created_at: 1769860800,
});
const PAYMENT = {
  id: 'pay_own_1',
  entity: 'payment',
  amount: 1250000,
  currency: 'INR',
  status: 'captured',
  method: 'upi',
  customer_id: 'cust_own',
  email: 'Someone@Mail.example',
  notes: { order_id: 'order-1001' },
};
const outcome = (event: string, content: object = {}): SamplePayload => ({ payload: razorpayEvent(event, { payment: { id: 'pay_1', ...content } }) });

export const samples = {
  ...signedBody('razorpay', { header: HEADER, secret: 'a-razorpay-webhook-secret', unsigned: ({ name = 'any' }) => ({ [EVENT_ID_HEADER]: name }) }),

  libraryAccepts: ({ body, headers }, secret) => succeeds(() => Razorpay.validateWebhookSignature(body.toString(), headers[HEADER], secret)),

  unsignedChanges: (webhook) => [withHeader(webhook, EVENT_ID_HEADER, 'other')],

  events: [
    {
      payload: razorpayEvent('payment.captured', { payment: PAYMENT }),
      events: [{
        event: 'payment.captured',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 INR',
        transaction: 'pay_own_1',
        carried: { status: 'captured', account: 'acc_own', reference: 'order-1001', customerId: 'cust_own', paymentMethod: 'upi', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: razorpayEvent('refund.processed', { refund: { id: 'rfnd_1', amount: 500, currency: 'INR', payment_id: 'pay_own_1', status: 'processed' }, payment: PAYMENT }),
      events: [{ event: 'refund.processed', kind: 'refunded', moneyMovement: true, amount: '5.00 INR', transaction: 'pay_own_1' }],
    },
    {
      payload: razorpayEvent('subscription.paused', { subscription: { id: 'sub_own', status: 'paused', customer_id: 'cust_own' } }),
      events: [{ event: 'subscription.paused', kind: 'other', moneyMovement: false, transaction: 'sub_own' }],
    },
  ],

  outcomes: {
    declined: [outcome('payment.failed', { error_reason: 'insufficient_funds' }), outcome('payment.failed', { error_reason: null })],
    failed: ['payout.failed', 'refund.failed', 'transfer.failed'].map((event) => outcome(event)),
    canceled: ['payment_cancelled', 'payment_timed_out'].map((reason) => outcome('payment.failed', { error_reason: reason })),
  },

  flows: [{
    name: 'a payment',
    payloads: [
      'payment.authorized', 'payment.captured', 'order.paid', 'invoice.paid', 'payment_link.paid', 'subscription.charged', 'qr_code.credited',
      'virtual_account.credited',
    ].map((event) => razorpayEvent(event, { payment: PAYMENT, [event.split('.')[0]]: { ...PAYMENT, amount_paid: 1250000 } })),
    movements: ['payment.captured 12500.00 INR'],
  }, {
    name: 'a request for documents, and a chargeback',
    payloads: ['retrieval', 'fraud', 'chargeback'].map((phase) => (
      razorpayEvent('payment.dispute.created', { dispute: { id: `disp_${phase}`, payment_id: 'pay_own_1', amount: 700, currency: 'INR', phase, status: 'open' } })
    )),
    movements: ['payment.dispute.created 7.00 INR'],
  }],

  minorUnits: {
    payload: (currency) => razorpayEvent('payment.captured', { payment: { ...PAYMENT, currency } }),
    exponents: { INR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [
    { ...outcome('payment.captured', { amount: 500, currency: 'INR', email: PLANTED.email }), emailDomain: PLANTED.emailDomain, contact: PLANTED.emailContact },
    { ...outcome('payment.failed', { email: null, contact: PLANTED.phone }), contact: PLANTED.phoneContact },
    { ...outcome('payment.failed', { email: 'void@razorpay.com', contact: PLANTED.phone }), contact: PLANTED.phoneContact },
  ],

  references: [
    { payload: razorpayEvent('order.paid', { order: { id: 'order_1', receipt: 'receipt-1' }, payment: PAYMENT }), reference: 'receipt-1', account: 'acc_own' },
    { payload: razorpayEvent('payment_link.paid', { payment_link: { id: 'plink_1', reference_id: 'link-1' } }), reference: 'link-1', account: 'acc_own' },
    { payload: razorpayEvent('refund.processed', { refund: { id: 'rfnd_1', notes: [] }, payment: PAYMENT }), reference: 'order-1001', account: 'acc_own' },
  ],

  metadata: [
    {
      payload: razorpayEvent('refund.processed', { refund: { id: 'rfnd_1', notes: { cause: 'broken' } }, payment: { ...PAYMENT, notes: { cause: 'other', cart: 'cart-7' } } }),
      config: { metadataKeys: ['cart', 'cause'] },
      metadata: { cart: 'cart-7', cause: 'broken' },
    },
    { payload: razorpayEvent('payment.captured', { payment: { ...PAYMENT, notes: [] } }), config: { metadataKeys: ['cart'] } },
  ],
} satisfies ProviderSamples;
