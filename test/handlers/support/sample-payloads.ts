import {
  adyenBatchOf, adyenItem, braintreeXml, checkoutEvent, coinbaseEvent, goCardlessEvent, mollieEvent, payPalEvent, paystackCustomer, paystackEvent,
  razorpayEvent, razorpayPayment, shopifyTransaction, squareEvent, stripeEvent,
} from './sample-events';
import type { Kind, SchemeName } from '../../../src/private/contract';

/** What should be stored of one event. */
export interface ExpectedEvent {
  readonly event: string;
  readonly kind: Kind;
  readonly moneyMovement: boolean;
  /** In major units, with the currency. */
  readonly amount?: string;
  readonly transaction: string;
}

/** A payload of the project's own, in the shape of the provider's. */
export interface Sample {
  readonly payload: object | string;
  /** What the payload is called, where a header says so. */
  readonly name?: string;
  readonly events: readonly ExpectedEvent[];
}

/** For every provider a movement of money that is routed, a refund or a dispute, and an event without an amount. */
export const SAMPLES: Readonly<Record<SchemeName, readonly Sample[]>> = {
  'adyen': [
    {
      payload: adyenBatchOf(adyenItem('PSP0000000000001', 'AUTHORISATION', { originalReference: undefined })),
      events: [{ event: 'AUTHORISATION', kind: 'authorized', moneyMovement: true, amount: '12500.00 EUR', transaction: 'PSP0000000000001' }],
    },
    {
      payload: adyenBatchOf(adyenItem('PSP0000000000002', 'CAPTURE'), adyenItem('PSP0000000000003', 'REFUND', { amount: { currency: 'EUR', value: 5 } })),
      events: [
        { event: 'CAPTURE', kind: 'captured', moneyMovement: false, amount: '12500.00 EUR', transaction: 'PSP0000000000001' },
        { event: 'REFUND', kind: 'refunded', moneyMovement: true, amount: '0.05 EUR', transaction: 'PSP0000000000001' },
      ],
    },
    {
      payload: { type: 'balancePlatform.accountHolder.updated', environment: 'live', timestamp: '2026-01-31T12:00:00Z', data: { id: 'AH1', status: 'active' } },
      events: [{ event: 'balancePlatform.accountHolder.updated', kind: 'other', moneyMovement: false, transaction: 'AH1' }],
    },
  ],
  'braintree': [
    {
      payload: braintreeXml('transaction_settled', `<transaction>
        <id>own1</id><status>settled</status><type>sale</type><amount>12500.00</amount><currency-iso-code>EUR</currency-iso-code>
      </transaction>`),
      events: [{ event: 'transaction_settled', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'own1' }],
    },
    {
      payload: braintreeXml('dispute_opened', `<dispute>
        <id>d1</id><amount>250.00</amount><currency-iso-code>EUR</currency-iso-code><kind>chargeback</kind><status>open</status>
        <transaction><id>own1</id><amount>12500.00</amount></transaction>
      </dispute>`),
      events: [{ event: 'dispute_opened', kind: 'disputed', moneyMovement: true, amount: '250.00 EUR', transaction: 'own1' }],
    },
    {
      payload: braintreeXml('check', '<check type="boolean">true</check>'),
      events: [{ event: 'check', kind: 'other', moneyMovement: false, transaction: 'by its event' }],
    },
  ],
  'checkout-com': [
    {
      payload: checkoutEvent('evt_own_1', 'payment_captured', { id: 'pay_own', action_id: 'act_1', amount: 1250000, currency: 'EUR', customer: { id: 'cus_own' } }),
      events: [{ event: 'payment_captured', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'pay_own' }],
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
  'coinbase-commerce': [
    {
      payload: coinbaseEvent('ev-1', 'charge:confirmed', 'COMPLETED'),
      events: [{ event: 'charge:confirmed', kind: 'captured', moneyMovement: true, amount: '12500.00 USD', transaction: 'OWNCODE1' }],
    },
    {
      payload: coinbaseEvent('ev-2', 'charge:failed', 'EXPIRED'),
      events: [{ event: 'charge:failed', kind: 'canceled', moneyMovement: false, amount: '12500.00 USD', transaction: 'OWNCODE1' }],
    },
    {
      payload: { id: 'attempt-3', event: { id: 'ev-3', type: 'charge:delayed', created_at: '2026-01-31T12:00:00Z', data: { code: 'OWNCODE2' } } },
      events: [{ event: 'charge:delayed', kind: 'other', moneyMovement: false, transaction: 'OWNCODE2' }],
    },
  ],
  'gocardless': [
    {
      payload: { events: [goCardlessEvent('EV1', 'payments', 'confirmed', { payment: 'PM1' })] },
      events: [{ event: 'payments.confirmed', kind: 'captured', moneyMovement: false, transaction: 'PM1' }],
    },
    {
      payload: { events: [goCardlessEvent('EV2', 'refunds', 'created', { refund: 'RF1', payment: 'PM1' }), goCardlessEvent('EV3', 'mandates', 'active', { mandate: 'MD1' })] },
      events: [
        { event: 'mandates.active', kind: 'other', moneyMovement: false, transaction: 'MD1' },
        { event: 'refunds.created', kind: 'refunded', moneyMovement: false, transaction: 'PM1' },
      ],
    },
  ],
  'hmac': [
    {
      payload: { id: 'e-1', type: 'order.paid', at: '2026-01-31T12:00:00Z', order: { id: 'o-1', total: '12500.00', currency: 'EUR' } },
      events: [{ event: 'order.paid', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'o-1' }],
    },
    {
      payload: { id: 'e-2', type: 'order.refunded', at: '2026-01-31T12:00:00Z', order: { id: 'o-1', total: 0.1, currency: 'EUR' } },
      events: [{ event: 'order.refunded', kind: 'refunded', moneyMovement: true, amount: '0.10 EUR', transaction: 'o-1' }],
    },
    {
      payload: { id: 'e-3', type: 'order.packed', order: { id: 'o-1' } },
      events: [{ event: 'order.packed', kind: 'other', moneyMovement: false, transaction: 'o-1' }],
    },
  ],
  'mollie': [
    {
      payload: mollieEvent('event_own_1', 'payment.paid', { id: 'tr_own', status: 'paid', amount: { value: '12500.00', currency: 'EUR' }, mode: 'live' }),
      events: [{ event: 'payment.paid', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'tr_own' }],
    },
    {
      payload: mollieEvent('event_own_2', 'refund.refunded', { id: 're_own', paymentId: 'tr_own', status: 'refunded', amount: { value: '500', currency: 'JPY' } }),
      events: [{ event: 'refund.refunded', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'tr_own' }],
    },
    {
      payload: mollieEvent('event_own_3', 'profile.verified', { id: 'pfl_own' }),
      events: [{ event: 'profile.verified', kind: 'other', moneyMovement: false, transaction: 'pfl_own' }],
    },
  ],
  'paypal': [
    {
      payload: payPalEvent('WH-1', 'PAYMENT.CAPTURE.COMPLETED', { id: 'CAPTURE1', status: 'COMPLETED', amount: { currency_code: 'EUR', value: '12500.00' } }),
      events: [{ event: 'PAYMENT.CAPTURE.COMPLETED', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'CAPTURE1' }],
    },
    {
      payload: payPalEvent('WH-2', 'PAYMENT.SALE.REFUNDED', { id: 'REFUND1', sale_id: 'SALE1', state: 'completed', amount: { total: '1200', currency: 'HUF' } }),
      events: [{ event: 'PAYMENT.SALE.REFUNDED', kind: 'refunded', moneyMovement: true, amount: '1200 HUF', transaction: 'SALE1' }],
    },
    {
      payload: payPalEvent('WH-3', 'BILLING.SUBSCRIPTION.ACTIVATED', { id: 'I-OWN', status: 'ACTIVE', plan_id: 'P-OWN' }),
      events: [{ event: 'BILLING.SUBSCRIPTION.ACTIVATED', kind: 'other', moneyMovement: false, transaction: 'I-OWN' }],
    },
  ],
  'paystack': [
    {
      payload: paystackEvent('charge.success', {
        id: 302961, status: 'success', reference: 'ref-1', amount: 1250000, currency: 'NGN', paid_at: '2026-01-31T12:00:00.000Z', channel: 'card', customer: paystackCustomer,
      }),
      events: [{ event: 'charge.success', kind: 'captured', moneyMovement: true, amount: '12500.00 NGN', transaction: 'ref-1' }],
    },
    {
      payload: paystackEvent('refund.processed', { status: 'processed', transaction_reference: 'ref-1', amount: '10000', currency: 'NGN' }),
      events: [{ event: 'refund.processed', kind: 'refunded', moneyMovement: true, amount: '100.00 NGN', transaction: 'ref-1' }],
    },
    {
      payload: { event: 'customeridentification.success', data: { customer_id: '1', customer_code: 'CUS_own', identification: { country: 'NG' } } },
      events: [{ event: 'customeridentification.success', kind: 'other', moneyMovement: false, transaction: 'by its event' }],
    },
  ],
  'razorpay': [
    {
      payload: razorpayEvent('payment.captured', { payment: razorpayPayment }),
      events: [{ event: 'payment.captured', kind: 'captured', moneyMovement: true, amount: '12500.00 INR', transaction: 'pay_own_1' }],
    },
    {
      payload: razorpayEvent('refund.processed', { refund: { id: 'rfnd_1', amount: 500, currency: 'INR', payment_id: 'pay_own_1', status: 'processed' }, payment: razorpayPayment }),
      events: [{ event: 'refund.processed', kind: 'refunded', moneyMovement: true, amount: '5.00 INR', transaction: 'pay_own_1' }],
    },
    {
      payload: razorpayEvent('subscription.paused', { subscription: { id: 'sub_own', status: 'paused', customer_id: 'cust_own' } }),
      events: [{ event: 'subscription.paused', kind: 'other', moneyMovement: false, transaction: 'sub_own' }],
    },
  ],
  'shopify': [
    {
      payload: shopifyTransaction('sale', 6620001111),
      name: 'order_transactions.create',
      events: [{ event: 'order_transactions.sale', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'gid://shopify/Order/5540001234' }],
    },
    {
      payload: shopifyTransaction('refund', 6620002222),
      name: 'order_transactions.create',
      events: [{ event: 'order_transactions.refund', kind: 'refunded', moneyMovement: true, amount: '12500.00 EUR', transaction: 'gid://shopify/Order/5540001234' }],
    },
    {
      payload: { id: 7001, email: 'a@example.com', admin_graphql_api_id: 'gid://shopify/Customer/7001' },
      name: 'customers.create',
      events: [{ event: 'unknown', kind: 'other', moneyMovement: false, transaction: 'gid://shopify/Customer/7001' }],
    },
  ],
  'square': [
    {
      payload: squareEvent('event-1', 'payment.updated', 'payment', {
        id: 'PAYMENT1', status: 'COMPLETED', amount_money: { amount: 1250000, currency: 'USD' }, total_money: { amount: 1250000, currency: 'USD' }, source_type: 'CARD',
      }),
      events: [{ event: 'payment.updated', kind: 'captured', moneyMovement: true, amount: '12500.00 USD', transaction: 'PAYMENT1' }],
    },
    {
      payload: squareEvent('event-2', 'dispute.created', 'dispute', {
        id: 'DISPUTE1', state: 'EVIDENCE_REQUIRED', amount_money: { amount: 500, currency: 'JPY' }, disputed_payment: { payment_id: 'PAYMENT1' },
      }),
      events: [{ event: 'dispute.created', kind: 'disputed', moneyMovement: true, amount: '500 JPY', transaction: 'PAYMENT1' }],
    },
    {
      payload: squareEvent('event-3', 'customer.created', 'customer', { id: 'CUSTOMER1', given_name: 'A' }),
      events: [{ event: 'customer.created', kind: 'other', moneyMovement: false, transaction: 'CUSTOMER1' }],
    },
  ],
  'standard-webhooks': [
    {
      payload: { type: 'payment.captured', timestamp: '2026-01-31T12:00:00Z', data: { id: 'p-1', amount: 1250000, currency: 'EUR' } },
      name: 'msg_own_1',
      events: [{ event: 'payment.captured', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'p-1' }],
    },
    {
      payload: { type: 'payment.refunded', timestamp: '2026-01-31T12:00:00Z', data: { id: 'p-1', amount: '500', currency: 'JPY' } },
      name: 'msg_own_2',
      events: [{ event: 'payment.refunded', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'p-1' }],
    },
    {
      payload: { type: 'contact.created', timestamp: '2026-01-31T12:00:00Z', data: { id: 'c-1' } },
      name: 'msg_own_3',
      events: [{ event: 'contact.created', kind: 'other', moneyMovement: false, transaction: 'c-1' }],
    },
  ],
  'stripe': [
    {
      payload: stripeEvent('evt_own_1', 'charge.succeeded', {
        id: 'ch_own', object: 'charge', amount: 1250000, amount_captured: 1250000, captured: true, currency: 'eur', customer: 'cus_own', payment_intent: 'pi_own', status: 'succeeded',
      }),
      events: [{ event: 'charge.succeeded', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'pi_own' }],
    },
    {
      payload: stripeEvent('evt_own_2', 'refund.created', { id: 're_own', object: 'refund', amount: 500, currency: 'jpy', charge: 'ch_own', payment_intent: 'pi_own', status: 'succeeded' }),
      events: [{ event: 'refund.created', kind: 'refunded', moneyMovement: true, amount: '500 JPY', transaction: 'pi_own' }],
    },
    {
      payload: stripeEvent('evt_own_3', 'customer.updated', { id: 'cus_own', object: 'customer', email: 'a@example.com' }),
      events: [{ event: 'customer.updated', kind: 'other', moneyMovement: false, transaction: 'cus_own' }],
    },
  ],
};
