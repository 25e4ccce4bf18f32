import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const checkoutEvent = (id: string, type: string, data: object) => ({ id, type, created_on: '2026-01-31T12:00:00Z', version: '1.0.1', data, _links: {} });
const checkoutEur = (amount: number, action: string) => ({ id: 'pay_1', action_id: `act_${action}`, amount, currency: 'EUR', reference: 'order-1001' });
const checkoutDispute = (amount: number) => ({ id: 'dsp_1', payment_id: 'pay_1', payment_action_id: 'act_2', amount, currency: 'EUR', category: 'fraudulent', reason_code: '10.4' });
/** The events of a flow, each with its own id. */
const checkoutFlow = (...events: readonly (readonly [type: string, data: object])[]) => (
  events.map(([type, data], index) => checkoutEvent(`evt_${index}`, type, data))
);
/** Checkout.com's example (https://www.checkout.com/docs/developer-resources/webhooks/webhook-event-types/payment_approved). */
const CHECKOUT_FINGERPRINT = '71580b426f1d190d29087ff265d8f48df1ad34ede41c27cbff9d23c1a14d1776';
const outcome = (type: string, content: object = {}): SamplePayload => ({ payload: checkoutEvent('evt_1', type, { id: 'pay_1', ...content }) });

export const samples = {
  ...signedBody('checkout-com', { header: 'Cko-Signature', secret: '4f1c8b2e-93ad-4f5e-8a61-7c0d2b95e314' }),

  events: [
    {
      payload: checkoutEvent('evt_own_1', 'payment_captured', {
        id: 'pay_own',
        action_id: 'act_1',
        amount: 1250000,
        currency: 'EUR',
        reference: 'order-1001',
        processing_channel_id: 'pc_own',
        response_summary: 'Approved',
      }),
      events: [{
        event: 'payment_captured',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'pay_own',
        carried: {
          status: 'Approved',
          account: 'pc_own',
          reference: 'order-1001',
        },
      }],
    },
    {
      // Only authorizations have the customer and the card (https://www.checkout.com/docs/workflows/webhook-event-types/payment_approved).
      payload: checkoutEvent('evt_own_4', 'payment_approved', {
        'id': 'pay_own',
        'amount': 1250000,
        'currency': 'EUR',
        'customer': { id: 'cus_own', email: 'Someone@Mail.example' },
        'source': { id: 'src_1', type: 'card', bin: '42424212', fingerprint: CHECKOUT_FINGERPRINT, issuer_country: 'FR', billing_address: { country: 'DE' } },
        'risk': { flagged: true, score: 72.4 },
        '3ds': { version: '2.2.0', challenged: true, eci: '05', enrolled: 'Y', authentication_response: 'Y' },
      }),
      events: [{
        event: 'payment_approved',
        kind: 'authorized',
        moneyMovement: false,
        amount: '12500.00 EUR',
        transaction: 'pay_own',
        carried: {
          customerId: 'cus_own',
          paymentMethod: 'card',
          country: 'DE',
          cardCountry: 'FR',
          cardBin: '42424212',
          cardFingerprint: CHECKOUT_FINGERPRINT,
          emailDomain: 'mail.example',
          riskScore: 72,
          riskLevel: 'elevated',
          threeDSecure: 'authenticated',
        },
      }],
    },
    {
      payload: checkoutEvent('evt_own_2', 'payment_refunded', { id: 'pay_own', action_id: 'act_2', amount: 12500, currency: 'KWD' }),
      events: [{ event: 'payment_refunded', kind: 'refunded', moneyMovement: true, amount: '12.500 KWD', transaction: 'pay_own' }],
    },
    {
      payload: checkoutEvent('evt_own_3', 'card_verified', { id: 'pay_other', response_code: '10000' }),
      events: [{ event: 'card_verified', kind: 'other', moneyMovement: false, transaction: 'pay_other' }],
    },
  ],

  outcomes: {
    declined: [
      outcome('payment_declined', { source: { type: 'card', fingerprint: CHECKOUT_FINGERPRINT }, risk: { flagged: false } }),
      outcome('payment_declined', { destination: null }),
      outcome('payment_authentication_failed'),
      outcome('payment_authorization_increment_declined'),
    ],
    failed: [
      outcome('payment_capture_declined'),
      outcome('payment_refund_declined'),
      outcome('payment_returned', { destination: { type: 'bank_account' } }),
      outcome('payment_declined', { destination: { type: 'card' } }),
    ],
    canceled: ['payment_canceled', 'payment_expired', 'payment_voided'].map((type) => outcome(type)),
    pending: [outcome('payment_refund_pending')],
  },

  flows: [{
    name: 'an authorization that is captured in part, refunded in part and disputed, and the dispute is won',
    payloads: checkoutFlow(
      ['payment_approved', checkoutEur(1000, '1')],
      ['payment_capture_pending', checkoutEur(600, '2')],
      ['payment_captured', checkoutEur(600, '2')],
      ['payment_refund_pending', checkoutEur(200, '3')],
      ['payment_refunded', checkoutEur(200, '3')],
      ['dispute_received', checkoutDispute(400)],
      ['dispute_evidence_required', checkoutDispute(400)],
      ['dispute_evidence_submitted', checkoutDispute(400)],
      ['dispute_won', checkoutDispute(400)],
    ),
    movements: ['payment_captured 6.00 EUR', 'payment_refunded 2.00 EUR', 'dispute_evidence_required 4.00 EUR'],
  }, {
    name: 'a dispute of a payment that was refunded before',
    payloads: checkoutFlow(['dispute_received', checkoutDispute(400)], ['dispute_resolved', { ...checkoutDispute(400), resolved_reason: 'already_refunded' }]),
    movements: [],
  }, {
    name: 'a refund that is declined',
    payloads: checkoutFlow(['payment_refund_pending', checkoutEur(200, '3')], ['payment_refund_declined', checkoutEur(200, '3')]),
    movements: [],
  }, {
    name: 'a checkout that is unpaid, and then paid',
    payloads: checkoutFlow(['payment_pending', checkoutEur(500, '1')], ['payment_approved', checkoutEur(500, '1')], ['payment_capture_pending', checkoutEur(500, '2')], ['payment_captured', checkoutEur(500, '2')]),
    movements: ['payment_captured 5.00 EUR'],
  }, {
    name: 'the renewal of a subscription that is declined once, and then paid',
    payloads: checkoutFlow(
      ['payment_declined', { ...checkoutEur(500, '1'), response_code: '20051' }],
      ['payment_approved', { ...checkoutEur(500, '2'), id: 'pay_2' }],
      ['payment_captured', { ...checkoutEur(500, '3'), id: 'pay_2' }],
    ),
    movements: ['payment_captured 5.00 EUR'],
    declines: 1,
  }],

  minorUnits: {
    payload: (currency) => checkoutEvent('evt_1', 'payment_captured', { id: 'pay_1', amount: 123456, currency }),
    exponents: { USD: 2, JPY: 0, ISK: 0, UGX: 0, CLF: 2, CLP: 2, BHD: 3, IQD: 3, LYD: 3 },
  },

  personalData: [{
    payload: checkoutEvent('evt_1', 'payment_approved', { id: 'pay_1', source: { bin: PLANTED.cardNumber }, customer: { id: null, email: PLANTED.email } }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],

  references: [
    { payload: checkoutEvent('evt_1', 'payment_captured', { id: 'pay_1', metadata: { order_id: 'order-1' } }), reference: 'order-1' },
    { payload: checkoutEvent('evt_1', 'payment_captured', { id: 'pay_1', reference: 'ref-1', metadata: { order_id: 'order-1' } }), reference: 'ref-1' },
  ],

  metadata: [{
    payload: checkoutEvent('evt_1', 'payment_captured', { id: 'pay_1', metadata: { cart: 'cart-7', items: 3, gift: false, udf: { nested: 'a' } } }),
    config: { metadataKeys: ['cart', 'items', 'gift', 'udf'] },
    metadata: { cart: 'cart-7', items: '3', gift: 'false' },
    omittedMetadata: ['udf'],
  }],
} satisfies ProviderSamples;
