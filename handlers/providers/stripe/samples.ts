import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { alteredIn, otherText } from '../shared/samples/changes';
import { PLANTED, type PaymentFlow, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, succeeds, unixSeconds } from '../shared/samples/sample-signing';

const HEADER = 'Stripe-Signature';
const SECRET = 'whsec_stripe_0123456789abcdefghijklmnop';

const library = new Stripe('sk_test_123');

export const stripeEvent = (id: string, type: string, object: object) => ({
  id, object: 'event', api_version: '2025-03-31.basil', created: 1769860800, livemode: true, pending_webhooks: 1, request: { id: null }, type, data: { object },
});
const outcome = (type: string, status?: string): SamplePayload => ({ payload: stripeEvent('evt_1', type, { id: 'o_1', status }) });

const charge = { id: 'ch_1', object: 'charge', amount: 500, amount_captured: 500, captured: true, currency: 'eur', payment_intent: 'pi_1', status: 'succeeded' };
const uncaptured = { ...charge, amount_captured: 0, captured: false };
const intent = { id: 'pi_1', object: 'payment_intent', amount: 500, currency: 'eur' };
const session = { id: 'cs_1', object: 'checkout.session', amount_total: 500, currency: 'eur', payment_intent: 'pi_1' };
const invoice = { id: 'in_1', object: 'invoice', amount_due: 500, amount_paid: 500, currency: 'eur', status: 'paid' };
const invoicePayment = {
  id: 'inpay_1', object: 'invoice_payment', amount_paid: 500, currency: 'eur', invoice: 'in_1', payment: { type: 'payment_intent', payment_intent: 'pi_1' }, status: 'paid',
};
const refund = { id: 're_1', object: 'refund', amount: 150, currency: 'eur', charge: 'ch_1', payment_intent: 'pi_1' };
const dispute = { id: 'du_1', object: 'dispute', amount: 350, currency: 'eur', charge: 'ch_1', payment_intent: 'pi_1' };

type StripeObject = { readonly object?: string; readonly [field: string]: unknown };
type SentEvent = readonly [type: string, object: StripeObject, more?: { readonly api_version?: string | null; readonly previous?: object }];

/** The customer and the metadata of a payment, by the type of the object. Refunds and disputes have neither. */
const OWNER = { customer: 'cus_1', metadata: { order_id: 'order-1001' } };
const OWNERS: { readonly [resource: string]: object } = {
  'charge': OWNER, 'payment_intent': OWNER, 'checkout.session': OWNER, 'invoice': { customer: 'cus_1' },
};

/** Events in their order (https://docs.stripe.com/api/events/types). */
function flow(name: string, movements: readonly string[], sent: readonly SentEvent[], declines = 0): PaymentFlow {
  const payloads = sent.map(([type, object, { previous, ...more } = {}], index) => (
    { ...stripeEvent(`evt_${index}`, type, object), ...more, data: { object: { ...OWNERS[object.object ?? ''], ...object }, previous_attributes: previous } }
  ));
  return { name, payloads, movements, declines };
}

