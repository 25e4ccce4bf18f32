import { createHmac } from 'node:crypto';
import { alteredIn, otherText } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig } from '../shared/samples/sample-signing';

const SECRET = 'a secret of an endpoint of Airwallex';

const airwallexEvent = (id: string, name: string, data: object) => ({ id, name, account_id: 'acct_own', created_at: '2026-01-31T12:00:00+0000', data });
/** Payments, refunds and disputes are wrapped; deposits and transfers are not. */
const airwallexPayment = (id: string, name: string, object: object) => airwallexEvent(id, name, { object: { currency: 'EUR', ...object } });
const airwallexIntent = (id: string, name: string, more: object = {}) => airwallexPayment(id, name, { id: 'int_1', amount: 5, captured_amount: 0, ...more });
const airwallexAttempt = (id: string, name: string, more: object = {}) => airwallexPayment(id, name, { id: 'att_1', payment_intent_id: 'int_1', amount: 5, captured_amount: 0, ...more });
const airwallexRefund = (id: string, name: string, amount = 1.5) => airwallexPayment(id, name, { id: 'rfd_1', payment_intent_id: 'int_1', amount });
const airwallexDispute = (id: string, name: string, stage: string) => airwallexPayment(id, name, { id: 'dsp_1', payment_intent_id: 'int_1', amount: 3.5, stage });
const airwallexTransfer = (id: string, name: string) => airwallexEvent(id, name, {
  id: 'trf_1', amount_beneficiary_receives: 50, amount_payer_pays: 68.14, source_currency: 'SGD', transfer_currency: 'USD', reference: 'payout-1',
});
const airwallexDeposit = (id: string, name: string) => airwallexEvent(id, name, { id: 'dep_1', amount: 12794.27, currency: 'AUD', reference: '5487287788' });
/** Airwallex's example (https://www.airwallex.com/docs/payments/reference/payments-webhooks). */
const AIRWALLEX_FINGERPRINT = '111e4Y759jpc5eC3AAAAaaaa/8=';
const outcome = (payload: object): SamplePayload => ({ payload });

