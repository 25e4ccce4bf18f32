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
const razorpayPaid = (id: string, amount: number, more: object = {}) => ({ ...PAYMENT, id, amount, captured: true, ...more });
const razorpayRefund = (status: string, more: object = {}) => ({ id: 'rfnd_1', entity: 'refund', amount: 500, currency: 'INR', payment_id: 'pay_own_1', status, ...more });
const razorpayDispute = (phase: string, status: string) => ({ id: `disp_${phase}`, payment_id: 'pay_own_1', amount: 700, currency: 'INR', phase, status });
const razorpayLink = (status: string, amountPaid: number) => ({ id: 'plink_1', accept_partial: true, amount: 100000, amount_paid: amountPaid, currency: 'INR', status });
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
    canceled: [
      ...['payment_cancelled', 'payment_timed_out'].map((reason) => outcome('payment.failed', { error_reason: reason })),
      { payload: razorpayEvent('refund.processed', { refund: razorpayRefund('processed'), payment: razorpayPaid('pay_1', 500, { captured: false }) }) },
    ],
    pending: [
      ...['refund.created', 'refund.speed_changed'].map((event) => ({ payload: razorpayEvent(event, { refund: razorpayRefund('pending') }) })),
      { payload: razorpayEvent('payment.dispute.under_review', { dispute: razorpayDispute('retrieval', 'under_review') }) },
    ],
  },

  flows: [{
    name: 'a payment',
    payloads: [
      'payment.authorized', 'payment.captured', 'order.paid', 'invoice.paid', 'payment_link.paid', 'subscription.charged', 'qr_code.credited',
      'virtual_account.credited',
    ].map((event) => razorpayEvent(event, { payment: PAYMENT, [event.split('.')[0]]: { ...PAYMENT, amount_paid: 1250000 } })),
    movements: ['payment.captured 12500.00 INR'],
  }, {
    name: 'an authorization that is captured, refunded in part and disputed, and the dispute is won',
    payloads: [
      razorpayEvent('payment.authorized', { payment: { ...PAYMENT, status: 'authorized', captured: false } }),
      razorpayEvent('payment.captured', { payment: razorpayPaid('pay_own_1', 1250000) }),
      razorpayEvent('refund.created', { refund: razorpayRefund('pending'), payment: razorpayPaid('pay_own_1', 1250000) }),
      razorpayEvent('refund.speed_changed', { refund: razorpayRefund('pending', { speed_processed: 'normal' }), payment: razorpayPaid('pay_own_1', 1250000) }),
      razorpayEvent('refund.processed', { refund: razorpayRefund('processed'), payment: razorpayPaid('pay_own_1', 1250000, { amount_refunded: 500 }) }),
      razorpayEvent('payment.dispute.created', { payment: razorpayPaid('pay_own_1', 1250000), dispute: razorpayDispute('chargeback', 'open') }),
      razorpayEvent('payment.dispute.under_review', { payment: razorpayPaid('pay_own_1', 1250000), dispute: razorpayDispute('chargeback', 'under_review') }),
      razorpayEvent('payment.dispute.won', { payment: razorpayPaid('pay_own_1', 1250000), dispute: razorpayDispute('chargeback', 'won') }),
    ],
    movements: ['payment.captured 12500.00 INR', 'refund.processed 5.00 INR', 'payment.dispute.created 7.00 INR'],
  }, {
    name: 'a refund that is processed at once',
    payloads: ['refund.created', 'refund.processed'].map((event) => razorpayEvent(event, { refund: razorpayRefund('processed'), payment: razorpayPaid('pay_own_1', 1250000) })),
    movements: ['refund.processed 5.00 INR'],
  }, {
    name: 'an authorization that is not captured in time',
    payloads: [
      razorpayEvent('payment.authorized', { payment: { ...PAYMENT, status: 'authorized', captured: false } }),
      ...['refund.created', 'refund.processed'].map((event) => (
        razorpayEvent(event, { refund: razorpayRefund('processed', { amount: 1250000 }), payment: razorpayPaid('pay_own_1', 1250000, { captured: false }) })
      )),
    ],
    movements: [],
  }, {
    name: 'a link that is paid in two parts',
    payloads: [
      razorpayEvent('payment.captured', { payment: razorpayPaid('pay_1', 40000) }),
      razorpayEvent('payment_link.partially_paid', { payment_link: razorpayLink('partially_paid', 40000), payment: razorpayPaid('pay_1', 40000) }),
      razorpayEvent('payment.captured', { payment: razorpayPaid('pay_2', 60000) }),
      razorpayEvent('payment_link.paid', { payment_link: razorpayLink('paid', 100000), payment: razorpayPaid('pay_2', 60000) }),
      razorpayEvent('order.paid', { order: { id: 'order_1', amount: 100000, amount_paid: 100000, currency: 'INR', status: 'paid' }, payment: razorpayPaid('pay_2', 60000) }),
    ],
    movements: ['payment.captured 400.00 INR', 'payment.captured 600.00 INR'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: [
      razorpayEvent('payment.failed', { payment: { ...PAYMENT, status: 'failed', captured: false, error_reason: 'insufficient_funds' } }),
      razorpayEvent('subscription.pending', { subscription: { id: 'sub_own', status: 'pending', customer_id: 'cust_own' } }),
      razorpayEvent('payment.captured', { payment: razorpayPaid('pay_2', 1250000) }),
      razorpayEvent('subscription.charged', { subscription: { id: 'sub_own', status: 'active' }, payment: razorpayPaid('pay_2', 1250000) }),
      razorpayEvent('invoice.paid', { invoice: { id: 'inv_1', amount: 1250000, currency: 'INR', status: 'paid' }, payment: razorpayPaid('pay_2', 1250000) }),
    ],
    movements: ['payment.captured 12500.00 INR'],
    declines: 1,
    withoutAmount: ['subscription.pending'],
  }, {
    name: 'a request for documents, and a chargeback',
    payloads: ['retrieval', 'fraud', 'chargeback'].map((phase) => razorpayEvent('payment.dispute.created', { dispute: razorpayDispute(phase, 'open') })),
    movements: ['payment.dispute.created 7.00 INR'],
  }],

  minorUnits: {
    payload: (currency) => razorpayEvent('payment.captured', { payment: { ...PAYMENT, currency } }),
    exponents: { INR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [
    { ...outcome('payment.captured', { amount: 500, currency: 'INR', email: PLANTED.email }), emailDomain: PLANTED.emailDomain, email: PLANTED.emailContact, contact: PLANTED.emailContact },
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
