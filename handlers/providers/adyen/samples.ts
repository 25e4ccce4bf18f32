import { isUtf8 } from 'node:buffer';
import { createHmac } from 'node:crypto';
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator';
import { HEX, alteredIn, otherCharacter, otherCode } from '../shared/samples/changes';
import { PLANTED, type ProviderSamples, type SamplePayload, type SignedWebhook } from '../shared/samples/provider-samples';
import { JSON_TYPE, providerConfig, succeeds } from '../shared/samples/sample-signing';

const KEY = '1d7f0c2b59e8a46310f2c5d7b84e9a6036c1f5d2870b4e9acd1357902468bedf';
const HEADER = 'HmacSignature';
/** The signed fields of an item, in the order of the signed text. */
const SIGNED_FIELDS = [
  'pspReference', 'originalReference', 'merchantAccountCode', 'merchantReference', 'value', 'currency', 'eventCode', 'success',
] as const;

export type NotificationItem = Parameters<HmacValidator['validateHMAC']>[0];
interface AdyenNotification {
  readonly notificationItems?: { readonly NotificationRequestItem: NotificationItem }[];
}

const library = new HmacValidator();

export const adyenItem = (pspReference: string, eventCode: string, more: object = {}) => ({
  additionalData: { cardSummary: '1111', authCode: '064668' },
  amount: { currency: 'EUR', value: 1250000 },
  eventCode,
  eventDate: '2026-01-31T13:00:00+01:00',
  merchantAccountCode: 'AMerchant',
  merchantReference: 'order-1',
  originalReference: 'PSP0000000000001',
  paymentMethod: 'visa',
  pspReference,
  reason: '',
  success: 'true',
  ...more,
});
const batchOf = (...items: object[]) => ({ live: 'true', notificationItems: items.map((item) => ({ NotificationRequestItem: item })) });
const first = { originalReference: undefined };
const succeeded = (eventCode: string): SamplePayload => ({ payload: adyenItem('psp1', eventCode) });
const notSucceeded = (eventCode: string): SamplePayload => ({ payload: adyenItem('psp1', eventCode, { success: 'false' }) });

/** A batch of items, signed or not. */
export function notificationBatch(envelope: object, items: readonly NotificationItem[]): SignedWebhook {
  const notificationItems = items.map((item) => ({ NotificationRequestItem: item }));
  return { body: Buffer.from(JSON.stringify({ ...envelope, notificationItems })), headers: JSON_TYPE };
}

export function withSignature(item: NotificationItem, hmacSignature: string): NotificationItem {
  return { ...item, additionalData: { ...item.additionalData, hmacSignature } };
}

/** A batch whose items are signed one by one. Undefined if the library cannot sign them. */
function signedItems(payload: Buffer, key: string): SignedWebhook | undefined {
  try {
    const json = JSON.parse(payload.toString()) as AdyenNotification & NotificationItem;
    const items = json.notificationItems?.map(({ NotificationRequestItem: item }) => item) ?? (json.eventCode ? [json] : undefined);
    return items && notificationBatch(
      json.notificationItems ? json : { live: 'false' },
      // The library throws if an item has no amount. Its two fields are empty then.
      items.map((item) => withSignature(item, library.calculateHmac({ ...item, amount: item.amount ?? {} }, key))),
    );
  } catch {
    return undefined;
  }
}

/** A webhook of the platform, which is signed as a whole. The library signs text. */
function signedWhole(payload: Buffer, key: string): SignedWebhook {
  const signature = isUtf8(payload)
    ? library.calculateHmac(payload.toString(), key)
    : createHmac('sha256', Buffer.from(key, 'hex')).update(payload).digest('base64');
  return { body: payload, headers: { ...JSON_TYPE, Protocol: 'HmacSHA256', [HEADER]: signature } };
}

function itemsOf({ body }: SignedWebhook): NotificationItem[] {
  return (JSON.parse(body.toString()) as Required<AdyenNotification>).notificationItems.map(({ NotificationRequestItem: item }) => item);
}

const classicPayout = (statusCode: string, more: object = {}) => ({
  eventType: 'ACCOUNT_HOLDER_PAYOUT',
  eventDate: '2026-01-31T13:00:00+01:00',
  executingUserKey: 'Payout',
  live: true,
  pspReference: 'PSP0000000000009',
  content: {
    accountCode: 'AC0000000001',
    accountHolderCode: 'AH0000000001',
    amounts: [{ currency: 'EUR', value: 1250000 }],
    merchantReference: 'payout-1',
    status: { statusCode },
    ...more,
  },
});

