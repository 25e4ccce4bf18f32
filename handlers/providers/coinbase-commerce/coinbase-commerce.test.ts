import { createHmac } from 'node:crypto';
import { coinbaseCommerce } from '.';
import { samples } from './samples';
import type { ProviderConfig } from '../../../src/private/contract';
import { describeProviderContract } from '../../../test/handlers/support/provider-contract';
import { describePublished, vectors } from '../../../test/handlers/support/published';
import { context, request } from '../../../test/handlers/support/webhooks';
import type { SignedWebhook } from '../shared/samples/provider-samples';

const CONFIG: ProviderConfig = { name: 'coinbase', scheme: 'coinbase-commerce', secretArns: [] };
const HEADER = 'X-CC-Webhook-Signature';
const SECRET = '0f0c5b66-6d30-4ba1-8bd8-6f3a4b7ad2cd';
const BODY = '{"attempt_number":1,"event":{}}';

/** The package has no types. */
const { Webhook } = jest.requireActual<{
  readonly Webhook: {
    readonly computeSignature: (payload: string, secret: string) => string;
    readonly verifySigHeader: (payload: string, signature: string, secret: string) => boolean;
  };
}>('coinbase-commerce-node');

const sign = (body: Buffer | string, secret = SECRET) => Webhook.computeSignature(body.toString(), secret);
const withHeader = (signature: string, body: Buffer | string = BODY): SignedWebhook => (
  { body: Buffer.from(body), headers: { [HEADER]: signature } }
);
const verify = (webhook: SignedWebhook, secrets: readonly string[] = [SECRET]) => (
  coinbaseCommerce.verify(request(webhook), secrets, context(CONFIG, new Date()))
);

/** Whether Coinbase Commerce's own library accepts a webhook. */
const coinbaseAccepts = (webhook: SignedWebhook, secret = SECRET) => samples.libraryAccepts(webhook, secret);

describeProviderContract(samples);

describePublished('the published vector of Coinbase Commerce', () => {
  test.each(vectors('coinbase-commerce').map((vector) => [vector.name, vector] as const))('%s', (_, { rawBody, headers, secret, valid }) => {
    const webhook = withHeader(headers['x-cc-webhook-signature'], rawBody);

    expect([verify(webhook, [secret!]), coinbaseAccepts(webhook, secret)]).toEqual([valid ? 'authentic' : 'signature_mismatch', valid]);
    expect(coinbaseCommerce.normalize(request(webhook), samples.config)).toMatchObject({ parsed: true, fields: { eventName: 'charge:created', money: undefined } });
  });
});

describe('verify', () => {
  test('verifies the raw bytes, but the library verifies decoded text', () => {
    const text = Buffer.from('{"name":"\ufffd"}');
    const bytes = Buffer.from(text.toString('hex').replace('efbfbd', 'ff'), 'hex');
    const forged = withHeader(sign(text), bytes);

    expect([verify(forged), coinbaseAccepts(forged)]).toEqual(['signature_mismatch', true]);
  });

  test.each([
    ['an empty signature', '', 'signature_missing'],
    ['a signature without digits', 'zz', 'signature_malformed'],
    ['half a signature', sign(BODY).slice(32), 'signature_mismatch'],
    ['a base64 signature', createHmac('sha256', SECRET).update(BODY).digest('base64'), 'signature_malformed'],
  ])('rejects a header with %s', (_, signature, reason) => {
    expect(verify(withHeader(signature))).toBe(reason);
  });
});

