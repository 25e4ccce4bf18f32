import { createHmac } from 'node:crypto';
import { lemonSqueezy } from '.';
import { samples } from './samples';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { Headers } from '../shared/samples/provider-samples';

const BODY = Buffer.from('{"meta":{"event_name":"order_created"},"data":{}}');
const sign = (encoding: 'hex' | 'base64') => createHmac('sha256', samples.secret).update(BODY).digest(encoding);
const read = (body: unknown) => lemonSqueezy.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
const eventOf = (name: string, attributes: object, type = 'orders') => ({ meta: { event_name: name }, data: { type, id: '1', attributes: { currency: 'USD', ...attributes } } });

describeProviderContract(samples);

test.each<[Headers, string]>([
  [{ 'X-Signature': sign('hex') }, 'authentic'],
  [{ 'X-Signature': sign('base64') }, 'signature_malformed'],
  [{ Authorization: samples.secret }, 'signature_missing'],
])('answers the headers %j with %s', (headers, result) => {
  expect(lemonSqueezy.verify(request({ body: BODY, headers }), [samples.secret], context(samples.config, new Date()))).toBe(result);
});

test('marks events of test mode, which Lemon Squeezy signs', () => {
  expect(read(eventOf('order_created', { test_mode: true })).fields.live).toBe(false);
  expect(read(eventOf('order_created', {})).fields.live).toBe(true);
});

test('reads the total of an old refund without a refunded amount', () => {
  expect(read(eventOf('order_refunded', { status: 'refunded', total: 999 })).fields.money).toEqual({ minor: 999n, exponent: 2 });
});

test('never counts the first invoice of a subscription, neither its payment nor its refund', () => {
  const invoice = { total: 999, refunded_amount: 999, billing_reason: 'initial' };

  expect(['subscription_payment_success', 'subscription_payment_refunded'].map((name) => read(eventOf(name, invoice)).fields.movesNothing)).toEqual([true, true]);
});

test('reads the transactions of resources with equal ids as different', () => {
  expect(read(eventOf('order_created', {})).fields.transactionId).not.toBe(read(eventOf('subscription_payment_success', {}, 'subscription-invoices')).fields.transactionId);
});

test('reads the transaction only of an object with a type and an id', () => {
  expect(read({ meta: { event_name: 'order_created' }, data: { id: '1' } }).fields.transactionId).toBeUndefined();
  expect(read({ meta: { event_name: 'order_created' }, data: { type: 'orders' } }).fields.transactionId).toBeUndefined();
});

test('reads the time of the last change, which is that of the event', () => {
  const times = { created_at: '2026-01-30T12:00:00.000000Z', updated_at: '2026-01-31T12:00:00.000000Z' };

  expect(read(eventOf('order_refunded', times)).fields.eventTime).toEqual(new Date('2026-01-31T12:00:00Z'));
});

test.each<[unknown]>([[{}], [null], ['text'], [[]], [{ meta: { event_name: 'order_created' } }], [{ data: {} }]])('does not parse %j', (body) => {
  expect(read(body)).toMatchObject({ parsed: false, fields: { kind: 'other', moneyMovement: false } });
});

test.each([12.5, '12.50', {}, 2 ** 60])('does not parse the amount %p, but the other fields', (total) => {
  expect(read(eventOf('order_created', { total, status: 'paid' }))).toMatchObject({ parsed: false, fields: { status: 'paid', currency: 'USD', money: undefined } });
});
