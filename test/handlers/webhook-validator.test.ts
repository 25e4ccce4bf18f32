import { gunzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, InternalServiceError, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import './support/validator-environment';
import { Output } from './support/output';
import { describePublished, payloads } from './support/published';
import { PutTable } from './support/put-table';
import {
  HMAC_SECRET, hmacWebhook, proxyEvent, STANDARD_SECRET, standardWebhook, standardWebhookOfBytes, STRIPE_SECRET, stripeWebhook, stripeWebhookOfBytes,
  type SignedWebhook,
} from './support/webhooks';
import { handler } from '../../handlers/webhook-validator';
import { MAX_BODY_BYTES, Metric } from '../../src/private/contract';

const SECRETS: Readonly<Record<string, string>> = {
  'arn:own': STANDARD_SECRET, 'arn:mapped': STANDARD_SECRET, 'arn:stripe': STRIPE_SECRET, 'arn:shop': HMAC_SECRET,
};

const table = new PutTable();
const secretsManager = mockClient(SecretsManagerClient);
const output = new Output();
let isSecretsManagerDown: boolean;

beforeEach(() => {
  table.reset();
  output.capture();
  isSecretsManagerDown = false;
  secretsManager.reset();
  secretsManager.on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }: { SecretId: string; VersionStage: string }) => {
    if (isSecretsManagerDown) {
      throw new InternalServiceError({ $metadata: {}, message: 'down' });
    }
    if (VersionStage !== 'AWSCURRENT' || SECRETS[SecretId] === undefined) {
      throw new ResourceNotFoundException({ $metadata: {}, message: 'no such version' });
    }
    return { SecretString: SECRETS[SecretId], CreatedDate: new Date(0) };
  });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

async function post(webhook: SignedWebhook, provider?: string) {
  const { statusCode, body, headers } = await handler(proxyEvent(webhook, provider));
  return { statusCode, headers, body: JSON.parse(body) as Record<string, string> };
}

const CANONICAL = { transaction_id: 'order-1', kind: 'captured', amount_minor: 1250000, currency: 'EUR', event_time: '2026-01-31T12:00:00Z' };
const canonical = (fields: object = {}) => JSON.stringify({ ...CANONICAL, ...fields });
const stripeEvent = (id: string, fields: object = {}) => JSON.stringify({
  id, type: 'charge.succeeded', livemode: true, created: 1769860800, data: { object: { id: 'ch_1', amount: 500, currency: 'usd' } }, ...fields,
});
const order = (id: string) => JSON.stringify({ id, type: 'order.paid', order: { id: 'o-1', total: '49.90', currency: 'EUR' } });

/** For each way of signing a webhook of its own, and how a later attempt of the same event is signed. */
const SENDERS: [string, string | undefined, (body: string, at?: Date) => SignedWebhook, string][] = [
  ['Standard Webhooks', undefined, (body, at) => standardWebhook(body, 'msg_1', at), canonical()],
  ['Stripe', 'stripe', (body, at) => stripeWebhook(body, at), stripeEvent('evt_1')],
  ['HMAC', 'shop', (body, at) => hmacWebhook(body, at), order('evt_1')],
];

