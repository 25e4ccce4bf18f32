import { createHmac } from 'node:crypto';
import { alteredIn, otherCharacter, otherText, withHeader } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload, type SignedWebhook } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig } from '../shared/samples/sample-signing';

const HEADER = 'Event-Signature';
const PREFIX = '1/SHA256/';
const SECRET = 'a-shared-secret-of-worldpay';

const worldpayEvent = (type: string, details: object, classification = 'payment') => ({
  eventId: `own-${type}`,
  eventTimestamp: '2026-01-31T12:00:00.000Z',
  eventDetails: {
    classification,
    downstreamReference: '3378792436',
    transactionReference: 'order-1001',
    type,
    date: '2026-01-31',
    ...details,
    _links: { payment: { href: '' } },
  },
});
const worldpayAmount = (value: number, currencyCode = 'EUR') => ({ amount: { value, currencyCode } });
const outcome = (type: string, details: object = {}, classification?: string): SamplePayload => ({
  payload: worldpayEvent(type, details, classification),
});
const withMac = (webhook: SignedWebhook, change: (signature: string) => string) => (
  withHeader(webhook, HEADER, PREFIX + change(webhook.headers[HEADER].slice(PREFIX.length)))
);

export const samples = {
  config: providerConfig('worldpay'),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: [HEADER],

  sign(payload, { secret = SECRET } = {}) {
    return { body: payload, headers: { ...JSON_TYPE, [HEADER]: PREFIX + createHmac('sha256', secret).update(payload).digest('hex') } };
  },

  altered: (webhook, change) => [
    ...alteredIn()(webhook, change),
    withMac(webhook, (signature) => otherCharacter(signature, change)),
  ],

  // The number of the key is not signed, and there can be a signature by another key.
  unsignedChanges: (webhook) => {
    const signature = webhook.headers[HEADER].slice(PREFIX.length);
    return [`2/SHA256/${signature}`, `2/SHA256/${'0'.repeat(64)},1/SHA256/${signature}`].map((value) => withHeader(webhook, HEADER, value));
  },

  events: [
    {
      payload: worldpayEvent('sentForSettlement', { ...worldpayAmount(1250000), merchant: { entity: 'default' } }),
      events: [{
        event: 'payment.sentForSettlement',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'order-1001',
        carried: { account: 'default', reference: 'order-1001' },
      }],
    },
    {
      payload: worldpayEvent('authorized', {
        ...worldpayAmount(1250000), paymentInstrument: { cardBin: '555555', lastFour: '5555', countryCode: 'GB', cardBrand: 'visa' },
      }),
      events: [{
        event: 'payment.authorized',
        kind: 'authorized',
        moneyMovement: false,
        amount: '12500.00 EUR',
        transaction: 'order-1001',
        carried: { reference: 'order-1001', paymentMethod: 'visa', cardCountry: 'GB', cardBin: '555555' },
      }],
    },
    {
      payload: worldpayEvent('sentForRefund', { ...worldpayAmount(500), reference: 'refund-1' }),
      events: [{ event: 'payment.sentForRefund', kind: 'refunded', moneyMovement: true, amount: '5.00 EUR', transaction: 'order-1001' }],
    },
    {
      payload: worldpayEvent('disbursed', worldpayAmount(700), 'payout'),
      events: [{ event: 'payout.disbursed', kind: 'paid-out', moneyMovement: true, amount: '7.00 EUR', transaction: 'order-1001' }],
    },
    {
      // A payment method of Klarna: the country is the customer's.
      payload: worldpayEvent('tokenCreated', { paymentInstrument: { method: 'klarna', countryCode: 'GB' } }),
      events: [{
        event: 'payment.tokenCreated',
        kind: 'other',
        moneyMovement: false,
        transaction: 'order-1001',
        carried: { reference: 'order-1001', paymentMethod: 'klarna' },
      }],
    },
  ],

  outcomes: {
    declined: [outcome('refused')],
    failed: [
      outcome('refused', { octReference: '12345' }), outcome('refused', {}, 'payout'), outcome('error'), outcome('refundFailed'), outcome('settlementFailed'),
    ],
    canceled: ['cancelled', 'cancelledByCustomer', 'expired', 'requestExpired'].map((type) => outcome(type)),
    others: [outcome('pending', {}, 'payout')],
  },

  flows: [
    {
      name: 'a payment with a partial refund and a dispute',
      payloads: [
        worldpayEvent('sentForAuthorization', worldpayAmount(500)),
        worldpayEvent('authorized', worldpayAmount(500)),
        worldpayEvent('sentForSettlement', worldpayAmount(500)),
        worldpayEvent('settled', worldpayAmount(500)),
        worldpayEvent('sentForRefund', worldpayAmount(200)),
        worldpayEvent('refunded', worldpayAmount(200)),
        worldpayEvent('informationRequested', worldpayAmount(300), 'chargeback'),
      ],
      movements: ['payment.sentForSettlement 5.00 EUR', 'payment.sentForRefund 2.00 EUR', 'chargeback.informationRequested 3.00 EUR'],
    },
    {
      name: 'a canceled authorization',
      payloads: ['authorized', 'cancelled'].map((type) => worldpayEvent(type, worldpayAmount(500))),
      movements: [],
    },
    {
      name: 'a payout',
      payloads: ['pending', 'disbursed'].map((type) => worldpayEvent(type, worldpayAmount(500), 'payout')),
      movements: ['payout.disbursed 5.00 EUR'],
    },
  ],

  minorUnits: {
    payload: (currency) => worldpayEvent('sentForSettlement', worldpayAmount(123456, currency)),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: worldpayEvent('authorized', { paymentInstrument: { cardBin: PLANTED.cardNumber }, shopperEmail: PLANTED.email }),
    cardBin: PLANTED.cardBin,
  }],
} satisfies ProviderSamples;
