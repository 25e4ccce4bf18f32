import { createHmac } from 'node:crypto';
import { alteredIn, otherText } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig } from '../shared/samples/sample-signing';

const SIGNATURE_HEADER = 'x-webhook-signature';
const TIME_HEADER = 'x-webhook-timestamp';
const SECRET = 'an-own-client-secret';

const cashfreeEvent = (type: string, data: object) => ({ data, event_time: '2026-01-31T17:30:00+05:30', type });
const cashfreePayment = (status: string, amount: number, more: object = {}) => ({
  order: { order_id: 'order-1001', order_amount: amount, order_currency: 'INR', order_tags: null },
  payment: { cf_payment_id: '1453002795', payment_status: status, payment_amount: amount, payment_currency: 'INR', payment_group: 'upi' },
  customer_details: { customer_name: null, customer_id: 'customer-7', customer_email: 'Someone@Mail.example', customer_phone: '9908734801' },
  ...more,
});
const cashfreeRefund = (status: string, amount = 2) => ({
  refund: {
    cf_refund_id: 11325632,
    cf_payment_id: 1453002795,
    refund_id: 'refund-1',
    order_id: 'order-1001',
    refund_amount: amount,
    refund_currency: 'INR',
    refund_status: status,
  },
});
const dispute = (disputeType: string, status: string, amount = 3) => ({
  dispute: { dispute_id: '433475258', dispute_type: disputeType, dispute_amount: amount, dispute_status: status },
  order_details: { order_id: 'order-1001', order_amount: 5, order_currency: 'INR', cf_payment_id: 1453002795, payment_amount: 5, payment_currency: 'INR' },
  customer_details: { customer_name: 'Someone', customer_phone: '9908734801', customer_email: 'Someone@Mail.example' },
});
const settlement = (status: string, more: object = {}) => ({
  settlement: { settlement_id: 738, amount_settled: 97.94, settlement_amount: 97.94, status, ...more },
});
const outcome = (type: string, data: object): SamplePayload => ({ payload: cashfreeEvent(type, data) });