export const samples = {
  config: providerConfig('airwallex', { toleranceSeconds: 300 }),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: ['x-timestamp', 'x-signature'],
  altered: alteredIn('x-timestamp', 'x-signature'),

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const timestamp = String(at.getTime());
    const signature = createHmac('sha256', secret).update(timestamp).update(payload).digest('hex');
    return { body: payload, headers: { ...JSON_TYPE, 'x-timestamp': timestamp, 'x-signature': signature } };
  },

  events: [
    {
      payload: airwallexPayment('evt_own_1', 'payment_intent.succeeded', {
        id: 'int_own',
        merchant_order_id: 'order-1001',
        customer_id: 'cus_own',
        amount: 12500,
        captured_amount: 12000.5,
        status: 'SUCCEEDED',
        latest_payment_attempt: {
          id: 'att_own',
          amount: 12500,
          authentication_data: { ds_data: { version: '2.2.0', eci: '05', enrolled: 'Y', pa_res_status: 'Y', frictionless: 'N' }, fraud_data: { action: 'VERIFY', score: '85' } },
          payment_method: {
            type: 'card', card: { bin: '411111', issuer_country_code: 'US', fingerprint: AIRWALLEX_FINGERPRINT, billing: { email: 'Someone@Mail.example' } },
          },
        },
      }),
      events: [{
        event: 'payment_intent.succeeded',
        kind: 'captured',
        moneyMovement: true,
        amount: '12000.50 EUR',
        transaction: 'int_own',
        carried: {
          status: 'SUCCEEDED',
          account: 'acct_own',
          reference: 'order-1001',
          customerId: 'cus_own',
          paymentMethod: 'card',
          cardCountry: 'US',
          cardBin: '411111',
          cardFingerprint: AIRWALLEX_FINGERPRINT,
          emailDomain: 'mail.example',
          threeDSecure: 'authenticated',
        },
      }],
    },
    {
      payload: airwallexAttempt('evt_own_2', 'payment_attempt.authorized', {
        payment_method: { type: 'card', customer_id: 'cus_own', card: { bin: '53651045', issuer_country_code: 'HK', fingerprint: AIRWALLEX_FINGERPRINT } },
        authentication_data: { ds_data: {}, fraud_data: { score: '0' } },
      }),
      events: [{
        event: 'payment_attempt.authorized',
        kind: 'authorized',
        moneyMovement: false,
        amount: '5.00 EUR',
        transaction: 'int_1',
        carried: {
          account: 'acct_own', customerId: 'cus_own', paymentMethod: 'card', cardCountry: 'HK', cardBin: '53651045', cardFingerprint: AIRWALLEX_FINGERPRINT,
        },
      }],
    },
    {
      payload: airwallexTransfer('evt_own_3', 'payout.transfer.paid'),
      events: [{
        event: 'payout.transfer.paid',
        kind: 'paid-out',
        moneyMovement: true,
        amount: '68.14 SGD',
        transaction: 'trf_1',
        carried: { account: 'acct_own', reference: 'payout-1' },
      }],
    },
    {
      payload: { id: 'evt_own_4', name: 'payment_consent.verified', accountId: 'acct_old', data: { object: { id: 'cst_1', updated_at: '2026-01-31T12:00:00+0000' } } },
      events: [{ event: 'payment_consent.verified', kind: 'other', moneyMovement: false, transaction: 'cst_1', carried: { account: 'acct_old' } }],
    },
  ],

  outcomes: {
    declined: ['authentication_failed', 'authorization_failed', 'failed_to_process', 'risk_declined'].map((name) => outcome(airwallexAttempt('evt_1', `payment_attempt.${name}`))),
    failed: [
      outcome(airwallexAttempt('evt_1', 'payment_attempt.capture_failed')),
      outcome(airwallexRefund('evt_1', 'refund.failed')),
      outcome(airwallexTransfer('evt_1', 'payout.transfer.failed')),
      outcome(airwallexDeposit('evt_1', 'deposit.rejected')),
    ],
    canceled: [
      outcome(airwallexIntent('evt_1', 'payment_intent.cancelled')),
      outcome(airwallexAttempt('evt_1', 'payment_attempt.cancelled')),
      outcome(airwallexAttempt('evt_1', 'payment_attempt.expired')),
      outcome(airwallexTransfer('evt_1', 'payout.transfer.cancelled')),
    ],
    others: ['requires_response', 'lost', 'won'].map((name) => outcome(airwallexDispute('evt_1', `payment_dispute.${name}`, 'CHARGEBACK'))),
  },

  flows: [{
    name: 'a payment that is declined, authorized, captured in part, refunded and charged back',
    payloads: [
      airwallexAttempt('evt_1', 'payment_attempt.authorization_failed', { id: 'att_0' }),
      airwallexAttempt('evt_2', 'payment_attempt.authorized'),
      airwallexIntent('evt_3', 'payment_intent.requires_capture'),
      airwallexAttempt('evt_4', 'payment_attempt.capture_requested', { captured_amount: 4 }),
      airwallexIntent('evt_5', 'payment_intent.succeeded', { captured_amount: 4 }),
      airwallexAttempt('evt_6', 'payment_attempt.settled', { captured_amount: 4 }),
      airwallexAttempt('evt_7', 'payment_attempt.paid', { captured_amount: 4 }),
      airwallexRefund('evt_8', 'refund.received'),
      airwallexRefund('evt_9', 'refund.accepted'),
      airwallexRefund('evt_10', 'refund.settled'),
      airwallexDispute('evt_11', 'payment_dispute.requires_response', 'PRE_CHARGEBACK'),
      airwallexDispute('evt_12', 'payment_dispute.requires_response', 'CHARGEBACK'),
      airwallexDispute('evt_13', 'payment_dispute.challenged', 'CHARGEBACK'),
      airwallexDispute('evt_14', 'payment_dispute.won', 'CHARGEBACK'),
    ],
    movements: ['payment_intent.succeeded 4.00 EUR', 'refund.settled 1.50 EUR', 'payment_dispute.requires_response 3.50 EUR'],
    declines: 1,
  }, {
    name: 'a request for information, and a pre-chargeback that is accepted',
    payloads: [
      airwallexDispute('evt_1', 'payment_dispute.requires_response', 'RFI'),
      airwallexDispute('evt_2', 'payment_dispute.requires_response', 'PRE_CHARGEBACK'),
      airwallexDispute('evt_3', 'payment_dispute.accepted', 'PRE_CHARGEBACK'),
    ],
    movements: ['payment_dispute.accepted 3.50 EUR'],
  }, {
    name: 'a chargeback that is accepted',
    payloads: [airwallexDispute('evt_1', 'payment_dispute.requires_response', 'CHARGEBACK'), airwallexDispute('evt_2', 'payment_dispute.accepted', 'CHARGEBACK')],
    movements: ['payment_dispute.requires_response 3.50 EUR'],
  }, {
    name: 'a refund of an old version of the API',
    payloads: [airwallexRefund('evt_1', 'refund.processing'), airwallexRefund('evt_2', 'refund.succeeded')],
    movements: ['refund.succeeded 1.50 EUR'],
  }, {
    name: 'a transfer, and a deposit that is recalled',
    payloads: [
      airwallexTransfer('evt_1', 'payout.transfer.sent'),
      airwallexTransfer('evt_2', 'payout.transfer.paid'),
      airwallexDeposit('evt_3', 'deposit.pending'),
      airwallexDeposit('evt_4', 'deposit.settled'),
      airwallexDeposit('evt_5', 'deposit.reversed'),
    ],
    movements: ['payout.transfer.paid 68.14 SGD', 'deposit.settled 12794.27 AUD', 'deposit.reversed 12794.27 AUD'],
  }],

  minorUnits: {
    payload: (currency) => airwallexIntent('evt_1', 'payment_intent.succeeded', { amount: 62723, currency }),
    exponents: { USD: 2, KRW: 0, BHD: 3 },
  },

  personalData: [{
    payload: airwallexAttempt('evt_1', 'payment_attempt.authorized', {
      payment_method: { type: 'card', card: { bin: PLANTED.cardNumber, name: 'Some One' }, billing: { email: PLANTED.email } },
    }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],

  references: [
    { payload: airwallexIntent('evt_1', 'payment_intent.succeeded', { metadata: { order_id: 'order-1' } }), reference: 'order-1', account: 'acct_own' },
    { payload: airwallexIntent('evt_1', 'payment_intent.succeeded', { merchant_order_id: 'order-2', metadata: { order_id: 'order-1' } }), reference: 'order-2', account: 'acct_own' },
    { payload: airwallexDeposit('evt_1', 'deposit.settled'), reference: '5487287788', account: 'acct_own' },
  ],

  metadata: [{
    payload: airwallexIntent('evt_1', 'payment_intent.succeeded', { metadata: { cart: 'cart-7', items: 3, gift: false, nested: { a: 1 } } }),
    config: { metadataKeys: ['cart', 'items', 'gift', 'nested'] },
    metadata: { cart: 'cart-7', items: '3', gift: 'false' },
    omittedMetadata: ['nested'],
  }],
} satisfies ProviderSamples;
