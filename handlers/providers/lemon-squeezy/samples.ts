import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { signedBody } from '../shared/samples/sample-signing';

const lemonSqueezyEvent = (name: string, type: string, attributes: object, customData?: object) => ({
  meta: { event_name: name, custom_data: customData },
  data: { type, id: '1', attributes: { store_id: 2, created_at: '2026-01-31T12:00:00.000000Z', test_mode: false, ...attributes }, relationships: {}, links: {} },
});
const lemonSqueezyOrder = (name: string, attributes: object, customData?: object) => lemonSqueezyEvent(name, 'orders', { currency: 'EUR', identifier: '104e18a2', order_number: 1, ...attributes }, customData);
const lemonSqueezyInvoice = (name: string, attributes: object) => lemonSqueezyEvent(name, 'subscription-invoices', { currency: 'EUR', subscription_id: 1, billing_reason: 'renewal', ...attributes });
const outcome = (payload: object): SamplePayload => ({ payload });

export const samples = {
  ...signedBody('lemon-squeezy', { header: 'X-Signature', secret: 'a lemon and a half' }),

  unsignedChanges: (webhook) => [{ ...webhook, headers: { ...webhook.headers, 'X-Event-Name': 'other' } }],

  events: [
    {
      payload: lemonSqueezyOrder('order_created', {
        status: 'paid', total: 1250000, refunded_amount: 0, customer_id: 3, user_email: 'Someone@Mail.example', updated_at: '2026-01-31T12:00:01.000000Z',
      }, { order_id: 'order-1001' }),
      events: [{
        event: 'order_created',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'orders:1',
        carried: { status: 'paid', account: '2', reference: 'order-1001', customerId: '3', emailDomain: 'mail.example' },
      }],
    },
    {
      payload: lemonSqueezyOrder('order_refunded', { status: 'paid', total: 1250000, refunded_amount: 10000, refunded: false }),
      events: [{ event: 'order_refunded', kind: 'refunded', moneyMovement: true, amount: '100.00 EUR', transaction: 'orders:1' }],
    },
    {
      payload: lemonSqueezyInvoice('subscription_payment_success', { status: 'paid', total: 999, billing_reason: 'initial' }),
      events: [{ event: 'subscription_payment_success', kind: 'captured', moneyMovement: false, amount: '9.99 EUR', transaction: 'subscription-invoices:1' }],
    },
    {
      payload: lemonSqueezyEvent('subscription_created', 'subscriptions', { status: 'on_trial' }),
      events: [{ event: 'subscription_created', kind: 'other', moneyMovement: false, transaction: 'subscriptions:1' }],
    },
  ],

  outcomes: {
    declined: [outcome(lemonSqueezyInvoice('subscription_payment_failed', { status: 'pending' })), outcome(lemonSqueezyOrder('order_created', { status: 'failed' }))],
    failed: [],
    canceled: [outcome(lemonSqueezyInvoice('subscription_payment_failed', { status: 'void' }))],
    others: [outcome(lemonSqueezyOrder('order_created', { status: 'pending' })), outcome(lemonSqueezyOrder('order_refunded', { status: 'refunded' }))],
  },

  flows: [{
    name: 'a subscription: the order, its first invoice, a renewal that is declined and recovered, and refunds',
    payloads: [
      lemonSqueezyOrder('order_created', { status: 'paid', total: 999 }),
      lemonSqueezyInvoice('subscription_payment_success', { status: 'paid', total: 999, billing_reason: 'initial' }),
      lemonSqueezyInvoice('subscription_payment_failed', { status: 'pending', total: 899 }),
      lemonSqueezyInvoice('subscription_payment_success', { status: 'paid', total: 899 }),
      lemonSqueezyInvoice('subscription_payment_recovered', { status: 'paid', total: 899 }),
      lemonSqueezyInvoice('subscription_payment_refunded', { status: 'paid', total: 899, refunded_amount: 200 }),
      lemonSqueezyOrder('order_refunded', { status: 'refunded', total: 999, refunded: true, refunded_amount: 999 }),
    ],
    movements: ['order_created 9.99 EUR', 'subscription_payment_success 8.99 EUR', 'subscription_payment_refunded 2.00 EUR', 'order_refunded 9.99 EUR'],
    declines: 1,
  }, {
    name: 'an order that is not paid yet',
    payloads: [lemonSqueezyOrder('order_created', { status: 'pending', total: 999 })],
    movements: [],
  }],

  minorUnits: {
    payload: (currency) => lemonSqueezyOrder('order_created', { status: 'paid', total: 1500, currency }),
    exponents: { EUR: 2, JPY: 0 },
  },

  personalData: [{
    payload: lemonSqueezyOrder('order_created', { user_name: 'Some One', user_email: PLANTED.email, card_last_four: '7890', note: PLANTED.cardNumber }),
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],

  references: [
    { payload: lemonSqueezyOrder('order_created', {}, { order_id: 1001 }), reference: '1001', account: '2' },
    { payload: lemonSqueezyOrder('order_created', {}, { cart: 'cart-7' }), config: { referenceKey: 'cart' }, reference: 'cart-7', account: '2' },
    { payload: lemonSqueezyOrder('order_created', {}), account: '2' },
  ],

  metadata: [{
    payload: lemonSqueezyOrder('order_created', {}, { cart: 'cart-7', items: 3, gift: false, nested: { a: 1 } }),
    config: { metadataKeys: ['cart', 'items', 'gift', 'nested'] },
    metadata: { cart: 'cart-7', items: '3', gift: 'false' },
    omittedMetadata: ['nested'],
  }],
} satisfies ProviderSamples;
