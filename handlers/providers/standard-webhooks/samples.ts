import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { FieldsConfig } from '../../../src/private/contract';
import { BASE64, alteredIn, otherCode } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, succeeds, unixSeconds } from '../shared/samples/sample-signing';

const PREFIX = 'whsec_';
const SECRET = `${PREFIX}MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`;
const HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

const FIELDS: FieldsConfig = {
  transactionId: 'data.id',
  eventName: 'type',
  eventTime: 'timestamp',
  amount: 'data.amount',
  currency: 'data.currency',
  cardBin: 'data.card',
  email: 'data.email',
  kinds: { 'payment.captured': 'captured', 'payment.refunded': 'refunded', 'contact.created': 'other' },
};
/** The body is the canonical transaction. */
const CANONICAL = { fields: undefined };

const canonicalOutcome = (kind: string, more: object = {}): SamplePayload => ({ payload: { transaction_id: 'o1', kind, ...more }, config: CANONICAL });

export const samples = {
  config: providerConfig('standard-webhooks', { fields: FIELDS }),
  secret: SECRET,
  otherSecret: (change) => `${PREFIX}${otherCode(SECRET.slice(PREFIX.length), change, BASE64)}`,
  signatureHeaders: HEADERS,
  altered: alteredIn(...HEADERS),

  /** The name is the identifier of the event. The library signs text. */
  sign(payload, { name = 'msg_1', at = new Date(), secret = SECRET } = {}) {
    const time = String(unixSeconds(at));
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    const signature = isUtf8(payload)
      ? new Webhook(secret).sign(name, at, payload.toString())
      : `v1,${createHmac('sha256', key).update(`${name}.${time}.`).update(payload).digest('base64')}`;
    return { body: payload, headers: { 'webhook-id': name, 'webhook-timestamp': time, 'webhook-signature': signature } };
  },

  libraryAccepts: ({ body, headers }, secret) => succeeds(() => new Webhook(secret).verify(body.toString(), { ...headers }) !== undefined),

  events: [
    {
      payload: { type: 'payment.captured', timestamp: '2026-01-31T12:00:00Z', data: { id: 'p-1', amount: 1250000, currency: 'EUR' } },
      name: 'msg_own_1',
      events: [{ event: 'payment.captured', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'p-1', carried: {} }],
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

  outcomes: { declined: [canonicalOutcome('failed')], failed: [], canceled: [canonicalOutcome('canceled')], others: [canonicalOutcome('captured')] },

  minorUnits: {
    payload: (currency) => ({ type: 'payment.captured', data: { id: 'p-1', amount: 1250, currency } }),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [
    {
      payload: { type: 'payment.captured', data: { id: 'i1', amount: 500, card: PLANTED.cardNumber, email: PLANTED.email } },
      cardBin: PLANTED.cardBin,
      emailDomain: PLANTED.emailDomain,
      email: PLANTED.emailContact,
      contact: PLANTED.emailContact,
    },
    // Canonical bodies that break the schema.
    canonicalOutcome('captured', { card_bin: PLANTED.cardNumber, email_domain: PLANTED.emailDomain }),
    canonicalOutcome('captured', { card_bin: PLANTED.cardBin, email_domain: PLANTED.email }),
  ],

  metadata: [
    {
      payload: { type: 'payment.captured', data: { id: 'p-1', meta: { cart: 'cart-7', channel: 'app', other: 'o' } } },
      config: { fields: { ...FIELDS, metadata: 'data.meta', metadataKeys: ['cart', 'channel'] } },
      metadata: { cart: 'cart-7', channel: 'app' },
    },
    { ...canonicalOutcome('captured', { metadata: { cart: 'cart-7', channel: 'app' } }), metadata: { cart: 'cart-7', channel: 'app' } },
    canonicalOutcome('captured', { metadata: {} }),
  ],
} satisfies ProviderSamples;
