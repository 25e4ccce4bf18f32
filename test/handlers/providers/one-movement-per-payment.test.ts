import type { SchemeName } from '../../../src/private/contract';
import { BuiltValidator } from '../support/built-validator';
import { Output } from '../support/output';
import { PROVIDERS } from '../support/provider-samples';
import {
  adyenBatchOf, adyenItem, braintreeXml, checkoutEvent, coinbaseEvent, mollieEvent, payPalEvent, paystackCustomer, paystackEvent, razorpayEvent,
  razorpayPayment, shopifyTransaction, squareEvent, stripeEvent,
} from '../support/sample-events';

const validator = new BuiltValidator(Object.values(PROVIDERS));
const output = new Output();

beforeAll(() => validator.start());

beforeEach(() => {
  validator.aws.reset();
  output.capture();
});

afterAll(() => validator.stop());

const MONEY = { amount: 500, currency: 'EUR' };
const DECIMAL = { value: '5.00', currency: 'EUR' };

const charge = { id: 'ch_1', object: 'charge', amount: 500, amount_captured: 500, captured: true, currency: 'eur', payment_intent: 'pi_1', status: 'succeeded' };
const invoice = { id: 'in_1', object: 'invoice', amount_paid: 500, currency: 'eur', payment_intent: 'pi_1', status: 'paid' };
/** Around one payment, all with its amount (https://docs.stripe.com/api/events/types). */
const STRIPE: readonly [string, object][] = [
  ['payment_intent.succeeded', { id: 'pi_1', object: 'payment_intent', amount: 500, amount_received: 500, currency: 'eur', status: 'succeeded' }],
  ['charge.succeeded', charge],
  ['charge.updated', charge],
  ['charge.captured', charge],
  ['checkout.session.completed', { id: 'cs_1', object: 'checkout.session', amount_total: 500, currency: 'eur', payment_intent: 'pi_1', payment_status: 'paid' }],
  ['invoice.paid', invoice],
  ['invoice.payment_succeeded', invoice],
  ['invoice_payment.paid', { id: 'inpay_1', object: 'invoice_payment', amount_paid: 500, currency: 'eur', status: 'paid' }],
];

const squarePayment = (status: string, more: object = {}) => ({ id: 'PAYMENT1', status, amount_money: MONEY, total_money: MONEY, version: 1, ...more });
const order = (status: string) => ({
  id: 55, admin_graphql_api_id: 'gid://shopify/Order/55', financial_status: status, total_price: '5.00', currency: 'EUR', updated_at: '2026-01-31T12:00:00Z',
});
const mollieMoney = { amount: DECIMAL, mode: 'live' };

