import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

interface Entity {
  readonly id: string;
  readonly [field: string]: unknown;
}

const mollieEvent = (id: string, type: string, entity: Entity) => ({
  resource: 'event', id, type, entityId: entity.id, createdAt: '2026-01-31T12:00:00.0Z', _embedded: { entity }, _links: {},
});
const outcome = (type: string): SamplePayload => ({ payload: mollieEvent('e1', type, { id: 'tr_1' }) });

const MONEY = { amount: { value: '5.00', currency: 'EUR' }, mode: 'live' };

export const samples = {
  ...signedBody('mollie', { header: 'X-Mollie-Signature', prefix: 'sha256=', secret: 'Wq7JxT2rKcVb9mYdLzPh4sGfNuEa6oRi' }),

  // While a secret is rolled, each signature has a header of its own.
  repeatsHeaders: true,

  events: [
    {
      payload: mollieEvent('event_own_1', 'payment.paid', {
        id: 'tr_own',
        status: 'paid',
        amount: { value: '12500.00', currency: 'EUR' },
        mode: 'live',
        profileId: 'pfl_own',
        metadata: { order_id: 'order-1001' },
        method: 'creditcard',
        customerId: 'cst_1',
        countryCode: 'NL',
        billingAddress: { country: 'DE', email: 'Someone@Mail.example' },
        details: { cardCountryCode: 'FR', cardNumber: '4242', cardFingerprint: 'card-of-jane', cardSecurity: '3dsecure' },
      }),
      events: [{
        event: 'payment.paid',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'tr_own',
        carried: {
          status: 'paid',
          account: 'pfl_own',
          reference: 'order-1001',
          customerId: 'cst_1',
          paymentMethod: 'creditcard',
          country: 'DE',
          cardCountry: 'FR',
          cardFingerprint: 'card-of-jane',
          emailDomain: 'mail.example',
        },
      }],
    },
    {
      payload: mollieEvent('event_own_2', 'refund.refunded', { id: 're_own', paymentId: 'tr_own', status: 'refunded', amount: { value: '500', currency: 'JPY' } }),
      events: [{ event: 'refund.refunded', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'tr_own' }],
    },
    {
      // A fingerprint of Bancontact is that of one payment.
      payload: mollieEvent('event_own_4', 'payment.paid', {
        id: 'tr_other', ...MONEY, method: 'bancontact', details: { cardNumber: '4242', cardFingerprint: 'unique-per-payment' },
      }),
      events: [{ event: 'payment.paid', kind: 'captured', moneyMovement: true, amount: '5.00 EUR', transaction: 'tr_other', carried: { paymentMethod: 'bancontact' } }],
    },
    {
      payload: mollieEvent('event_own_5', 'payment.failed', {
        id: 'tr_third', status: 'failed', ...MONEY, method: 'creditcard', details: { cardNumber: null, failureReason: 'authentication_failed' },
      }),
      events: [{
        event: 'payment.failed',
        kind: 'failed',
        moneyMovement: false,
        amount: '5.00 EUR',
        transaction: 'tr_third',
        carried: { status: 'failed', paymentMethod: 'creditcard', threeDSecure: 'failed' },
      }],
    },
    {
      payload: mollieEvent('event_own_3', 'profile.verified', { id: 'pfl_own' }),
      events: [{ event: 'profile.verified', kind: 'other', moneyMovement: false, transaction: 'pfl_own' }],
    },
  ],

  outcomes: {
    declined: [outcome('payment.failed')],
    failed: ['capture.failed', 'payout.failed', 'refund.failed', 'business-account-transfer.failed'].map(outcome),
    canceled: ['payment.canceled', 'payment.expired'].map(outcome),
  },

  flows: [{
    name: 'a payment',
    payloads: [
      mollieEvent('event_1', 'payment.authorized', { id: 'tr_1', ...MONEY }),
      mollieEvent('event_2', 'capture.succeeded', { id: 'cpt_1', paymentId: 'tr_1', ...MONEY }),
      mollieEvent('event_3', 'payment.paid', { id: 'tr_1', ...MONEY }),
      mollieEvent('event_4', 'payment-link.paid', { id: 'pl_1', ...MONEY }),
      mollieEvent('event_5', 'sales-invoice.paid', { id: 'invoice_1', ...MONEY }),
    ],
    movements: ['payment.paid 5.00 EUR'],
  }, {
    name: 'a payment that is refunded in part and charged back',
    payloads: [
      mollieEvent('event_1', 'payment.paid', { id: 'tr_1', ...MONEY }),
      mollieEvent('event_2', 'refund.queued', { id: 're_1', paymentId: 'tr_1', ...MONEY, amount: { value: '1.50', currency: 'EUR' } }),
      mollieEvent('event_3', 'refund.refunded', { id: 're_1', paymentId: 'tr_1', ...MONEY, amount: { value: '1.50', currency: 'EUR' } }),
      mollieEvent('event_4', 'chargeback.received', { id: 'chb_1', paymentId: 'tr_1', ...MONEY, amount: { value: '3.50', currency: 'EUR' } }),
      mollieEvent('event_5', 'chargeback.reversed', { id: 'chb_1', paymentId: 'tr_1', ...MONEY, amount: { value: '3.50', currency: 'EUR' } }),
    ],
    movements: ['payment.paid 5.00 EUR', 'refund.refunded 1.50 EUR', 'chargeback.received 3.50 EUR'],
  }, {
    name: 'entities without an envelope',
    payloads: [
      { resource: 'payment', id: 'tr_1', status: 'authorized', ...MONEY },
      { resource: 'payment', id: 'tr_1', status: 'paid', ...MONEY },
      { resource: 'payment-link', id: 'pl_1', paidAt: '2026-01-31T12:00:00Z', ...MONEY },
      { resource: 'refund', id: 're_1', paymentId: 'tr_1', status: 'refunded', ...MONEY },
    ],
    movements: ['payment.paid 5.00 EUR', 'refund.refunded 5.00 EUR'],
  }],

  minorUnits: {
    payload: (currency) => mollieEvent('event_1', 'payment.paid', { id: 'tr_1', amount: { value: '1500', currency } }),
    exponents: { EUR: 2, JPY: 0, ISK: 0, BHD: 3 },
  },

  personalData: [{
    payload: mollieEvent('e1', 'payment.paid', {
      id: 'tr_1', amount: { value: '5.00', currency: 'EUR' }, billingAddress: { email: PLANTED.email }, details: { cardNumber: PLANTED.cardNumber },
    }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', billingAddress: { phone: PLANTED.phone } }),
    contact: PLANTED.phoneContact,
  }],

  references: [
    { payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: 'order 7' }), reference: 'order 7' },
    { payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: '{"order_id": "order-1001", "name": "A Buyer"}' }), reference: 'order-1001' },
    { payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: { cart: 7 } }), config: { referenceKey: 'cart' }, reference: '7' },
    { payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: ['order-1001'] }) },
  ],

  metadata: [
    {
      payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: { cart: 7, gift: true } }),
      config: { metadataKeys: ['cart', 'gift'] },
      metadata: { cart: '7', gift: 'true' },
    },
    {
      payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: '{"cart": "cart-7", "gift": false}' }),
      config: { metadataKeys: ['cart', 'gift'] },
      metadata: { cart: 'cart-7', gift: 'false' },
    },
    { payload: mollieEvent('e1', 'payment.paid', { id: 'tr_1', metadata: 'order 7' }), config: { metadataKeys: ['0', 'length'] } },
  ],
} satisfies ProviderSamples;
