import { createHmac } from 'node:crypto';
import { paystack } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, payloads } from '../../../test/handlers/support/published';
import { context, request } from '../../../test/handlers/support/webhooks';
import { transactionItem } from '../../ingest/transaction-item';
import { changedByte } from '../shared/samples/changes';
import type { Headers, SignedWebhook } from '../shared/samples/provider-samples';

const SECRET = 'sk_live_0123456789abcdefghijklmnop';
const CONFIG: ProviderConfig = { name: 'paystack', scheme: 'paystack', secretArns: [] };
const AT = new Date('2026-01-31T12:00:00Z');
const BODY = Buffer.from('{"event":"charge.success","data":{"reference":"order-1"}}');

const sign = (body: Buffer, secret = SECRET, algorithm = 'sha512') => createHmac(algorithm, secret).update(body).digest('hex');
const signed = (body: Buffer): SignedWebhook => ({ body, headers: { 'x-paystack-signature': sign(body) } });
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => paystack.verify(request(webhook), secrets, context(CONFIG, AT));
const withHeaders = (headers: Headers) => verify({ body: BODY, headers });

describeProviderContract(samples);

describe('verify', () => {
  test('accepts a signature by any of the secrets, and hex in upper case', () => {
    const webhook = { body: BODY, headers: { 'X-Paystack-Signature': sign(BODY).toUpperCase() } };

    expect(verify(webhook, ['sk_live_new', SECRET])).toBe('authentic');
  });

  test.each<[string, Headers, string]>([
    ['no header', {}, 'signature_missing'],
    ['an empty header', { 'x-paystack-signature': '' }, 'signature_missing'],
    ['a repeated header', { 'x-paystack-signature': sign(BODY), 'X-Paystack-Signature': sign(BODY) }, 'signature_malformed'],
    ['a signature that is not hexadecimal', { 'x-paystack-signature': 'rubbish' }, 'signature_malformed'],
    ['a prefix', { 'x-paystack-signature': `sha512=${sign(BODY)}` }, 'signature_malformed'],
    ['half a signature', { 'x-paystack-signature': sign(BODY).slice(64) }, 'signature_mismatch'],
    ['another algorithm', { 'x-paystack-signature': sign(BODY, SECRET, 'sha256') }, 'signature_mismatch'],
    ['another secret', { 'x-paystack-signature': sign(BODY, 'sk_live_other') }, 'signature_mismatch'],
  ])('rejects %s', (_, headers, reason) => {
    expect(withHeaders(headers)).toBe(reason);
  });
});

const read = (body: unknown) => paystack.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
const dataOf = (data: object, event = 'charge.success') => read({ event, data }).fields;