describe('an authentic webhook', () => {
  test.each(SENDERS)('of %s is stored, with its raw body, and acknowledged', async (_, provider, sign, body) => {
    const answer = await post(sign(body), provider);

    const [item] = table.items;
    expect(answer).toEqual({
      statusCode: 200, headers: { 'content-type': 'application/json' }, body: { result: 'stored', transaction_id: item.transaction_id.S },
    });
    expect(gunzipSync(item.body.B!).toString()).toBe(body);
    expect(item).toMatchObject({ record_type: { S: 'transaction' }, provider: { S: provider ?? 'own' }, routed: { BOOL: true } });
    expect(output.counted(Metric.STORED)).toBe(1);
    expect(output.counted(Metric.NOT_UNDERSTOOD)).toBe(0);
  });

  test.each(SENDERS)('of %s is a duplicate when it is replayed with everything altered that is not signed', async (_, provider, sign, body) => {
    const event = proxyEvent(sign(body), provider);
    const replay: APIGatewayProxyEvent = {
      ...event,
      headers: { ...event.headers, 'User-Agent': 'other', 'X-Forwarded-For': '203.0.113.9', 'Content-Type': 'text/plain', 'Idempotency-Key': 'other' },
      multiValueHeaders: { ...event.multiValueHeaders, 'Content-Type': ['text/plain'], 'Webhook-Attempt': ['2'], 'X-Request-Id': ['a', 'b'] },
      httpMethod: 'PUT',
      path: '/other',
      queryStringParameters: { id: 'other' },
      multiValueQueryStringParameters: { id: ['other'] },
      stageVariables: { any: 'other' },
      requestContext: { requestId: 'other', requestTimeEpoch: 1 } as APIGatewayProxyEvent['requestContext'],
    };

    const answers = [await handler(event), await handler(replay)];

    expect(answers.map(({ statusCode, body: text }) => [statusCode, (JSON.parse(text) as { result: string }).result])).toEqual([[200, 'stored'], [200, 'duplicate']]);
    expect(table.items).toHaveLength(1);
    expect(output.counted(Metric.DUPLICATE)).toBe(1);
  });

  test.each(SENDERS)('of %s is a duplicate in its next delivery attempt', async (_, provider, sign, body) => {
    const first = await post(sign(body, new Date(Date.now() - 200_000)), provider);
    const second = await post(sign(body), provider);

    expect([first.body.result, second.body.result]).toEqual(['stored', 'duplicate']);
    expect(second.body.transaction_id).toBe(first.body.transaction_id);
  });

  test.each(SENDERS)('of %s that arrives five times at once is stored once', async (_, provider, sign, body) => {
    const webhook = sign(body);

    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => post(webhook, provider)));

    expect(answers.map(({ body: { result } }) => result).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(1);
  });

  test('without an identifier is known by its bytes', async () => {
    const [a, b] = ['{"type": "a"}', '{"type": "b"}'];

    const answers = [await post(hmacWebhook(a), 'shop'), await post(hmacWebhook(b), 'shop'), await post(hmacWebhook(a), 'shop')];

    expect(answers.map(({ body: { result } }) => result)).toEqual(['stored', 'stored', 'duplicate']);
  });

  test('of one transaction with another event is stored beside it', async () => {
    const answers = [await post(stripeWebhook(stripeEvent('evt_1')), 'stripe'), await post(stripeWebhook(stripeEvent('evt_2')), 'stripe')];

    expect(answers.map(({ body }) => body)).toEqual([
      { result: 'stored', transaction_id: 'stripe:ch_1' }, { result: 'stored', transaction_id: 'stripe:ch_1' },
    ]);
    expect(table.items.map(({ timestamp }) => timestamp.S)).toEqual(['2026-01-31T12:00:00.000Z#evt_1', '2026-01-31T12:00:00.000Z#evt_2']);
  });

  test('that says nothing is stored, acknowledged and counted', async () => {
    const answer = await post(stripeWebhookOfBytes(Buffer.from([0, 255, 1])), 'stripe');

    const [item] = table.items;
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect([...gunzipSync(item.body.B!)]).toEqual([0, 255, 1]);
    expect(item).toMatchObject({ kind: { S: 'other' }, routed: { BOOL: false }, provider_event: { S: 'unknown' }, currency: { S: 'XXX' } });
    expect(output.counted(Metric.NOT_UNDERSTOOD)).toBe(1);
  });

  test('of the largest size is stored', async () => {
    const status = 'x'.repeat(MAX_BODY_BYTES - stripeEvent('evt_1', { padding: '' }).length);

    expect(await post(stripeWebhook(stripeEvent('evt_1', { padding: status })), 'stripe')).toMatchObject({ statusCode: 200 });
  });
});