export const samples = {
  config: providerConfig('adyen'),
  secret: KEY,
  otherSecret: (change) => otherCode(KEY, change, HEX),
  signatureHeaders: [],

  sign: (payload, { secret = KEY } = {}) => signedItems(payload, secret) ?? signedWhole(payload, secret),

  libraryAccepts: (webhook, secret) => succeeds(() => webhook.headers[HEADER] === undefined
    ? itemsOf(webhook).every((item) => library.validateHMAC({ ...item, amount: item.amount ?? {} }, secret))
    : library.validateHMACSignature(secret, webhook.headers[HEADER], webhook.body.toString())),

  libraryDecodesLoosely: true,

  altered(webhook, change) {
    if (webhook.headers[HEADER] !== undefined) {
      return alteredIn(HEADER)(webhook, change);
    }
    const { notificationItems: _, ...envelope } = JSON.parse(webhook.body.toString()) as AdyenNotification;
    const [item, ...others] = itemsOf(webhook);
    const other = (value: unknown) => otherCharacter(String(value ?? ' '), change);
    return [
      ...SIGNED_FIELDS.map((name) => name === 'value' || name === 'currency'
        ? { ...item, amount: { ...item.amount, [name]: other(item.amount[name]) } }
        : { ...item, [name]: other(item[name]) }),
      withSignature(item, other(item.additionalData!.hmacSignature)),
    ].map((altered) => notificationBatch(envelope, [altered, ...others]));
  },

  unsignedChanges(webhook) {
    if (webhook.headers[HEADER] !== undefined) {
      return [];
    }
    const notificationItems = itemsOf(webhook).map(({ additionalData, ...item }) => ({
      other: true,
      NotificationRequestItem: {
        note: 'other',
        ...item,
        additionalData: { ...additionalData, cardSummary: '9999' },
        eventDate: '2030-01-01T00:00:00+00:00',
        reason: 'other',
        paymentMethod: 'other',
        operations: ['REFUND'],
      },
    }));
    return [{ ...webhook, body: Buffer.from(JSON.stringify({ live: 'false', other: 1, notificationItems }, undefined, 2)) }];
  },

  events: [
    {
      payload: batchOf(adyenItem('PSP0000000000001', 'AUTHORISATION', first)),
      events: [{
        event: 'AUTHORISATION',
        kind: 'authorized',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'PSP0000000000001',
        carried: { status: 'succeeded', account: 'AMerchant', reference: 'order-1' },
      }],
    },
    {
      payload: batchOf(adyenItem('PSP0000000000002', 'CAPTURE'), adyenItem('PSP0000000000003', 'REFUND', { amount: { currency: 'EUR', value: 5 } })),
      events: [
        { event: 'CAPTURE', kind: 'captured', moneyMovement: false, amount: '12500.00 EUR', transaction: 'PSP0000000000001' },
        { event: 'REFUND', kind: 'refunded', moneyMovement: true, amount: '0.05 EUR', transaction: 'PSP0000000000001' },
      ],
    },
    {
      payload: { type: 'balancePlatform.accountHolder.updated', environment: 'live', timestamp: '2026-01-31T12:00:00Z', data: { id: 'AH1', status: 'active' } },
      events: [{ event: 'balancePlatform.accountHolder.updated', kind: 'other', moneyMovement: false, transaction: 'AH1' }],
    },
    {
      payload: classicPayout('Confirmed'),
      events: [{
        event: 'ACCOUNT_HOLDER_PAYOUT',
        kind: 'paid-out',
        moneyMovement: true,
        amount: '12500.00 EUR',
        transaction: 'PSP0000000000009',
        carried: { status: 'Confirmed', account: 'AH0000000001', reference: 'payout-1' },
      }],
    },
  ],

  outcomes: {
    declined: ['AUTHORISATION', 'AUTHORISATION_ADJUSTMENT'].map(notSucceeded),
    failed: [...['REFUND', 'PAYOUT_THIRDPARTY', 'CAPTURE'].map(notSucceeded), ...['CAPTURE_FAILED', 'PAYOUT_DECLINE', 'REFUND_FAILED'].map(succeeded), { payload: classicPayout('Failed') }, { payload: { eventType: 'PAYMENT_FAILURE' } }],
    canceled: ['CANCELLATION', 'EXPIRE', 'OFFER_CLOSED'].map(succeeded),
    others: [succeeded('AUTHORISATION')],
  },

  flows: [{
    name: 'a payment',
    payloads: [
      batchOf(adyenItem('PSP1', 'AUTHORISATION', first)),
      batchOf(adyenItem('PSP2', 'CAPTURE', { originalReference: 'PSP1' }), adyenItem('PSP3', 'ORDER_CLOSED', first)),
      { type: 'balancePlatform.transfer.updated', environment: 'live', data: { id: 'T1', type: 'capture', status: 'captured', amount: { value: 500, currency: 'EUR' } } },
    ],
    movements: ['AUTHORISATION 12500.00 EUR'],
  }, {
    name: 'a chargeback that is won and lost again',
    payloads: ['NOTIFICATION_OF_CHARGEBACK', 'CHARGEBACK', 'CHARGEBACK_REVERSED', 'SECOND_CHARGEBACK'].map((eventCode, index) => (
      batchOf(adyenItem(`PSP${index}`, eventCode, { originalReference: 'PSP1' }))
    )),
    movements: ['CHARGEBACK 12500.00 EUR', 'SECOND_CHARGEBACK 12500.00 EUR'],
  }, {
    name: 'a payout of a classic platform, and one that is returned',
    payloads: [
      { eventType: 'TRANSFER_FUNDS', live: true, pspReference: 'PSP1', content: { amount: { currency: 'EUR', value: 500 }, status: { statusCode: 'Success' } } },
      classicPayout('Initiated'),
      classicPayout('Confirmed'),
      { ...classicPayout('Confirmed'), eventType: 'PAYOUT_CONFIRMED' },
      classicPayout('Initiated', { merchantReference: 'payout-2' }),
      classicPayout('Failed', { merchantReference: 'payout-2' }),
    ],
    movements: ['ACCOUNT_HOLDER_PAYOUT 12500.00 EUR'],
  }, {
    name: 'two partial captures, a refund that fails, and a cancellation that becomes a refund',
    payloads: [
      batchOf(adyenItem('PSP1', 'AUTHORISATION', first)),
      batchOf(adyenItem('PSP2', 'CAPTURE', { originalReference: 'PSP1', amount: { currency: 'EUR', value: 100 } })),
      batchOf(adyenItem('PSP3', 'CAPTURE', { originalReference: 'PSP1', amount: { currency: 'EUR', value: 200 } })),
      batchOf(adyenItem('PSP4', 'REFUND', { originalReference: 'PSP1', success: 'false' })),
      batchOf(adyenItem('PSP5', 'CANCEL_OR_REFUND', { originalReference: 'PSP1' })),
    ],
    movements: ['AUTHORISATION 12500.00 EUR'],
  }, {
    name: 'a payment that is declined',
    payloads: [
      batchOf(adyenItem('PSP1', 'AUTHORISATION', { ...first, success: 'false' })),
    ],
    movements: [],
    declines: 1,
  }],

  minorUnits: {
    payload: (currency) => adyenItem('psp1', 'AUTHORISATION', { amount: { currency, value: 1000 } }),
    exponents: { USD: 2, JPY: 0, KWD: 3, CLP: 2, CVE: 0, IDR: 0, ISK: 2 },
  },

  // Only the items' signed fields are read, and these contain no personal data.
  personalData: [
    { payload: adyenItem('psp1', 'AUTHORISATION', { additionalData: { cardBin: PLANTED.cardNumber, shopperEmail: PLANTED.email } }) },
    { payload: { type: 'any', data: { id: 'i1', cardBin: PLANTED.cardNumber, email: PLANTED.email } } },
    { payload: { eventType: 'ACCOUNT_HOLDER_CREATED', content: { accountHolderDetails: { cardBin: PLANTED.cardNumber, email: PLANTED.email } } } },
  ],

  references: [
    { payload: { type: 'any', data: { id: 'T1', reference: 'transfer-1', balancePlatform: 'Platform1' } }, reference: 'transfer-1', account: 'Platform1' },
    { payload: { eventType: 'ACCOUNT_CREATED', content: { accountCode: 'AC1' } }, account: 'AC1' },
    { payload: { eventType: 'PAYMENT_FAILURE', content: { paymentMerchantReference: 'order-1' } }, reference: 'order-1' },
  ],
} satisfies ProviderSamples;