describe('normalize', () => {
  const CHARGE = {
    id: 4099260516,
    domain: 'live',
    status: 'success',
    reference: 'order-1',
    amount: 250000,
    paid_at: '2026-01-31T12:00:05.000Z',
    created_at: '2026-01-31T12:00:00.000Z',
    channel: 'card',
    currency: 'NGN',
    authorization: { channel: 'card', country_code: 'NG', bin: '408408' },
    customer: { id: 17, customer_code: 'CUS_1', email: 'Someone@Mail.example' },
  };

  test('reads every field of a charge', () => {
    expect(read({ event: 'charge.success', data: CHARGE })).toEqual({
      parsed: true,
      fields: {
        transactionId: 'order-1',
        eventName: 'charge.success',
        kind: 'captured',
        status: 'success',
        live: true,
        money: { minor: 250000n, exponent: 2 },
        currency: 'NGN',
        reference: 'order-1',
        customerId: 'CUS_1',
        paymentMethod: 'card',
        cardCountry: 'NG',
        cardBin: '408408',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:05Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test.each<[string, object]>([
    ['refund.processed', { transaction_reference: 'order-1', refund_reference: 'refund-1', id: '12', reference: null }],
    ['charge.dispute.create', { id: 358950, transaction_reference: null, transaction: { id: 4099260516, reference: 'order-1' } }],
    ['preauthorization.capture.success', { id: 3099, reference: 'order-1', transaction: { reference: 'order-1' } }],
    ['invoice.update', { invoice_code: 'INV_1', transaction: { reference: 'order-1' } }],
  ])('reads the transaction of %s from its charge', (event, data) => {
    expect(dataOf(data, event).transactionId).toBe('order-1');
  });

  test.each<[object, string | undefined]>([
    [{ bank_transfer: { transaction_id: '5195686331' } }, '5195686331'],
    [{ id: 1089700 }, '1089700'],
    [{ id: 2 ** 60 }, undefined],
    [{ reference: '', transaction: {} }, undefined],
  ])('reads the transaction of %j, without a reference, as %s', (data, transactionId) => {
    expect(dataOf(data).transactionId).toBe(transactionId);
  });

  test.each<[object, bigint]>([
    [{ amount: '5000' }, 5000n],
    [{ amount: 1000, captured_amount: '700' }, 700n],
    [{ amount: 1000, captured_amount: null }, 1000n],
    [{ refund_amount: 5800, transaction: { amount: 9900 } }, 5800n],
    [{ refund_amount: null, transaction: { amount: 9900 } }, 9900n],
    [{ bank_transfer: { amount: '1000' } }, 1000n],
    [{ amount: 0 }, 0n],
  ])('reads the amount of %j as %s', (data, minor) => {
    expect(dataOf(data).money).toEqual({ minor, exponent: 2 });
  });

  test.each<[object, string]>([
    [{ currency: 'ghs', transaction: { currency: 'NGN' } }, 'GHS'],
    [{ transaction: { currency: 'NGN' } }, 'NGN'],
    [{ plan: { currency: 'KES' } }, 'KES'],
  ])('reads the currency of %j as %s', (data, currency) => {
    expect(dataOf(data).currency).toBe(currency);
  });

  test.each<[object, string | undefined]>([
    [{ customer: { customer_code: 'CUS_1', id: 17 } }, 'CUS_1'],
    [{ customer: { code: 'CUS_2' } }, 'CUS_2'],
    [{ customer: { id: 17 } }, '17'],
    [{ customer: 17 }, '17'],
    [{ customer_code: 'CUS_3' }, 'CUS_3'],
    [{ customer: { email: 'a@example.com' } }, undefined],
  ])('reads the customer of %j as %s', (data, customerId) => {
    expect(dataOf(data).customerId).toBe(customerId);
  });

  test.each<[object, string | undefined, string | undefined]>([
    [{ channel: 'card', authorization: { channel: 'card', country_code: 'ng' } }, 'card', 'NG'],
    [{ channel: 'mobile_money', authorization: { channel: 'mobile_money', country_code: 'GH' } }, 'mobile_money', undefined],
    [{ authorization: { channel: 'card', country_code: 'ZA' } }, 'card', 'ZA'],
    [{ transaction: { channel: 'ussd', authorization: {} } }, 'ussd', undefined],
    [{ authorization: { country_code: 'NG' } }, undefined, undefined],
  ])('reads the method of %j as %s, and the country of the card as %s', (data, paymentMethod, cardCountry) => {
    expect(dataOf(data)).toMatchObject({ paymentMethod, cardCountry });
  });

  test.each<[object, string | undefined]>([
    [{ channel: 'card', bin: '539983' }, '539983'],
    [{ channel: 'card', bin: 'XXXXXX' }, undefined],
    [{ channel: 'mobile_money', bin: '055123' }, undefined],
  ])('reads the first digits of the card of %j as %s', (authorization, cardBin) => {
    expect(dataOf({ authorization }).cardBin).toBe(cardBin);
  });

  test.each<[object, string | undefined]>([
    [{ paid_at: null, captured_at: '2026-01-31T12:00:01.000Z' }, '2026-01-31T12:00:01.000Z'],
    [{ transferred_at: '2026-01-31T12:00:02.000Z', created_at: '2026-01-31T11:00:00.000Z' }, '2026-01-31T12:00:02.000Z'],
    [{ resolvedAt: '2026-01-31T12:00:03.000Z', created_at: '2026-01-31T11:00:00.000Z' }, '2026-01-31T12:00:03.000Z'],
    [{ resolvedAt: null, created_at: '2026-01-31T12:00:04.000Z' }, '2026-01-31T12:00:04.000Z'],
    [{ transferred_at: null, createdAt: '2026-01-31T12:00:05.000Z' }, '2026-01-31T12:00:05.000Z'],
    [{ paid_at: 'yesterday' }, undefined],
  ])('reads the time of %j as %s', (data, time) => {
    expect(dataOf(data).eventTime?.toISOString()).toBe(time);
  });

  test.each<[unknown, boolean]>([['live', true], ['test', false], [undefined, true], [false, true]])('reads the domain %p as live: %s', (domain, live) => {
    expect(dataOf({ domain }).live).toBe(live);
  });

  test.each([12.5, '12.50', 'much', {}, 2 ** 60, true])('does not parse the amount %p, but all other fields', (amount) => {
    expect(read({ event: 'charge.success', data: { ...CHARGE, amount } })).toMatchObject({
      parsed: false, fields: { transactionId: 'order-1', currency: 'NGN', money: undefined },
    });
  });

  test.each<[unknown]>([[undefined], [null], [[]], [[{ amount: 1, reference: 'order-1' }]], ['text'], [5]])('parses the data %j without an amount', (data) => {
    expect(read({ event: 'subscription.expiring_cards', data })).toMatchObject({
      parsed: true, fields: { kind: 'other', live: true, money: undefined, transactionId: undefined, moneyMovement: false },
    });
  });

  test.each<[unknown]>([[{ data: CHARGE }], [{ event: '' }], [{ event: {} }], [[]], ['text'], [null], [5]])('does not parse %j', (body) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId: undefined, kind: 'other' } });
  });

  test.each([
    ['charge.success', 'captured'], ['preauthorization.reserve.success', 'authorized'], ['preauthorization.capture.success', 'captured'],
    ['paymentrequest.success', 'captured'], ['invoice.payment_failed', 'failed'], ['bank.transfer.rejected', 'failed'], ['transfer.failed', 'failed'],
    ['transfer.reversed', 'failed'], ['refund.failed', 'failed'], ['refund.pending', 'refunded'], ['refund.processed', 'refunded'],
    ['charge.dispute.create', 'disputed'], ['charge.dispute.remind', 'disputed'], ['charge.dispute.resolve', 'disputed'], ['transfer.success', 'paid-out'],
    ['invoice.create', 'other'], ['subscription.create', 'other'], ['preauthorization.release.success', 'canceled'], ['preauthorization.release.failed', 'other'],
    ['constructor', 'other'],
  ])('reads %s as %s', (event, kind) => {
    expect(dataOf({}, event).kind).toBe(kind);
  });

  test('marks one event of a payment, a refund, a dispute and a transfer as the money movement', () => {
    const events = [
      'preauthorization.reserve.success', 'preauthorization.capture.success', 'charge.success', 'invoice.create', 'invoice.update', 'invoice.payment_failed',
      'paymentrequest.pending', 'paymentrequest.success', 'refund.pending', 'refund.processing', 'refund.processed', 'refund.failed',
      'charge.dispute.create', 'charge.dispute.remind', 'charge.dispute.resolve', 'transfer.success', 'transfer.failed', 'transfer.reversed',
    ];

    expect(events.filter((event) => dataOf(CHARGE, event).moneyMovement)).toEqual([
      'preauthorization.capture.success', 'charge.success', 'refund.processed', 'charge.dispute.create', 'transfer.success',
    ]);
  });
});

/** The key of a stored event. */
function keyOf(rawBody: Buffer): string {
  const normalized = paystack.normalize(request({ body: rawBody, headers: {} }), samples.config);
  const item = transactionItem({ provider: CONFIG, normalized, rawBody, receivedAt: AT, tiers: { medium: 1000, high: 10000 } });
  return `${String(item.transaction_id)} ${String(item.timestamp)}`;
}

describe('the key of an event without an identifier', () => {
  const reminder = (status: string) => Buffer.from(JSON.stringify({
    event: 'charge.dispute.remind', data: { id: 358950, created_at: '2026-01-31T12:00:00.000Z', status },
  }));

  test('differs for two events with the same name and subject, so that both are stored', () => {
    expect(keyOf(reminder('pending'))).not.toBe(keyOf(reminder('awaiting-merchant-feedback')));
  });

  test('is the same in each delivery attempt', () => {
    expect(keyOf(reminder('pending'))).toBe(keyOf(reminder('pending')));
  });
});

describePublished('the published payloads of Paystack', () => {
  test.each(payloads('paystack'))('%s is verified and parsed with its name', (_, body) => {
    const webhook = signed(body);

    expect(verify(webhook)).toBe('authentic');
    expect(verify({ ...webhook, body: changedByte(body, 100, 1) })).toBe('signature_mismatch');
    expect(paystack.normalize(request(webhook), samples.config)).toMatchObject({
      parsed: true, fields: { eventName: (JSON.parse(body.toString()) as { event: string }).event },
    });
  });

  test('have different keys, also without identifiers', () => {
    const keys = payloads('paystack').map(([, body]) => keyOf(body));

    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each<[string, object]>([
    ['charge.success.json', { transactionId: 'my_reference_3', live: false, money: { minor: 25126n, exponent: 2 }, cardCountry: 'NG', cardBin: '408408', moneyMovement: true }],
    ['charge.success.events.transaction-successful-2.json', { money: { minor: 5000n, exponent: 2 }, paymentMethod: 'pos', cardCountry: undefined, live: true }],
    ['charge.success.eft-event.json', { currency: 'GHS', paymentMethod: 'mobile_money', cardBin: undefined, emailDomain: 'email.com', customerId: 'CUS_2jk1i8ezoam49br' }],
    ['charge.success.webhook.json', { currency: undefined, money: { minor: 10000n, exponent: 2 }, customerId: undefined }],
    ['charge.dispute.create.json', {
      transactionId: 'v3mjfgbnc19v97x', money: { minor: 5800n, exponent: 2 }, paymentMethod: 'card', eventTime: new Date('2020-11-24T13:46:57Z'), moneyMovement: true,
    }],
    ['charge.dispute.resolve.json', { transactionId: '5qm4pv2mxs9rltp', eventTime: new Date('2020-11-24T14:00:02Z'), moneyMovement: false }],
    ['refund.processed.json', { transactionId: 'T2154954_412829_3be32076_6lcg3', money: { minor: 5000n, exponent: 2 }, eventTime: undefined, moneyMovement: true }],
    ['transfer.success.json', { transactionId: 'acv_9ee55786-2323-4760-98e2-6380c9cb3f68', live: false, eventTime: new Date('2025-08-04T10:32:40Z'), kind: 'paid-out' }],
    ['invoice.create.json', { transactionId: '9cfbae6e-bbf3-5b41-8aef-d72c1a17650g', currency: 'NGN', kind: 'other', moneyMovement: false }],
    ['paymentrequest.success.events.payment-request-successful.json', { transactionId: '1089700', customerId: '57611230', kind: 'captured', moneyMovement: false }],
    ['preauthorization.capture.failed.json', { money: { minor: 1000n, exponent: 2 }, cardCountry: 'ZA', kind: 'failed', moneyMovement: false }],
    ['bank.transfer.rejected.json', { transactionId: '5195686331', money: { minor: 1000n, exponent: 2 }, kind: 'failed' }],
    ['subscription.expiring_cards.json', { transactionId: undefined, money: undefined, live: true }],
  ])('%s has the expected fields', (file, fields) => {
    const body = new Map(payloads('paystack')).get(file)!;

    expect(paystack.normalize(request(signed(body)), samples.config).fields).toMatchObject(fields);
  });
});
