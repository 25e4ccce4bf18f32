import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { FieldsConfig } from '../../../src/private/contract';
import { alteredIn } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, unixSeconds } from '../shared/samples/sample-signing';

const SIGNATURE_HEADER = 'X-Shop-Signature';
const TIME_HEADER = 'X-Shop-Time';
/** The start of an Ed25519 key in PKCS #8. Any 32 bytes after it are a key. */
const PKCS8_PREFIX = '302e020100300506032b657004220420';

/** The private key of a byte, in hexadecimal PKCS #8. */
const privateKeyOf = (byte: number): string => PKCS8_PREFIX + byte.toString(16).padStart(2, '0').repeat(32);
const ed25519Key = (secret: string) => createPrivateKey({ key: Buffer.from(secret, 'hex'), format: 'der', type: 'pkcs8' });

const SECRET = privateKeyOf(1);

const FIELDS: FieldsConfig = {
  transactionId: 'order.id',
  eventId: 'id',
  eventName: 'type',
  amount: 'order.total',
  currency: 'order.currency',
  cardBin: 'card.number',
  email: 'buyer.email',
  kinds: { 'order.paid': 'captured', 'order.failed': 'failed', 'order.lapsed': 'canceled', 'order.refunded': 'refunded' },
};

const outcome = (type: string): SamplePayload => ({ payload: { id: 'e-1', type, order: { id: 'o-1' } } });

export const samples = {
  config: providerConfig('public-key', {
    secretArns: [],
    signature: { signatureHeader: SIGNATURE_HEADER, encoding: 'base64', timestampHeader: TIME_HEADER },
    publicKeys: [createPublicKey(ed25519Key(SECRET)).export({ format: 'der', type: 'spki' }).toString('base64')],
    fields: FIELDS,
  }),
  secret: SECRET,
  otherSecret: ({ position }) => privateKeyOf(2 + position % 200),
  signatureHeaders: [SIGNATURE_HEADER, TIME_HEADER],
  altered: alteredIn(SIGNATURE_HEADER, TIME_HEADER),

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const time = String(unixSeconds(at));
    const signature = sign(null, Buffer.concat([Buffer.from(`${time}.`), payload]), ed25519Key(secret)).toString('base64');
    return { body: payload, headers: { [TIME_HEADER]: time, [SIGNATURE_HEADER]: signature } };
  },

  events: [
    {
      payload: { id: 'e-1', type: 'order.paid', order: { id: 'o-1', total: 1250000, currency: 'EUR' } },
      events: [{ event: 'order.paid', kind: 'captured', moneyMovement: true, amount: '12500.00 EUR', transaction: 'o-1', carried: {} }],
    },
    {
      payload: { id: 'e-2', type: 'order.refunded', order: { id: 'o-1', total: 10, currency: 'EUR' } },
      events: [{ event: 'order.refunded', kind: 'refunded', moneyMovement: true, amount: '0.10 EUR', transaction: 'o-1' }],
    },
    {
      payload: { id: 'e-3', type: 'order.packed', order: { id: 'o-1' } },
      events: [{ event: 'order.packed', kind: 'other', moneyMovement: false, transaction: 'o-1' }],
    },
  ],

  outcomes: { declined: [outcome('order.failed')], failed: [], canceled: [outcome('order.lapsed')], others: [outcome('order.paid')] },

  minorUnits: {
    payload: (currency) => ({ id: 'e-1', type: 'order.paid', order: { id: 'o-1', total: 500, currency } }),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: { id: 'i1', card: { number: PLANTED.cardNumber }, buyer: { email: PLANTED.email } },
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }],
} satisfies ProviderSamples;