describe('a webhook is refused', () => {
  test.each<[string, SignedWebhook, string | undefined, number, object]>([
    ['with a forged signature', stripeWebhook(stripeEvent('evt_1'), new Date(), 'whsec_other'), 'stripe', 401, { error: 'signature_mismatch' }],
    ['with an old one', stripeWebhook(stripeEvent('evt_1'), new Date(1e9)), 'stripe', 401, { error: 'timestamp_out_of_tolerance' }],
    ['without one', { body: Buffer.from('{}'), headers: {} }, 'stripe', 401, { error: 'signature_missing' }],
    ['with half of one', { body: Buffer.from('{}'), headers: { 'stripe-signature': 't=1' } }, 'stripe', 401, { error: 'signature_malformed' }],
    ['where it is unsigned rubbish', { body: Buffer.from('hello'), headers: {} }, undefined, 400, { error: 'not_a_webhook' }],
    ['where it breaks the canonical schema', standardWebhook(canonical({ currency: 'eur' })), undefined, 400,
      { error: 'invalid_body', field: 'currency', message: 'must be a currency code of ISO 4217 in upper case' }],
    ['where nobody knows its provider', stripeWebhook('{}'), 'nobody', 404, { error: 'unknown_provider' }],
    ['where it is too large', stripeWebhook('x'.repeat(MAX_BODY_BYTES + 1)), 'stripe', 413, { error: 'body_too_large' }],
  ])('%s', async (_, webhook, provider, statusCode, body) => {
    expect(await post(webhook, provider)).toEqual({ statusCode, headers: { 'content-type': 'application/json' }, body });
    expect(table.items).toEqual([]);
    expect(output.counted(Metric.REFUSED)).toBe(1);
    expect(output.logged('WARN')).toHaveLength(1);
  });
});

describe('a webhook is asked for again', () => {
  const unavailable = (error: string) => ({ statusCode: 503, headers: { 'content-type': 'application/json', 'retry-after': '30' }, body: { error } });

  test('where the store fails', async () => {
    table.client.on(PutItemCommand).rejects(new Error('with a payload'));

    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'stripe')).toEqual(unavailable('unavailable'));
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'a webhook could not be taken in', error: 'Error' }]);
  });

  test('where its secret is not set', async () => {
    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'unset')).toEqual(unavailable('secret_not_set'));
    expect(output.counted(Metric.SECRET_NOT_SET)).toBe(1);
    expect(table.items).toEqual([]);
  });

  test('where its secret cannot be read', async () => {
    isSecretsManagerDown = true;
    jest.useFakeTimers({ now: Date.now() + 3_600_000 });

    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'stripe')).toEqual(unavailable('unavailable'));
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'a webhook could not be taken in', error: 'InternalServiceError' }]);
  });

  test('where anything unforeseen happens', async () => {
    const event = Object.defineProperty(proxyEvent(stripeWebhook('{}'), 'stripe'), 'body', { get: () => { throw new TypeError('with a payload'); } });

    expect((await handler(event)).statusCode).toBe(503);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'a webhook could not be taken in', error: 'TypeError' }]);
  });
});