const FLOWS: readonly PaymentFlow[] = [
  flow('a payment that is captured automatically', ['charge.succeeded 5.00 EUR'], [
    ['payment_intent.succeeded', { ...intent, amount_received: 500, status: 'succeeded' }],
    ['charge.succeeded', charge],
    ['charge.updated', charge],
    ['checkout.session.completed', { ...session, payment_status: 'paid' }],
    ['invoice.paid', invoice],
    ['invoice.payment_succeeded', invoice],
    ['invoice_payment.paid', invoicePayment],
  ]),
  flow(
    'an authorization, a partial capture, a refund, and a dispute that is won',
    ['charge.captured 4.00 EUR', 'refund.created 1.50 EUR', 'charge.dispute.funds_withdrawn 3.50 EUR'],
    [
      ['charge.succeeded', uncaptured],
      ['payment_intent.amount_capturable_updated', { ...intent, amount_capturable: 500, status: 'requires_capture' }],
      ['charge.captured', { ...charge, amount_captured: 400 }],
      ['payment_intent.succeeded', { ...intent, amount_received: 400, status: 'succeeded' }],
      ['refund.created', { ...refund, status: 'succeeded' }],
      ['charge.refunded', { ...charge, amount_refunded: 150 }, { previous: { amount_refunded: 0 } }],
      ['charge.dispute.created', { ...dispute, status: 'needs_response' }],
      ['charge.dispute.funds_withdrawn', { ...dispute, status: 'needs_response' }],
      ['charge.dispute.updated', { ...dispute, status: 'under_review' }],
      ['charge.dispute.closed', { ...dispute, status: 'won' }],
      ['charge.dispute.funds_reinstated', { ...dispute, status: 'won' }],
    ],
  ),
  flow('two captures of one authorization', ['charge.captured 3.00 EUR', 'charge.captured 1.00 EUR'], [
    ['charge.succeeded', uncaptured],
    ['charge.captured', { ...charge, amount_captured: 300 }, { previous: { amount_captured: 0 } }],
    ['charge.captured', { ...charge, amount_captured: 400 }, { previous: { amount_captured: 300 } }],
  ]),
  flow('a checkout that is completed unpaid and paid later', ['charge.succeeded 5.00 EUR'], [
    ['checkout.session.completed', { ...session, payment_status: 'unpaid' }],
    ['charge.pending', { ...uncaptured, status: 'pending' }],
    ['charge.succeeded', charge],
    ['checkout.session.async_payment_succeeded', { ...session, payment_status: 'paid' }],
  ]),
  flow('two refunds in a version without events for refunds', ['charge.succeeded 5.00 EUR', 'charge.refunded 1.50 EUR', 'charge.refunded 1.00 EUR'], [
    ['charge.succeeded', charge, { api_version: '2020-08-27' }],
    ['charge.refunded', { ...charge, amount_refunded: 150 }, { api_version: '2020-08-27', previous: { amount_refunded: 0 } }],
    ['charge.refunded', { ...charge, amount_refunded: 250 }, { api_version: '2020-08-27', previous: { amount_refunded: 150 } }],
  ]),
  flow('a refund in a version with events for charges and, against the documentation, for refunds', ['charge.refunded 1.50 EUR'], [
    ['refund.created', { ...refund, status: 'succeeded' }, { api_version: '2024-09-30.acacia' }],
    ['charge.refunded', { ...charge, amount_refunded: 150 }, { api_version: '2024-09-30.acacia', previous: { amount_refunded: 0 } }],
  ]),
  flow('a refund without a charge, in an old version', ['refund.created 1.50 EUR'], [
    ['refund.created', { ...refund, charge: null, status: 'succeeded' }, { api_version: '2020-08-27' }],
  ]),
  flow('a refund of an event without a version', ['refund.created 1.50 EUR'], [
    ['refund.created', { ...refund, status: null }, { api_version: null }],
    ['charge.refunded', { ...charge, amount_refunded: 150 }, { api_version: null, previous: { amount_refunded: 0 } }],
  ]),
  flow('an authorization that is canceled', [], [
    ['charge.succeeded', uncaptured, { api_version: '2020-08-27' }],
    ['charge.refunded', { ...uncaptured, amount_refunded: 500 }, { api_version: '2020-08-27', previous: { amount_refunded: 0 } }],
    ['payment_intent.canceled', { ...intent, status: 'canceled' }, { api_version: '2020-08-27' }],
  ]),
  flow('a refund that is pending, and one that fails', ['refund.updated 1.50 EUR'], [
    ['refund.created', { ...refund, status: 'pending' }],
    ['refund.updated', { ...refund, status: 'pending' }, { previous: { metadata: {} } }],
    ['refund.updated', { ...refund, status: 'succeeded' }, { previous: { status: 'pending' } }],
    ['refund.updated', { ...refund, status: 'succeeded' }, { previous: { metadata: {} } }],
    ['refund.created', { ...refund, id: 're_2', status: 'pending' }],
    ['refund.updated', { ...refund, id: 're_2', status: 'failed' }, { previous: { status: 'pending' } }],
    ['refund.failed', { ...refund, id: 're_2', status: 'failed' }],
  ]),
  flow('an inquiry that is closed', [], [
    ['charge.dispute.created', { ...dispute, status: 'warning_needs_response' }],
    ['charge.dispute.updated', { ...dispute, status: 'warning_under_review' }],
    ['charge.dispute.closed', { ...dispute, status: 'warning_closed' }],
  ]),
  flow('the renewal of a subscription that is declined', [], [
    ['charge.failed', { ...uncaptured, status: 'failed' }],
    ['payment_intent.payment_failed', { ...intent, status: 'requires_payment_method', last_payment_error: { charge: 'ch_1', code: 'card_declined' } }],
    ['invoice.payment_failed', { ...invoice, amount_paid: 0, status: 'open' }],
  ], 1),
  flow('the renewal of a subscription', ['charge.succeeded 5.00 EUR'], [
    ['charge.succeeded', charge],
    ['payment_intent.succeeded', { ...intent, amount_received: 500, status: 'succeeded' }],
    ['invoice_payment.paid', invoicePayment],
    ['invoice.paid', invoice],
    ['invoice.payment_succeeded', invoice],
  ]),
  flow('the renewal of a subscription, in a version whose invoices name their payment', ['charge.succeeded 5.00 EUR'], [
    ['charge.succeeded', { ...charge, invoice: 'in_1' }, { api_version: '2020-08-27' }],
    ['payment_intent.succeeded', { ...intent, amount_received: 500, status: 'succeeded' }, { api_version: '2020-08-27' }],
    ['invoice.paid', { ...invoice, charge: 'ch_1', payment_intent: 'pi_1' }, { api_version: '2020-08-27' }],
    ['invoice.payment_succeeded', { ...invoice, charge: 'ch_1', payment_intent: 'pi_1' }, { api_version: '2020-08-27' }],
  ]),
  flow('an authentication that fails before there is a charge', [], [
    ['payment_intent.payment_failed', { ...intent, status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_authentication_failure' } }],
  ], 1),
  flow('an invoice that is paid outside of Stripe', [], [
    ['invoice.paid', { ...invoice, paid_out_of_band: true }],
    ['invoice.payment_succeeded', { ...invoice, paid_out_of_band: true }],
  ]),
];

export const samples = {
  config: providerConfig('stripe'),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: [HEADER],
  altered: alteredIn(HEADER),

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const timestamp = unixSeconds(at);
    const header = isUtf8(payload)
      ? library.webhooks.generateTestHeaderString({ payload: payload.toString(), secret, timestamp })
      : `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.`).update(payload).digest('hex')}`;
    return { body: payload, headers: { [HEADER]: header } };
  },

  libraryAccepts: ({ body, headers }, secret) => succeeds(() => library.webhooks.constructEvent(body, headers[HEADER], secret) !== undefined),

  events: [
    {
      payload: stripeEvent('evt_own_1', 'charge.succeeded', {
        id: 'ch_own',
        object: 'charge',
        amount: 1250000,
        amount_captured: 1250000,
        captured: true,
        currency: 'eur',
        customer: 'cus_own',
        payment_intent: 'pi_own',
        status: 'succeeded',
        metadata: { order_id: 'order-1001' },
        billing_details: { address: { country: 'DE' }, email: 'Someone@Mail.example' },
        outcome: { network_status: 'approved_by_network', risk_level: 'elevated', risk_score: 66, type: 'authorized' },
        payment_method_details: {
          type: 'card', card: { country: 'FR', iin: '424242', fingerprint: 'card-of-joe', three_d_secure: { result: 'attempt_acknowledged', version: '2.2.0' } },
        },
      }),
      events: [{
        event: 'charge.succeeded',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'pi_own',
        carried: {
          status: 'succeeded',
          reference: 'order-1001',
          customerId: 'cus_own',
          paymentMethod: 'card',
          country: 'DE',
          cardCountry: 'FR',
          cardBin: '424242',
          cardFingerprint: 'card-of-joe',
          emailDomain: 'mail.example',
          riskScore: 66,
          riskLevel: 'elevated',
          threeDSecure: 'attempted',
        },
      }],
    },
    {
      // Without a charge, the error has the card.
      payload: stripeEvent('evt_own_7', 'payment_intent.payment_failed', {
        ...intent,
        customer: null,
        last_payment_error: {
          code: 'payment_intent_authentication_failure',
          payment_method: {
            billing_details: { email: 'Someone@Mail.example' }, card: { country: 'FR', iin: '424242', fingerprint: 'card-of-jane' },
          },
        },
      }),
      events: [{
        event: 'payment_intent.payment_failed',
        kind: 'failed',
        moneyMovement: false,
        amount: '5.00 EUR',
        transaction: 'pi_1',
        carried: { cardCountry: 'FR', cardBin: '424242', cardFingerprint: 'card-of-jane', emailDomain: 'mail.example', threeDSecure: 'failed' },
      }],
    },
    {
      payload: stripeEvent('evt_own_2', 'refund.created', { id: 're_own', object: 'refund', amount: 500, currency: 'jpy', charge: 'ch_own', payment_intent: 'pi_own', status: 'succeeded' }),
      events: [{ event: 'refund.created', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'pi_own' }],
    },
    {
      payload: {
        ...stripeEvent('evt_own_4', 'checkout.session.completed', {
          id: 'cs_own', object: 'checkout.session', amount_total: 500, currency: 'eur', client_reference_id: 'cart-7', metadata: { order_id: 'order-1001' },
        }),
        account: 'acct_connected',
      },
      events: [{
        event: 'checkout.session.completed', kind: 'captured', moneyMovement: false, amount: '5.00 EUR', transaction: 'cs_own', carried: { account: 'acct_connected', reference: 'cart-7' },
      }],
    },
    {
      payload: stripeEvent('evt_own_5', 'invoice_payment.paid', invoicePayment),
      events: [{ event: 'invoice_payment.paid', kind: 'captured', moneyMovement: false, amount: '5.00 EUR', transaction: 'pi_1' }],
    },
    {
      payload: stripeEvent('evt_own_6', 'invoice_payment.paid', { ...invoicePayment, payment: { type: 'charge', charge: 'ch_1' } }),
      events: [{ event: 'invoice_payment.paid', kind: 'captured', moneyMovement: false, amount: '5.00 EUR', transaction: 'ch_1' }],
    },
    {
      payload: stripeEvent('evt_own_3', 'customer.updated', { id: 'cus_own', object: 'customer', email: 'a@example.com' }),
      events: [{ event: 'customer.updated', kind: 'other', moneyMovement: false, transaction: 'cus_own' }],
    },
  ],

  outcomes: {
    declined: ['charge.failed', 'payment_intent.payment_failed'].map((type) => outcome(type)),
    failed: [
      ...['checkout.session.async_payment_failed', 'invoice.payment_failed', 'payout.failed', 'refund.failed'].map((type) => outcome(type)),
      outcome('refund.updated', 'failed'),
    ],
    canceled: [...['checkout.session.expired', 'payment_intent.canceled'].map((type) => outcome(type)), outcome('refund.updated', 'canceled')],
  },

  flows: FLOWS,

  minorUnits: {
    payload: (currency) => stripeEvent('evt_1', 'charge.succeeded', { ...charge, currency: currency.toLowerCase() }),
    exponents: { USD: 2, JPY: 0, MGA: 0, UGX: 2, ISK: 2, BHD: 3, TND: 3, XOF: 0, VND: 0, HUF: 2 },
  },

  personalData: [{
    payload: stripeEvent('evt_1', 'charge.succeeded', {
      ...charge, receipt_email: PLANTED.email, payment_method_details: { card: { iin: PLANTED.cardNumber } },
    }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: stripeEvent('evt_1', 'charge.succeeded', { ...charge, customer: 'cus_1', billing_details: { email: PLANTED.email, phone: PLANTED.phone } }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
  }, ...['billing_details', 'customer_details'].map((place) => ({
    payload: stripeEvent('evt_1', 'any', { id: 'ch_1', [place]: { email: null, phone: PLANTED.phone } }), contact: PLANTED.phoneContact,
  })), {
    payload: stripeEvent('evt_1', 'any', { id: 'in_1', customer_phone: PLANTED.phone }),
    contact: PLANTED.phoneContact,
  }],

  metadata: [
    {
      payload: stripeEvent('evt_1', 'charge.succeeded', {
        ...charge, metadata: { order_id: 'order-1001', cart: 'cart-7', note: 'n'.repeat(501), shop: '' },
      }),
      config: { metadataKeys: ['cart', 'order_id', 'note', 'shop', 'absent'] },
      metadata: { cart: 'cart-7', order_id: 'order-1001' },
      omittedMetadata: ['note'],
    },
    { payload: stripeEvent('evt_1', 'charge.succeeded', { ...charge, metadata: { cart: 'cart-7' } }) },
    { payload: stripeEvent('evt_1', 'charge.succeeded', charge), config: { metadataKeys: ['cart'] } },
  ],
} satisfies ProviderSamples;
