import { normalizeMapped } from '../../../../handlers/providers/shared/mapped-transaction';
import { mappedEvents } from '../../../../handlers/providers/shared/simulators/mapped-events';
import type { FieldsConfig, ProviderConfig } from '../../../../src/private/contract';

const PAYMENT = {
  id: '0123456789ab', eventId: 'ba9876543210', minor: 1_250n, exponent: 2, currency: 'EUR', customer: 'customer-42', reference: 'order-1001', at: new Date('2026-01-31T12:00:00.000Z'), live: true,
};
const configOf = (fields: FieldsConfig): ProviderConfig => ({ name: 'shop', scheme: 'hmac', secretArns: [], fields });
const bodyOf = (fields: FieldsConfig, name?: string) => {
  const events = mappedEvents({ fields });
  return events[name ?? Object.keys(events)[0]].body(PAYMENT, configOf(fields));
};
const read = (fields: FieldsConfig) => normalizeMapped(Buffer.from(JSON.stringify(bodyOf(fields))), fields).fields;

test('begins with money movements, and ends with events that are not about money', () => {
  const fields: FieldsConfig = { kinds: { 'shop.opened': 'other', 'order.failed': 'failed', 'order.refunded': 'refunded', 'order.approved': 'authorized', 'order.paid': 'captured' } };

  expect(Object.entries(mappedEvents({ fields })).map(([name, { kind }]) => `${name} ${kind}`)).toEqual([
    'order.paid captured', 'order.refunded refunded', 'order.approved authorized', 'order.failed failed', 'shop.opened other',
  ]);
});

test('has the events that the user chose as money movements', () => {
  const fields: FieldsConfig = { kinds: { 'order.failed': 'failed' } };

  expect(Object.keys(mappedEvents({ fields, moneyMovementEvents: ['order.sold'] }))).toEqual(['order.failed', 'order.sold']);
  expect(Object.keys(mappedEvents({ fields: {}, moneyMovementEvents: ['order.sold'] }))).toEqual(['order.sold']);
});

test('has one event if the user lists no names', () => {
  const { payment } = mappedEvents({ fields: { transactionId: 'id' } });

  expect(payment).toMatchObject({ kind: 'other', omits: ['amount', 'currency', 'customer', 'reference'] });
  expect(payment.body(PAYMENT, configOf({}))).toEqual({ id: 'payment-0123456789ab' });
});

test('writes all fields where the user reads them', () => {
  const fields: FieldsConfig = {
    transactionId: 'data.items.0.id',
    eventId: 'data.items.1.event',
    eventName: 'type',
    eventTime: 'at',
    amount: 'data.total',
    amountUnit: 'major',
    currency: 'data.currency',
    live: 'live',
    customerId: 'buyer.id',
    reference: 'data.meta.order',
    status: 'data.status',
    account: 'shop',
    paymentMethod: 'method',
    country: 'buyer.country',
    cardCountry: 'card.country',
    cardBin: 'card.bin',
    email: 'buyer.email',
    phone: 'buyer.phone',
    metadata: 'data.meta',
    metadataKeys: ['cart', 'order', 'shop.name'],
    kinds: { 'order.paid': 'captured' },
  };

  expect(read(fields)).toMatchObject({
    transactionId: 'payment-0123456789ab',
    eventId: 'ba987654-3210-4000-8000-ba9876543210',
    eventName: 'order.paid',
    kind: 'captured',
    live: true,
    money: { minor: 1_250n, exponent: 2 },
    currency: 'EUR',
    customerId: 'customer-42',
    reference: 'order-1001',
    status: 'captured',
    account: 'simulated-account',
    paymentMethod: 'card',
    country: 'DE',
    cardCountry: 'DE',
    cardBin: '411111',
    emailDomain: 'example.com',
    eventTime: PAYMENT.at,
    metadata: { 'cart': 'example', 'order': 'order-1001', 'shop.name': 'example' },
  });
});

test('writes the first of two values whose paths exclude each other', () => {
  expect(bodyOf({ transactionId: 'order', reference: 'order.number', account: 'order' })).toEqual({ order: 'payment-0123456789ab' });
});

test('writes names that objects have by themselves', () => {
  const fields: FieldsConfig = { transactionId: '__proto__.id', reference: 'constructor', amount: 'items.1000' };

  expect(JSON.stringify(bodyOf(fields))).toBe('{"__proto__":{"id":"payment-0123456789ab"},"items":{"1000":1250},"constructor":"order-1001"}');
});
