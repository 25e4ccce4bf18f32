import { createHmac } from 'node:crypto';
import type { FieldsConfig } from '../../../src/private/contract';
import { alteredIn, otherText } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload } from '../shared/samples/provider-samples';
import { providerConfig, unixSeconds } from '../shared/samples/sample-signing';

const SIGNATURE_HEADER = 'X-Shop-Signature';
const TIME_HEADER = 'X-Shop-Time';
const SECRET = 'It is a secret to everybody';

const FIELDS: FieldsConfig = {
  transactionId: 'order.id',
  eventId: 'id',
  eventName: 'type',
  eventTime: 'at',
  amount: 'order.total',
  amountUnit: 'major',
  currency: 'order.currency',
  status: 'order.status',
  account: 'shop',
  reference: 'order.number',
  customerId: 'buyer.id',
  paymentMethod: 'order.method',
  country: 'buyer.country',
  cardCountry: 'card.country',
  cardBin: 'card.number',
  email: 'buyer.email',
  phone: 'buyer.phone',
  kinds: {
    'order.paid': 'captured', 'order.failed': 'failed', 'order.rejected': 'failed', 'order.lapsed': 'canceled', 'order.refunded': 'refunded',
  },
};

const outcome = (type: string): SamplePayload => ({ payload: { id: 'e-1', type, order: { id: 'o-1' } } });

export const samples = {
  config: providerConfig('hmac', {
    hmac: { signatureHeader: SIGNATURE_HEADER, algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', timestampHeader: TIME_HEADER }, fields: FIELDS,
  }),
  secret: SECRET,
  otherSecret: otherText(SECRET),
  signatureHeaders: [SIGNATURE_HEADER, TIME_HEADER],
  altered: alteredIn(SIGNATURE_HEADER, TIME_HEADER),

  sign(payload, { at = new Date(), secret = SECRET } = {}) {
    const time = String(unixSeconds(at));
    const signature = createHmac('sha256', secret).update(`${time}.`).update(payload).digest('hex');
    return { body: payload, headers: { [TIME_HEADER]: time, [SIGNATURE_HEADER]: `sha256=${signature}` } };
  },

  events: [
    {
      payload: {
        id: 'e-1',
        type: 'order.paid',
        at: '2026-01-31T12:00:00Z',
        shop: 'shop-eu',
        order: { id: 'o-1', total: '12500.00', currency: 'EUR', status: 'paid', number: '1001', method: 'card' },
        buyer: { id: 'b-1', country: 'DE', email: 'Someone@Mail.example' },
        card: { country: 'FR', number: '424242' },
      },
      events: [{
        event: 'order.paid',
        kind: 'captured',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'o-1',
        carried: {
          status: 'paid',
          account: 'shop-eu',
          reference: '1001',
          customerId: 'b-1',
          paymentMethod: 'card',
          country: 'DE',
          cardCountry: 'FR',
          cardBin: '424242',
          emailDomain: 'mail.example',
        },
      }],
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

  outcomes: { declined: [outcome('order.rejected')], failed: [], canceled: [outcome('order.lapsed')], others: [outcome('order.paid')] },

  minorUnits: {
    payload: (currency) => ({ id: 'e-1', type: 'order.paid', order: { id: 'o-1', total: 500, currency } }),
    exponents: { EUR: 2, JPY: 0, KWD: 3 },
  },

  personalData: [{
    payload: { id: 'i1', type: 'order.paid', order: { total: 5 }, card: { number: PLANTED.cardNumber }, buyer: { email: PLANTED.email } },
    cardBin: PLANTED.cardBin,
    emailDomain: PLANTED.emailDomain,
    email: PLANTED.emailContact,
    contact: PLANTED.emailContact,
  }, {
    payload: { id: 'i1', buyer: { phone: PLANTED.phone } },
    contact: PLANTED.phoneContact,
  }],

  metadata: [
    {
      payload: { id: 'e-1', type: 'order.paid', order: { id: 'o-1', meta: { 'cart': 7, 'shop.name': 'main', 'secret': 's', 'list': [] } } },
      config: { fields: { ...FIELDS, metadata: 'order.meta', metadataKeys: ['cart', 'shop.name', 'list'] } },
      metadata: { 'cart': '7', 'shop.name': 'main' },
      omittedMetadata: ['list'],
    },
  ],
} satisfies ProviderSamples;