describe('whatever arrives', () => {
  const headerName = fc.oneof(
    fc.constantFrom('stripe-signature', 'Stripe-Signature', 'webhook-id', 'webhook-timestamp', 'webhook-signature', 'svix-signature', 'x-shop-signature', 'x-shop-time', '__proto__'),
    fc.string(),
  );
  const headerValue = fc.oneof(fc.string(), fc.constantFrom('t=1769860800,v1=00', 'v1,AAAA', 'v1,', 't=,v1=', '1769860800', 'sha256=00', 'sha256='));
  const event = fc.record({
    body: fc.oneof(fc.constant(null), fc.string(), fc.json(), fc.base64String()),
    isBase64Encoded: fc.boolean(),
    headers: fc.oneof(fc.constant(null), fc.dictionary(headerName, headerValue)),
    multiValueHeaders: fc.oneof(fc.constant(null), fc.dictionary(headerName, fc.array(headerValue))),
    pathParameters: fc.oneof(fc.constant(null), fc.record({ provider: fc.oneof(fc.constantFrom('own', 'stripe', 'shop', 'mapped'), fc.string()) })),
  });

  test('without a valid signature gets a 4xx, and is not stored', async () => {
    await fc.assert(fc.asyncProperty(event, async (any) => {
      const { statusCode } = await handler(any as unknown as APIGatewayProxyEvent);

      expect([400, 401, 404]).toContain(statusCode);
    }), { numRuns: 500 });
    expect(table.items).toEqual([]);
  });

  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text)),
    fc.integer({ min: 1, max: 25_000 }).map((depth) => Buffer.from('{"data":'.repeat(depth) + '1' + '}'.repeat(depth))),
    fc.integer({ min: 1, max: 50_000 }).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
    fc.record({ id: fc.jsonValue(), type: fc.jsonValue(), created: fc.double(), data: fc.record({ object: fc.jsonValue() }) })
      .map((value) => Buffer.from(JSON.stringify(value))),
    fc.constantFrom('1e400', `{"id": ${'9'.repeat(400)}}`, '{"id": "e", "type": "t", "data": {"object": {"amount": 1e300}}}', '{"__proto__": {"type": "x"}}', '"\\ud800"',
      '{"id": "\\ud800", "type": "\\udfff", "data": {"object": {"customer": "\\udc00\\ud800", "id": "\\ud800"}}}').map((text) => Buffer.from(text)),
  );

  test('with a valid signature is stored', async () => {
    await fc.assert(fc.asyncProperty(bytes, fc.stringMatching(/^[!-~]{1,400}$/), async (body, id) => {
      const answers = [
        await post(stripeWebhookOfBytes(body), 'stripe'), await post(hmacWebhook(body), 'shop'), await post(standardWebhookOfBytes(body, id), 'mapped'),
      ];

      expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
      expect(table.items.length).toBeGreaterThan(0);
    }), { numRuns: 200 });
    expect(output.logged('ERROR')).toEqual([]);
  });

  test('with a valid signature of the user\'s own system is stored, or named its fault', async () => {
    await fc.assert(fc.asyncProperty(bytes, async (body) => {
      const { statusCode, body: { error } } = await post(standardWebhookOfBytes(body, 'msg_1'));

      expect([[200, undefined], [400, 'invalid_body']]).toContainEqual([statusCode, error]);
    }));
  });
});

test('nothing that was sent, and no secret, gets into the log', async () => {
  const tell = 'a-telling-text';
  const webhooks: [SignedWebhook, string | undefined][] = [
    [stripeWebhook(stripeEvent(tell, { note: tell })), 'stripe'],
    [stripeWebhook(stripeEvent(tell), new Date(1e9)), 'stripe'],
    [stripeWebhook(stripeEvent(tell), new Date(), tell), 'stripe'],
    [stripeWebhookOfBytes(Buffer.from(tell)), 'stripe'],
    [stripeWebhook(stripeEvent(tell)), 'unset'],
    [stripeWebhook(stripeEvent(tell)), tell],
    [standardWebhook(canonical({ transaction_id: tell }), tell), undefined],
    [standardWebhook(canonical({ [tell]: tell }), tell), undefined],
    [hmacWebhook(order(tell)), 'shop'],
    [{ body: Buffer.from(tell), headers: { 'x-any': tell } }, 'shop'],
    [stripeWebhook(tell.repeat(20_000)), 'stripe'],
  ];

  for (const [webhook, provider] of [...webhooks, ...webhooks.slice(0, 1)]) {
    await post(webhook, provider);
  }
  table.client.on(PutItemCommand).rejects(new Error(tell));
  await post(...webhooks[0]);

  const written = output.text();
  const signatures = webhooks.flatMap(([{ headers }]) => Object.values(headers)).flatMap((value) => value.split(/[,= ]/)).filter((part) => part.length > 20);
  expect(signatures.length).toBeGreaterThan(8);
  expect([tell, ...Object.values(SECRETS), ...signatures].filter((secret) => written.includes(secret))).toEqual([]);
});

describePublished('the published payloads of Stripe', () => {
  test.each(payloads('stripe'))('%s is stored', async (_, payload) => {
    const answer = await post(stripeWebhook(payload), 'stripe');

    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect(gunzipSync(table.items[0].body.B!).equals(payload)).toBe(true);
    expect(output.counted(Metric.NOT_UNDERSTOOD)).toBe(0);
  });
});

describePublished('the published payloads of Standard Webhooks', () => {
  test.each(payloads('standard-webhooks'))('%s is stored', async (_, payload) => {
    const answer = await post(standardWebhook(payload), 'mapped');

    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect(table.items[0].timestamp.S).toMatch(/^\d{4}-.*Z#msg_1$/);
  });
});