/** What a provider sends of one payment from its beginning to its end, each time with the amount; and which one is routed. */
const COURSES: readonly [SchemeName, string, readonly (object | string)[]][] = [
  ['stripe', 'charge.succeeded', STRIPE.map(([type, object], index) => stripeEvent(`evt_${index}`, type, object))],
  ['adyen', 'AUTHORISATION', [
    adyenBatchOf(adyenItem('PSP1', 'AUTHORISATION', { originalReference: undefined })),
    adyenBatchOf(adyenItem('PSP2', 'CAPTURE', { originalReference: 'PSP1' }), adyenItem('PSP3', 'ORDER_CLOSED', { originalReference: undefined })),
    { type: 'balancePlatform.transfer.updated', environment: 'live', data: { id: 'T1', type: 'capture', status: 'captured', amount: { value: 500, currency: 'EUR' } } },
  ]],
  ['braintree', 'subscription_charged_successfully', [
    braintreeXml('subscription_charged_successfully', `<subscription><id>s1</id><transactions type="array"><transaction>
      <id>t1</id><amount>5.00</amount><currency-iso-code>EUR</currency-iso-code><subscription-id>s1</subscription-id></transaction></transactions></subscription>`),
    braintreeXml('transaction_settled', `<transaction><id>t1</id><status>settled</status><type>sale</type><amount>5.00</amount>
      <currency-iso-code>EUR</currency-iso-code><subscription-id>s1</subscription-id></transaction>`),
  ]],
  ['checkout-com', 'payment_captured', ['payment_approved', 'payment_capture_pending', 'payment_captured'].map((type, index) => (
    checkoutEvent(`evt_${index}`, type, { id: 'pay_1', ...MONEY })
  ))],
  ['coinbase-commerce', 'charge:confirmed', ['charge:created', 'charge:pending', 'charge:confirmed', 'charge:resolved'].map((type, index) => (
    coinbaseEvent(`ev-${index}`, type, 'PENDING')
  ))],
  ['mollie', 'payment.paid', [
    mollieEvent('event_1', 'payment.authorized', { id: 'tr_1', ...mollieMoney }),
    mollieEvent('event_2', 'capture.succeeded', { id: 'cpt_1', paymentId: 'tr_1', ...mollieMoney }),
    mollieEvent('event_3', 'payment.paid', { id: 'tr_1', ...mollieMoney }),
    mollieEvent('event_4', 'payment-link.paid', { id: 'pl_1', ...mollieMoney }),
    mollieEvent('event_5', 'sales-invoice.paid', { id: 'invoice_1', ...mollieMoney }),
  ]],
  ['paypal', 'PAYMENT.CAPTURE.COMPLETED', [
    'CHECKOUT.ORDER.APPROVED', 'PAYMENT.AUTHORIZATION.CREATED', 'PAYMENT.CAPTURE.PENDING', 'PAYMENT.CAPTURE.COMPLETED', 'CHECKOUT.ORDER.COMPLETED',
    'INVOICING.INVOICE.PAID',
  ].map((type, index) => payPalEvent(`WH-${index}`, type, { id: 'CAPTURE1', amount: { currency_code: 'EUR', value: '5.00' } }))],
  ['paystack', 'charge.success', ['charge.success', 'invoice.create', 'invoice.update', 'paymentrequest.success', 'subscription.create'].map((event) => (
    paystackEvent(event, { reference: 'ref-1', ...MONEY, customer: paystackCustomer })
  ))],
  ['razorpay', 'payment.captured', [
    'payment.authorized', 'payment.captured', 'order.paid', 'invoice.paid', 'payment_link.paid', 'subscription.charged', 'qr_code.credited',
    'virtual_account.credited',
  ].map((event) => razorpayEvent(event, { payment: razorpayPayment, [event.split('.')[0]]: { ...razorpayPayment, amount_paid: 1250000 } }))],
  ['shopify', 'order_transactions.capture', [
    shopifyTransaction('authorization', 1), shopifyTransaction('capture', 2), order('authorized'), order('paid'),
    { id: 3, order_id: 55, amount: '5.00', currency: 'EUR', payment_method: 'credit_card', remote_reference: '1' },
  ]],
  ['square', 'payment.updated', [
    squareEvent('e-1', 'payment.created', 'payment', squarePayment('APPROVED')),
    squareEvent('e-2', 'payment.updated', 'payment', squarePayment('APPROVED', { version: 2 })),
    squareEvent('e-3', 'payment.updated', 'payment', squarePayment('COMPLETED', { version: 3 })),
    squareEvent('e-4', 'payment.updated', 'payment', squarePayment('COMPLETED', { version: 4, processing_fee: [{ amount_money: MONEY }] })),
    squareEvent('e-5', 'invoice.payment_made', 'invoice', { id: 'inv:1', status: 'PAID', total_money: MONEY }),
    squareEvent('e-6', 'terminal.checkout.updated', 'checkout', { id: 'C1', status: 'COMPLETED', amount_money: MONEY, payment_ids: ['PAYMENT1'] }),
  ]],
];

test.each(COURSES)('of what %s sends of one payment, %s alone is routed', async (scheme, event, payloads) => {
  for (const payload of payloads) {
    await validator.post(await PROVIDERS[scheme].sign(Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))), scheme);
  }

  const items = validator.aws.transactions;
  expect(items.length).toBeGreaterThanOrEqual(payloads.length);
  expect(items.every(({ amount_minor: amount }) => amount)).toBe(true);
  expect(items.filter(({ money_movement }) => money_movement.BOOL).map(({ provider_event: name }) => name.S)).toEqual([event]);
});
