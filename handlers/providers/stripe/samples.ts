import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import { alteredIn, otherText } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, succeeds, unixSeconds } from '../shared/samples/sample-signing';

const HEADER = 'Stripe-Signature';
const SECRET = 'whsec_stripe_0123456789abcdefghijklmnop';

const library = new Stripe('sk_test_123');

export const stripeEvent = (id: string, type: string, object: object) => ({
  id, object: 'event', api_version: '2024-06-20', created: 1769860800, livemode: true, pending_webhooks: 1, request: { id: null }, type, data: { object },
});
const outcome = (type: string): SamplePayload => ({ payload: stripeEvent('evt_1', type, { id: 'o_1' }) });

const charge = { id: 'ch_1', object: 'charge', amount: 500, amount_captured: 500, captured: true, currency: 'eur', payment_intent: 'pi_1', status: 'succeeded' };
const invoice = { id: 'in_1', object: 'invoice', amount_paid: 500, currency: 'eur', payment_intent: 'pi_1', status: 'paid' };
/** https://docs.stripe.com/api/events/types */
const PAYMENT: readonly [string, object][] = [
  ['payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent', amount: 500, amount_received: 500, currency: 'eur', status: 'succeeded' }],
  ['charge.succeeded', charge],
  ['charge.updated', charge],
  ['charge.captured', charge],
  ['checkout.session.completed', { id: 'cs_1', object: 'checkout.session', amount_total: 500, currency: 'eur', payment_intent: 'pi_1', payment_status: 'paid' }],
  ['invoice.paid', invoice],
  ['invoice.payment_succeeded', invoice],
  ['invoice_payment.paid', { id: 'inpay_1', object: 'invoice_payment', amount_paid: 500, currency: 'eur', status: 'paid' }],
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
        payment_method_details: { type: 'card', card: { country: 'FR', iin: '424242' } },
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
          emailDomain: 'mail.example',
        },
      }],
    },
    {
      payload: stripeEvent('evt_own_2', 'refund.created', { id: 're_own', object: 'refund', amount: 500, currency: 'jpy', charge: 'ch_own', payment_intent: 'pi_own', status: 'succeeded' }),
      events: [{ event: 'refund.created', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'pi_own' }],
    },
    {
      payload: stripeEvent('evt_own_4', 'checkout.session.completed', {
        id: 'cs_own', object: 'checkout.session', amount_total: 500, currency: 'eur', client_reference_id: 'cart-7', metadata: { order_id: 'order-1001' },
      }),
      events: [{
        event: 'checkout.session.completed', kind: 'captured', moneyMovement: false, amount: '5.00 EUR', transaction: 'cs_own', carried: { reference: 'cart-7' },
      }],
    },
    {
      payload: stripeEvent('evt_own_3', 'customer.updated', { id: 'cus_own', object: 'customer', email: 'a@example.com' }),
      events: [{ event: 'customer.updated', kind: 'other', moneyMovement: false, transaction: 'cus_own' }],
    },
  ],

  outcomes: {
    declined: ['charge.failed', 'checkout.session.async_payment_failed', 'invoice.payment_failed', 'payment_intent.payment_failed'].map(outcome),
    failed: ['payout.failed', 'refund.failed'].map(outcome),
    canceled: ['checkout.session.expired', 'payment_intent.canceled'].map(outcome),
  },

  payment: { payloads: PAYMENT.map(([type, object], index) => stripeEvent(`evt_${index}`, type, object)), movement: 'charge.succeeded' },

  minorUnits: {
    payload: (currency) => stripeEvent('evt_1', 'charge.succeeded', { ...charge, currency: currency.toLowerCase() }),
    exponents: { USD: 2, JPY: 0, MGA: 0, UGX: 2, ISK: 2, BHD: 3, TND: 3, XOF: 0, VND: 0, HUF: 2, ABC: 2 },
  },

  personalData: [{
    payload: stripeEvent('evt_1', 'any', { id: 'ch_1', receipt_email: PLANTED.email, payment_method_details: { card: { iin: PLANTED.cardNumber } } }),
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
  }],
} satisfies ProviderSamples;