export const samples = {
  config: providerConfig('cashfree'),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: [SIGNATURE_HEADER, TIME_HEADER],
  altered: alteredIn(SIGNATURE_HEADER, TIME_HEADER),

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const time = String(at.getTime());
    const signature = createHmac('sha256', secret).update(time).update(payload).digest('base64');
    return { body: payload, headers: { ...JSON_TYPE, [TIME_HEADER]: time, [SIGNATURE_HEADER]: signature } };
  },

  events: [
    {
      payload: cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', cashfreePayment('SUCCESS', 12500.5)),
      events: [{
        event: 'PAYMENT_SUCCESS_WEBHOOK',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.50 INR',
        transaction: '1453002795',
        carried: { status: 'SUCCESS', reference: 'order-1001', customerId: 'customer-7', paymentMethod: 'upi', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: cashfreeEvent('REFUND_STATUS_WEBHOOK', cashfreeRefund('SUCCESS')),
      events: [{
        event: 'REFUND_STATUS_WEBHOOK',
        kind: 'refunded',
        moneyMovement: true,
        amount: '2.00 INR',
        transaction: '1453002795',
        carried: { status: 'SUCCESS', reference: 'order-1001' },
      }],
    },
    {
      payload: cashfreeEvent('DISPUTE_CREATED', dispute('CHARGEBACK', 'CHARGEBACK_CREATED')),
      events: [{ event: 'DISPUTE_CREATED', kind: 'disputed', moneyMovement: true, amount: '3.00 INR', transaction: '1453002795' }],
    },
    {
      payload: cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', {
        payment: { cf_payment_id: 1, payment_status: 'SUCCESS', payment_amount: 1, payment_currency: 'INR', payment_method: { card: { card_country: 'IN' } } },
      }),
      events: [{
        event: 'PAYMENT_SUCCESS_WEBHOOK',
        kind: 'captured',
        moneyMovement: true,
        amount: '1.00 INR',
        transaction: '1',
        carried: { status: 'SUCCESS', cardCountry: 'IN' },
      }],
    },
    {
      payload: cashfreeEvent('PAYMENT_LINK_EVENT', { order: { order_id: 'order-1001' } }),
      events: [{ event: 'PAYMENT_LINK_EVENT', kind: 'other', moneyMovement: false, transaction: 'by its event' }],
    },
  ],

  outcomes: {
    declined: [outcome('PAYMENT_FAILED_WEBHOOK', cashfreePayment('FAILED', 5))],
    failed: [
      ...['CANCELLED', 'FAILED'].map((status) => outcome('REFUND_STATUS_WEBHOOK', cashfreeRefund(status))),
      ...['SETTLEMENT_FAILED', 'SETTLEMENT_REVERSED', 'VENDOR_SETTLEMENT_FAILED', 'VENDOR_SETTLEMENT_REVERSED'].map((type) => outcome(type, settlement('FAILED'))),
    ],
    canceled: [outcome('PAYMENT_USER_DROPPED_WEBHOOK', cashfreePayment('USER_DROPPED', 5))],
    others: [
      outcome('PAYMENT_SUCCESS_WEBHOOK', cashfreePayment('PENDING', 5)),
      ...['PENDING', 'ONHOLD'].map((status) => outcome('REFUND_STATUS_WEBHOOK', cashfreeRefund(status))),
    ],
  },

  flows: [
    {
      name: 'an abandoned and a declined attempt, a payment, a refund that is canceled and repeated, a chargeback and its settlement',
      payloads: [
        cashfreeEvent('PAYMENT_USER_DROPPED_WEBHOOK', cashfreePayment('USER_DROPPED', 5)),
        cashfreeEvent('PAYMENT_FAILED_WEBHOOK', cashfreePayment('FAILED', 5)),
        cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', cashfreePayment('PENDING', 5)),
        cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', cashfreePayment('SUCCESS', 5)),
        cashfreeEvent('REFUND_STATUS_WEBHOOK', cashfreeRefund('CANCELLED')),
        cashfreeEvent('REFUND_STATUS_WEBHOOK', cashfreeRefund('SUCCESS')),
        cashfreeEvent('DISPUTE_CREATED', dispute('RETRIEVAL', 'RETRIEVAL_CREATED')),
        cashfreeEvent('DISPUTE_CREATED', dispute('CHARGEBACK', 'CHARGEBACK_CREATED')),
        cashfreeEvent('DISPUTE_UPDATED', dispute('PRE_ARBITRATION', 'PRE_ARBITRATION_CREATED')),
        cashfreeEvent('DISPUTE_CLOSED', dispute('PRE_ARBITRATION', 'PRE_ARBITRATION_MERCHANT_WON')),
        cashfreeEvent('SETTLEMENT_INITIATED', settlement('CREATED')),
        cashfreeEvent('SETTLEMENT_SUCCESS', settlement('SUCCESS')),
        cashfreeEvent('VENDOR_SETTLEMENT_INITIATED', settlement('CREATED', { vendor_id: 'vendor-1', amount_settled: 7 })),
        cashfreeEvent('VENDOR_SETTLEMENT_SUCCESS', settlement('SUCCESS', { vendor_id: 'vendor-1', amount_settled: 7 })),
      ],
      movements: [
        'PAYMENT_SUCCESS_WEBHOOK 5.00 INR',
        'REFUND_STATUS_WEBHOOK 2.00 INR',
        'DISPUTE_CREATED 3.00 INR',
        'SETTLEMENT_SUCCESS 97.94 XXX',
        'VENDOR_SETTLEMENT_SUCCESS 7.00 XXX',
      ],
      declines: 1,
    },
    {
      name: 'a complaint, and an automatic refund of a payment that did not succeed',
      payloads: [cashfreeEvent('DISPUTE_CREATED', dispute('DISPUTE', 'DISPUTE_CREATED')), cashfreeEvent('AUTO_REFUND_STATUS_WEBHOOK', cashfreeRefund('SUCCESS'))],
      movements: [],
    },
  ],

  minorUnits: {
    payload: (currency) => cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', {
      payment: { cf_payment_id: '1', payment_status: 'SUCCESS', payment_amount: 1234, payment_currency: currency },
    }),
    exponents: { INR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [
    {
      payload: cashfreeEvent('PAYMENT_SUCCESS_WEBHOOK', {
        payment: { cf_payment_id: '1', payment_method: { card: { card_number: PLANTED.cardNumber } } },
        customer_details: { customer_id: null, customer_email: PLANTED.email, customer_phone: PLANTED.phone },
      }),
      emailDomain: PLANTED.emailDomain,
      email: PLANTED.emailContact,
      contact: PLANTED.emailContact,
    },
    { payload: cashfreeEvent('DISPUTE_CREATED', { customer_details: { customer_phone: PLANTED.phone } }), contact: PLANTED.phoneContact },
  ],

  references: [
    { ...outcome('DISPUTE_CREATED', { order_details: { order_id: 'order-2' } }), reference: 'order-2' },
    { ...outcome('VENDOR_SETTLEMENT_SUCCESS', settlement('SUCCESS', { vendor_id: 'vendor-1' })), account: 'vendor-1' },
  ],

  metadata: [
    {
      ...outcome('PAYMENT_SUCCESS_WEBHOOK', { order: { order_tags: { cart: 'cart-7', shop: 'main', list: [] } } }),
      config: { metadataKeys: ['cart', 'list'] },
      metadata: { cart: 'cart-7' },
      omittedMetadata: ['list'],
    },
    { ...outcome('REFUND_STATUS_WEBHOOK', { refund: { metadata: { cart: 'cart-8' } } }), config: { metadataKeys: ['cart'] }, metadata: { cart: 'cart-8' } },
  ],
} satisfies ProviderSamples;
