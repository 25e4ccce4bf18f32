import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const flutterwaveEvent = (type: string, data: object) => ({
  webhook_id: 'wbk_1', timestamp: 1769860800000, type, data: { meta: {}, created_datetime: '2026-01-31T12:00:00.000Z', ...data },
});
const flutterwaveCharge = (status: string, more: object = {}) => flutterwaveEvent('charge.completed', { id: 'chg_1', amount: 500, currency: 'NGN', reference: 'ref-1', status, ...more });
const flutterwaveRefund = (status: string, amount: unknown = 150.5) => flutterwaveEvent('refund.completed', { id: 'rfd_1', charge_id: 'chg_1', amount_refunded: amount, status });
const flutterwaveTransfer = (type: string, status: string, debited?: object) => flutterwaveEvent(type, {
  id: 'trf_1',
  type: 'BANK',
  source_currency: 'NGN',
  destination_currency: 'GHS',
  amount: 4,
  reference: 'payout-1',
  status,
  debit_information: debited,
});
const DEBITED = { currency: 'NGN', actual_debit_amount: 500, rate_used: 0.008, vat: 3.75 };
const outcome = (payload: object): SamplePayload => ({ payload });

export const samples = {
  ...signedBody('flutterwave', { header: 'flutterwave-signature', encoding: 'base64', secret: 'a hash that is no hash' }),

  unsignedChanges: (webhook) => [{ ...webhook, headers: { ...webhook.headers, 'verif-hash': 'other' } }],

  events: [
    {
      payload: flutterwaveCharge('succeeded', {
        id: 'chg_own',
        amount: 12500.5,
        customer: { id: 'cus_own', email: 'Someone@Mail.example', address: { country: 'NG' } },
        payment_method: { type: 'opay', id: 'pmd_1' },
      }),
      events: [{
        event: 'charge.completed',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.50 NGN',
        transaction: 'chg_own',
        carried: { status: 'succeeded', reference: 'ref-1', customerId: 'cus_own', paymentMethod: 'opay', country: 'NG', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: flutterwaveCharge('failed', { payment_method: { type: 'card', card: { first6: '123412', last4: '1234' } } }),
      events: [{
        event: 'charge.completed',
        kind: 'failed',
        moneyMovement: false,
        amount: '500.00 NGN',
        transaction: 'chg_1',
        carried: { status: 'failed', reference: 'ref-1', paymentMethod: 'card', cardBin: '123412' },
      }],
    },
    {
      payload: flutterwaveTransfer('transfer.disburse', 'SUCCESSFUL', DEBITED),
      events: [{
        event: 'transfer.disburse',
        kind: 'paid-out',
        moneyMovement: true,
        amount: '500.00 NGN',
        transaction: 'trf_1',
        carried: { status: 'SUCCESSFUL', reference: 'payout-1', paymentMethod: 'BANK' },
      }],
    },
    {
      payload: flutterwaveTransfer('transfer.disburse', 'PENDING'),
      events: [{ event: 'transfer.disburse', kind: 'paid-out', moneyMovement: false, transaction: 'trf_1' }],
    },
  ],

  outcomes: {
    declined: [outcome(flutterwaveCharge('failed'))],
    failed: [outcome(flutterwaveRefund('failed')), outcome(flutterwaveTransfer('transfer.disburse', 'FAILED')), outcome(flutterwaveTransfer('transfer.reversal', 'SUCCESSFUL'))],
    canceled: [outcome(flutterwaveCharge('voided')), outcome(flutterwaveRefund('cancelled')), outcome(flutterwaveTransfer('transfer.disburse', 'CANCELLED'))],
    others: [outcome(flutterwaveCharge('pending')), outcome(flutterwaveRefund('requires_action')), outcome(flutterwaveEvent('order.authorization', { id: 'ord_1', status: 'authorized' }))],
  },

  flows: [{
    name: 'a charge that fails, then succeeds, and is refunded in part',
    payloads: [
      flutterwaveCharge('failed', { id: 'chg_0' }),
      flutterwaveCharge('pending'),
      flutterwaveCharge('succeeded'),
      flutterwaveRefund('pending'),
      flutterwaveRefund('completed'),
    ],
    // The event of a refund has no currency.
    movements: ['charge.completed 500.00 NGN', 'refund.completed 150.50 XXX'],
    declines: 1,
  }, {
    name: 'a transfer that is reversed',
    payloads: [flutterwaveTransfer('transfer.disburse', 'SUCCESSFUL', DEBITED), flutterwaveTransfer('transfer.reversal', 'SUCCESSFUL', DEBITED)],
    movements: ['transfer.disburse 500.00 NGN'],
  }],

  minorUnits: {
    payload: (currency) => flutterwaveCharge('succeeded', { amount: 1500, currency }),
    exponents: { NGN: 2, UGX: 0, XOF: 0 },
  },

  personalData: [{
    payload: flutterwaveCharge('succeeded', { customer: { email: PLANTED.email, phone: { number: '5550123' } }, payment_method: { type: 'card', card: { first6: PLANTED.cardNumber } } }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],

  references: [
    { payload: flutterwaveCharge('succeeded', { meta: { order_id: 'order-1001' } }), reference: 'order-1001' },
    { payload: flutterwaveCharge('succeeded', { meta: { cart: 'cart-7' } }), config: { referenceKey: 'cart' }, reference: 'cart-7' },
    { payload: flutterwaveCharge('succeeded', { meta: null }), reference: 'ref-1' },
    { payload: flutterwaveRefund('completed') },
  ],

  metadata: [{
    payload: flutterwaveCharge('succeeded', { meta: { cart: 'cart-7', items: 3, nested: { a: 1 } } }),
    config: { metadataKeys: ['cart', 'items', 'nested'] },
    metadata: { cart: 'cart-7', items: '3' },
    omittedMetadata: ['nested'],
  }],
} satisfies ProviderSamples;