describe('normalize', () => {
  const CHARGE = {
    id: '2aee9dd1-67b8-43ef-8dfe-000000000001',
    code: 'XA6G6ZFR',
    pricing_type: 'fixed_price',
    pricing: { local: { amount: '1234.56', currency: 'EUR' }, settlement: { amount: '1300', currency: 'USDC' } },
    metadata: { customer_id: 'customer-1', customer_name: 'Any Name', email: 'Someone@Mail.example' },
    timeline: [{ time: '2026-01-31T11:00:00Z', status: 'NEW' }, { time: '2026-01-31T12:00:00Z', status: 'COMPLETED' }],
    payments: [{ network: 'ethereum', status: 'CONFIRMED', value: { local: { amount: '1234.50', currency: 'EUR' }, crypto: { amount: '0.4', currency: 'ETH' } } }],
  };
  const eventOf = (type: unknown, data: unknown, attempt = 1) => ({
    id: attempt,
    attempt_number: attempt,
    scheduled_for: `2026-01-31T12:0${attempt}:00Z`,
    event: { id: 'event-1', resource: 'event', type, api_version: '2018-03-22', created_at: '2026-01-31T12:00:00Z', data },
  });
  const read = (body: unknown) => coinbaseCommerce.normalize(request({ body: Buffer.from(JSON.stringify(body)), headers: {} }), samples.config);
  const charge = (overrides: object) => read(eventOf('charge:confirmed', { ...CHARGE, ...overrides }));

  test('reads every field of a charge', () => {
    expect(read(eventOf('charge:confirmed', CHARGE))).toEqual({
      parsed: true,
      fields: {
        eventId: 'event-1',
        transactionId: 'XA6G6ZFR',
        eventName: 'charge:confirmed',
        kind: 'captured',
        status: 'COMPLETED',
        live: true,
        money: { minor: 123450n, exponent: 2 },
        currency: 'EUR',
        customerId: 'customer-1',
        paymentMethod: 'ethereum',
        emailDomain: 'mail.example',
        email: 'someone@mail.example',
        eventTime: new Date('2026-01-31T12:00:00Z'),
        moneyMovement: true,
        declined: false,
      },
    });
  });

  test('reads the same from each delivery attempt', () => {
    expect(read(eventOf('charge:confirmed', CHARGE, 2))).toEqual(read(eventOf('charge:confirmed', CHARGE, 1)));
  });

  const paidWith = (...prices: readonly unknown[]) => charge({ payments: prices.map((local) => ({ value: { local } })) });

  test('reads the amount of a charge without a payment from its price', () => {
    const price = { minor: 123456n, exponent: 2 };

    expect([[], undefined].map((payments) => charge({ payments }).fields.money)).toEqual([price, price]);
  });

  test('adds the amounts of several payments', () => {
    const { fields } = paidWith({ amount: '10.05', currency: 'EUR' }, {}, null, { amount: '2', currency: 'EUR' });

    expect(fields).toMatchObject({ money: { minor: 1205n, exponent: 2 }, currency: 'EUR' });
  });

  test.each([[['much', '2']], [['2', 'much']], [['2', 'much', '3']]])('does not parse the payments %j', (amounts) => {
    expect(paidWith(...amounts.map((amount) => ({ amount, currency: 'EUR' })))).toMatchObject({ parsed: false, fields: { money: undefined, currency: 'EUR' } });
  });

  test('reads the amount of a charge without a price from its payment', () => {
    expect(charge({ pricing: undefined, pricing_type: 'no_price' }).fields).toMatchObject({ money: { minor: 123450n, exponent: 2 }, currency: 'EUR' });
  });

  test('reads no amount from a charge without a price and a payment', () => {
    expect(charge({ pricing: {}, payments: [], timeline: [] })).toMatchObject({
      parsed: true, fields: { money: undefined, currency: undefined, paymentMethod: undefined, status: undefined },
    });
  });

  test.each<[unknown, unknown, object]>([
    ['500', 'JPY', { money: { minor: 500n, exponent: 0 }, currency: 'JPY' }],
    ['1.234', 'KWD', { money: { minor: 1234n, exponent: 3 }, currency: 'KWD' }],
    ['10', 'usd', { money: { minor: 1000n, exponent: 2 }, currency: 'USD' }],
    ['9007199254740993.01', 'USD', { money: { minor: 900719925474099301n, exponent: 2 } }],
    ['1.00', 'USDC', { money: { minor: 100n, exponent: 2 }, currency: undefined }],
  ])('reads %p %s', (amount, currency, fields) => {
    expect(charge({ pricing: { local: { amount, currency } }, payments: [] })).toMatchObject({ parsed: true, fields });
  });

  test.each(['0.00003552', '1,5', 'much', {}, '1e3'])('does not parse the amount %p, but all other fields', (amount) => {
    expect(charge({ pricing: { local: { amount, currency: 'BTC' } }, payments: [] })).toMatchObject({
      parsed: false, fields: { eventId: 'event-1', transactionId: 'XA6G6ZFR', money: undefined },
    });
  });

  test.each([
    ['charge:created', 'other'], ['charge:pending', 'authorized'], ['charge:confirmed', 'captured'], ['charge:resolved', 'captured'],
    ['charge:delayed', 'other'], ['charge:failed', 'failed'], ['constructor', 'other'],
  ])('reads %s as %s', (type, kind) => {
    expect(read(eventOf(type, CHARGE)).fields.kind).toBe(kind);
  });

  test.each([
    ['charge:failed', 'EXPIRED', 'canceled'], ['charge:failed', 'CANCELED', 'canceled'], ['charge:failed', 'UNRESOLVED', 'failed'],
    ['charge:failed', 'constructor', 'failed'], ['charge:confirmed', 'EXPIRED', 'captured'],
  ])('reads %s of a charge with the status %s as %s', (type, status, kind) => {
    const timeline = [...CHARGE.timeline, { time: '2026-01-31T13:00:00Z', status }];

    expect(read(eventOf(type, { ...CHARGE, timeline })).fields).toMatchObject({ kind, status, declined: false });
  });

  test('marks the confirmation of a charge as the money movement, and its resolution if it was not confirmed', () => {
    const types = ['charge:created', 'charge:pending', 'charge:delayed', 'charge:confirmed', 'charge:resolved', 'charge:failed'];
    const moving = (timeline: unknown) => types.filter((type) => {
      const { moneyMovement, movesNothing } = read(eventOf(type, { ...CHARGE, timeline })).fields;
      return moneyMovement && !movesNothing;
    });

    expect(moving(CHARGE.timeline)).toEqual(['charge:confirmed']);
    expect(moving([{ status: 'UNRESOLVED' }, { status: 'RESOLVED' }])).toEqual(['charge:confirmed', 'charge:resolved']);
  });

  test.each<[unknown, string | undefined]>([
    [eventOf(null, CHARGE), 'event-1'], [{ event: { type: '' } }, undefined], [{ event: [] }, undefined], [{}, undefined], [[], undefined], [null, undefined],
  ])('does not parse %j, and reads its identifier as %s', (body, eventId) => {
    expect(read(body)).toMatchObject({ parsed: false, fields: { eventId, kind: 'other', moneyMovement: false } });
  });
});
