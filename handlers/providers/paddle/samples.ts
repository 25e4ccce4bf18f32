import { createHmac } from 'node:crypto';
import { Paddle } from '@paddle/paddle-node-sdk';
import { alteredIn, otherCharacter, otherText, withHeader } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig, unixSeconds } from '../shared/samples/sample-signing';

const HEADER = 'Paddle-Signature';
const SECRET = 'pdl_own_aSecretOfANotificationDestination';

const paddleEvent = (eventType: string, data: object, id = eventType) => ({
  event_id: `evt_${id}`, event_type: eventType, occurred_at: '2026-01-31T12:00:00.123456Z', notification_id: `ntf_${id}`, data,
});
const paddleTransaction = (grandTotal: string, more: object = {}) => ({
  id: 'txn_own', status: 'completed', customer_id: 'ctm_own', currency_code: 'EUR', details: { totals: { total: grandTotal, grand_total: grandTotal } }, ...more,
});
const adjustment = (action: string, status: string, total: string) => ({
  id: 'adj_own', action, status, transaction_id: 'txn_own', customer_id: 'ctm_own', currency_code: 'EUR', totals: { total },
});
const refundEvent = (name: string, status: string) => paddleEvent(name, adjustment('refund', status, '200'), `${name}.${status}`);
const outcome = (eventType: string, data: object = {}): SamplePayload => ({ payload: paddleEvent(eventType, { ...paddleTransaction('500'), ...data }) });
const adjusted = (action: string, status: string): SamplePayload => ({ payload: paddleEvent('adjustment.updated', adjustment(action, status, '500')) });

export const samples = {
  config: providerConfig('paddle'),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: [HEADER],

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const time = unixSeconds(at);
    const signature = createHmac('sha256', secret).update(`${time}:`).update(payload).digest('hex');
    return { body: payload, headers: { ...JSON_TYPE, [HEADER]: `ts=${time};h1=${signature}` } };
  },

  // The library throws if a part of the header is missing.
  libraryAccepts: async ({ body, headers }, secret) => (
    new Paddle('an-api-key').webhooks.isSignatureValid(body.toString(), secret, headers[HEADER]).catch(() => false)
  ),

  altered: (webhook, change) => {
    const [, time, signature] = /^ts=(\d+);h1=(.+)$/.exec(webhook.headers[HEADER])!;
    return [
      ...alteredIn()(webhook, change),
      withHeader(webhook, HEADER, `ts=${time};h1=${otherCharacter(signature, change)}`),
      withHeader(webhook, HEADER, `ts=${otherCharacter(time, change)};h1=${signature}`),
    ];
  },

  events: [
    {
      payload: paddleEvent('transaction.completed', paddleTransaction('1250000', {
        custom_data: { order_id: 'order-1001' }, payments: [{ status: 'captured', amount: '1250000', method_details: { type: 'card' } }],
      })),
      events: [{
        event: 'transaction.completed',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'txn_own',
        carried: { status: 'completed', reference: 'order-1001', customerId: 'ctm_own', paymentMethod: 'card' },
      }],
    },
    {
      payload: refundEvent('adjustment.updated', 'approved'),
      events: [{ event: 'adjustment.updated', kind: 'refunded', moneyMovement: true, amount: '2.00 EUR', transaction: 'txn_own' }],
    },
    {
      payload: paddleEvent('adjustment.created', adjustment('chargeback', 'approved', '500')),
      events: [{ event: 'adjustment.created', kind: 'disputed', moneyMovement: true, amount: '5.00 EUR', transaction: 'txn_own' }],
    },
    {
      payload: paddleEvent('payout.paid', { id: 'pay_own', status: 'paid', amount: '700', currency_code: 'USD' }),
      events: [{ event: 'payout.paid', kind: 'paid-out', moneyMovement: true, amount: '7.00 USD', transaction: 'pay_own' }],
    },
    {
      payload: paddleEvent('subscription.created', { id: 'sub_own', status: 'active', customer_id: 'ctm_own' }),
      events: [{ event: 'subscription.created', kind: 'other', moneyMovement: false, transaction: 'sub_own' }],
    },
  ],

  outcomes: {
    declined: [outcome('transaction.payment_failed')],
    failed: [adjusted('refund', 'rejected')],
    canceled: [outcome('transaction.canceled', { status: 'canceled' })],
    others: [
      adjusted('refund', 'pending_approval'), adjusted('credit', 'approved'), adjusted('chargeback_warning', 'approved'), adjusted('chargeback_reverse', 'approved'),
      outcome('transaction.past_due'),
    ],
  },

  flows: [
    {
      name: 'a renewal that is declined once, with a refund that Paddle approves, and a chargeback',
      payloads: [
        ...['created', 'billed', 'payment_failed', 'past_due', 'updated', 'paid', 'completed'].map((name) => paddleEvent(`transaction.${name}`, paddleTransaction('500'))),
        refundEvent('adjustment.created', 'pending_approval'),
        refundEvent('adjustment.updated', 'approved'),
        paddleEvent('adjustment.created', adjustment('chargeback_warning', 'approved', '300'), 'warning'),
        paddleEvent('adjustment.created', adjustment('chargeback', 'approved', '300'), 'chargeback'),
        paddleEvent('adjustment.updated', adjustment('chargeback', 'reversed', '300'), 'reversed'),
        paddleEvent('adjustment.created', adjustment('chargeback_reverse', 'approved', '300'), 'reverse'),
      ],
      movements: ['transaction.completed 5.00 EUR', 'adjustment.updated 2.00 EUR', 'adjustment.created 3.00 EUR'],
      declines: 1,
    },
    {
      name: 'a refund that is approved at once, one that is rejected, and a credit',
      payloads: [
        refundEvent('adjustment.created', 'approved'),
        refundEvent('adjustment.updated', 'rejected'),
        paddleEvent('adjustment.created', adjustment('credit', 'approved', '400'), 'credit'),
      ],
      movements: ['adjustment.created 2.00 EUR'],
    },
    {
      name: 'a payout',
      payloads: ['payout.created', 'payout.paid'].map((name) => paddleEvent(name, { id: 'pay_own', amount: '700', currency_code: 'USD' })),
      movements: ['payout.paid 7.00 USD'],
    },
  ],

  minorUnits: {
    payload: (currency) => paddleEvent('transaction.completed', paddleTransaction('123456', { currency_code: currency })),
    exponents: { USD: 2, JPY: 0, KRW: 0 },
  },

  personalData: [{
    payload: paddleEvent('transaction.completed', paddleTransaction('500', {
      customer_id: null, custom_data: { email: PLANTED.email }, payments: [{ method_details: { type: 'card', card: { last4: PLANTED.cardNumber } } }],
    })),
  }],

  references: [{ ...outcome('transaction.completed', { custom_data: { cart: 'cart-7' } }), config: { referenceKey: 'cart' }, reference: 'cart-7' }],

  metadata: [
    {
      ...outcome('transaction.completed', { custom_data: { cart: 'cart-7', items: 3, nested: { a: 1 } } }),
      config: { metadataKeys: ['cart', 'items', 'nested'] },
      metadata: { cart: 'cart-7', items: '3' },
      omittedMetadata: ['nested'],
    },
    { ...outcome('transaction.completed', { custom_data: null }), config: { metadataKeys: ['cart'] } },
  ],
} satisfies ProviderSamples;
