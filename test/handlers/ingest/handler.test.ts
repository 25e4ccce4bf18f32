import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import '../support/validator-environment';
import { handler } from '../../../handlers/ingest/handler';
import { samples as braintree } from '../../../handlers/providers/braintree/samples';
import { payloadBytes, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { MAX_BODY_BYTES, Metric, SECURITY_HEADERS, type MetricName } from '../../../src/private/contract';
import { FakeSecrets, SECRETS } from '../support/fake-secrets';
import { FakeTable } from '../support/fake-table';
import { Output } from '../support/output';
import { canonical, order, post, stripeEvent } from '../support/sent';
import { hmacWebhook, proxyEvent, standardWebhook, stripeWebhook } from '../support/webhooks';

const table = new FakeTable();
const secrets = new FakeSecrets();
const output = new Output();

beforeEach(() => {
  table.reset();
  secrets.reset();
  output.capture();
});

afterEach(() => {
  jest.useRealTimers();
});

/** For each way to sign a webhook: its provider, the function that signs it, and its body. */
const SENDERS: [string, string | undefined, (body: string, at?: Date) => SignedWebhook, string][] = [
  ['Standard Webhooks', undefined, (body, at) => standardWebhook(body, 'msg_1', at), canonical()],
  ['Stripe', 'stripe', (body, at) => stripeWebhook(body, at), stripeEvent('evt_1')],
  ['HMAC', 'shop', (body, at) => hmacWebhook(body, at), order('evt_1')],
];

describe('an authentic webhook', () => {
  test.each(SENDERS)('of %s is stored with its raw body and acknowledged', async (_, provider, sign, body) => {
    const answer = await post(sign(body), provider);

    const [item] = table.items;
    expect(answer).toEqual({
      statusCode: 200, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' }, body: { result: 'stored', transaction_id: item.transaction_id.S },
    });
    expect(gunzipSync(item.body.B!).toString()).toBe(body);
    expect(item).toMatchObject({ record_type: { S: 'transaction' }, provider: { S: provider ?? 'own' }, money_movement: { BOOL: true } });
    expect(output.counted(Metric.STORED)).toBe(1);
    expect(output.counted(Metric.UNPARSED)).toBe(0);
  });

  test('is logged and counted in one line, with the ids that answer what happened to it', async () => {
    await handler(proxyEvent(stripeWebhook(stripeEvent('evt_1')), 'stripe'), { awsRequestId: 'request-1' });

    const [{ transaction_id: { S: transactionId } }] = table.items;
    expect(output.text().match(/evt_1/g)).toHaveLength(1);
    expect(output.logged('INFO')).toEqual([
      { level: 'INFO', message: 'processed webhook', requestId: 'request-1', provider: 'stripe', result: 'stored', transactionId, eventId: 'evt_1' },
    ]);
    expect(output.metrics(Metric.STORED)).toEqual([expect.objectContaining({ Provider: 'stripe', eventId: 'evt_1' })]);
  });

  test.each(SENDERS)('of %s is a duplicate if it is replayed with changes to all unsigned parts', async (_, provider, sign, body) => {
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

  test('with a known event id and another body is a duplicate, which is counted and logged', async () => {
    const answers = [
      await post(stripeWebhook('{"id": "evt_1", "type": "a"}'), 'stripe'),
      await post(stripeWebhook('{"id": "evt_1", "type": "a"}'), 'stripe'),
      await post(stripeWebhook('{"id": "evt_1", "type": "b"}'), 'stripe'),
    ];

    expect(answers.map(({ body: { result } }) => result)).toEqual(['stored', 'duplicate', 'duplicate']);
    expect(table.items.map(({ provider_event: name }) => name.S)).toEqual(['a']);
    expect([output.counted(Metric.DUPLICATE), output.counted(Metric.ALTERED)]).toEqual([2, 1]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'duplicate webhook has another body', provider: 'stripe' })]);
  });

  test.each(SENDERS)('of %s that arrives five times at once is stored once', async (_, provider, sign, body) => {
    const webhook = sign(body);

    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => post(webhook, provider)));

    expect(answers.map(({ body: { result } }) => result).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(1);
  });

  test('without an identifier is identified by its bytes', async () => {
    const [a, b] = ['{"type": "a"}', '{"type": "b"}'];

    const answers = [await post(hmacWebhook(a), 'shop'), await post(hmacWebhook(b), 'shop'), await post(hmacWebhook(a), 'shop')];

    expect(answers.map(({ body: { result } }) => result)).toEqual(['stored', 'stored', 'duplicate']);
  });

  test('with another event of the same transaction is stored as a separate item', async () => {
    const answers = [await post(stripeWebhook(stripeEvent('evt_1')), 'stripe'), await post(stripeWebhook(stripeEvent('evt_2')), 'stripe')];

    expect(answers.map(({ body }) => body)).toEqual([
      { result: 'stored', transaction_id: 'stripe:ch_1' }, { result: 'stored', transaction_id: 'stripe:ch_1' },
    ]);
    expect(table.items.map(({ timestamp }) => timestamp.S)).toEqual(['2026-01-31T12:00:00.000Z#evt_1', '2026-01-31T12:00:00.000Z#evt_2']);
  });

  test('with an unparsable body is stored, acknowledged and counted', async () => {
    const answer = await post(stripeWebhook(Buffer.from([0, 255, 1])), 'stripe');

    const [item] = table.items;
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect([...gunzipSync(item.body.B!)]).toEqual([0, 255, 1]);
    expect(item).toMatchObject({ kind: { S: 'other' }, money_movement: { BOOL: false }, provider_event: { S: 'unknown' }, currency: { S: 'XXX' } });
    expect(output.counted(Metric.UNPARSED)).toBe(1);
  });

  test('is stored with the chosen metadata, and only the keys of what is left out are logged', async () => {
    const note = 'planted '.repeat(63);
    const metadata = { cart: 'planted-cart', note, list: ['planted'], other: 'planted-other' };

    await post(stripeWebhook(stripeEvent('evt_1', { data: { object: { id: 'ch_1', amount: 500, currency: 'usd', metadata } } })), 'stripe');

    expect(table.items[0].metadata).toEqual({ M: { cart: { S: 'planted-cart' } } });
    expect(output.logged('WARN')).toEqual([
      { level: 'WARN', message: 'left out metadata that is too long or not a text', provider: 'stripe', result: 'stored', transactionId: 'stripe:ch_1', eventId: 'evt_1', keys: 'note,list' },
    ]);
    expect(output.text()).not.toContain('planted');
  });

  test('of the largest size is stored', async () => {
    const status = 'x'.repeat(MAX_BODY_BYTES - stripeEvent('evt_1', { padding: '' }).length);

    expect(await post(stripeWebhook(stripeEvent('evt_1', { padding: status })), 'stripe')).toMatchObject({ statusCode: 200 });
  });
});

describe('a webhook is rejected', () => {
  test.each<[string, SignedWebhook, string | undefined, number, object]>([
    ['with a forged signature', stripeWebhook(stripeEvent('evt_1'), new Date(), 'whsec_other'), 'stripe', 401, { error: 'signature_mismatch' }],
    ['with an old signature', stripeWebhook(stripeEvent('evt_1'), new Date(1e9)), 'stripe', 401, { error: 'timestamp_out_of_tolerance' }],
    ['without a signature', { body: Buffer.from('{}'), headers: {} }, 'stripe', 401, { error: 'signature_missing' }],
    ['with half of a signature', { body: Buffer.from('{}'), headers: { 'stripe-signature': 't=1' } }, 'stripe', 401, { error: 'signature_malformed' }],
    ['if it is neither signed nor JSON', { body: Buffer.from('hello'), headers: {} }, undefined, 400, { error: 'not_a_webhook' }],
    ['if it violates the canonical schema', standardWebhook(canonical({ currency: 'eur' })), undefined, 400,
      { error: 'invalid_body', field: 'currency', message: 'must be a currency code of ISO 4217 in upper case' }],
    ['if its provider is unknown', stripeWebhook('{}'), 'unknown', 404, { error: 'unknown_provider' }],
  ])('%s', async (_, webhook, provider, statusCode, body) => {
    expect(await post(webhook, provider)).toEqual({ statusCode, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' }, body });
    expect(table.items).toEqual([]);
    expect(output.counted(Metric.REJECTED)).toBe(1);
    expect(output.logged('WARN')).toHaveLength(1);
  });

  test.each<[string, MetricName, SignedWebhook]>([
    ['with a signature that no secret made', Metric.MISMATCHED, stripeWebhook(stripeEvent('evt_1'), new Date(), 'whsec_other')],
  ])('and counted as one %s, by its provider', async (_, metric, webhook) => {
    await post(webhook, 'stripe');

    expect(output.metrics(metric)).toEqual([expect.objectContaining({ Provider: 'stripe', [Metric.REJECTED]: 1, [metric]: 1 })]);
  });

  test('without a signature, which does not count as one of a wrong secret', async () => {
    await post({ body: Buffer.from('{}'), headers: {} }, 'stripe');

    expect([output.counted(Metric.REJECTED), output.counted(Metric.MISMATCHED)]).toEqual([1, 0]);
  });

  test('on an unknown path, whose name is neither counted nor logged', async () => {
    await post(stripeWebhook('{}'), 'planted');

    expect(output.metrics(Metric.REJECTED)).toEqual([expect.not.objectContaining({ Provider: expect.anything() })]);
    expect(output.text()).not.toContain('planted');
  });

  test('if it is larger than Lambda accepts, which API Gateway answers itself', async () => {
    const answer = await post(stripeWebhook(Buffer.alloc(MAX_BODY_BYTES + 1)), 'stripe');

    expect([answer.statusCode, answer.body]).toEqual([413, { error: 'body_too_large' }]);
    expect(table.items).toEqual([]);
    expect(output.metrics(Metric.REJECTED)).toEqual([expect.objectContaining({ Provider: 'stripe', [Metric.REJECTED]: 1 })]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'rejected webhook', result: 'too-large' })]);
  });
});

const sentFrom = (event: APIGatewayProxyEvent, sourceIp: string | undefined): APIGatewayProxyEvent => (
  { ...event, requestContext: { identity: { sourceIp } } as APIGatewayProxyEvent['requestContext'] }
);

describe('a webhook whose signature covers a part of the body, through an HTTP API', () => {
  const sendText = async (note: Buffer) => {
    const webhook = braintree.sign(payloadBytes(braintree.events[0].payload), { secret: SECRETS['arn:checked'] });
    const body = Buffer.concat([webhook.body, Buffer.from('&note='), note]).toString();
    return handler(sentFrom({ ...proxyEvent(webhook, 'checked'), body, isBase64Encoded: false }, '203.0.113.7'));
  };

  test('is stored if its text is exact', async () => {
    expect(await sendText(Buffer.from('Zoë'))).toMatchObject({ statusCode: 200 });
    expect(table.items).toHaveLength(1);
  });

  test('is rejected, logged and counted like a mismatch if its text may have been changed', async () => {
    expect(await sendText(Buffer.from('Zo\xeb', 'latin1'))).toMatchObject({ statusCode: 401, body: '{"error":"body_not_exact"}' });

    expect(table.items).toEqual([]);
    expect(output.logged('WARN')).toEqual([{ level: 'WARN', message: 'rejected webhook', provider: 'checked', result: 'rejected', reason: 'body_not_exact' }]);
    expect(output.metrics(Metric.MISMATCHED)).toEqual([expect.objectContaining({ Provider: 'checked', [Metric.REJECTED]: 1, [Metric.MISMATCHED]: 1 })]);
  });
});

describe('a provider with address ranges', () => {
  const check = (sourceIp: string) => handler(sentFrom({
    ...proxyEvent({ body: Buffer.alloc(0), headers: {} }, 'checked'), httpMethod: 'GET', queryStringParameters: { bt_challenge: '20f9f8ed05f77439fe955c977e4c8a53' },
  }, sourceIp));
  const FORBIDDEN = { statusCode: 403, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json' }, body: '{"error":"source_not_allowed"}' };
  const WARNING = { level: 'WARN', message: 'rejected webhook', result: 'rejected', reason: 'source_not_allowed' };

  test('can send from an address in its ranges', async () => {
    const { statusCode } = await handler(sentFrom(proxyEvent(stripeWebhook(stripeEvent('evt_1')), 'fenced'), '203.0.113.7'));

    expect(statusCode).toBe(200);
    expect(table.items).toHaveLength(1);
  });

  test.each([['another', '192.0.2.1'], ['an unparsable', 'test-invoke-source-ip'], ['a missing', undefined]])(
    'cannot send from %s address, even with a valid signature', async (_, sourceIp) => {
      expect(await handler(sentFrom(proxyEvent(stripeWebhook(stripeEvent('evt_1')), 'fenced'), sourceIp))).toEqual(FORBIDDEN);

      expect(table.items).toEqual([]);
      expect(output.counted(Metric.REJECTED)).toBe(1);
      expect(output.logged('WARN')).toEqual([{ ...WARNING, provider: 'fenced' }]);
    });

  test('can check its endpoint from an allowed address', async () => {
    expect(await check('203.0.113.7')).toMatchObject({ statusCode: 200, body: expect.stringContaining('a-key|') });
    expect(output.counted(Metric.REJECTED)).toBe(0);
  });

  test('cannot check its endpoint from another address', async () => {
    expect(await check('192.0.2.1')).toEqual(FORBIDDEN);
    expect(output.counted(Metric.REJECTED)).toBe(1);
    expect(output.logged('WARN')).toEqual([{ ...WARNING, provider: 'checked' }]);
  });
});

describe('a webhook is answered with 503, so that the provider retries,', () => {
  const unavailable = (error: string) => ({ statusCode: 503, headers: { ...SECURITY_HEADERS, 'content-type': 'application/json', 'retry-after': '30' }, body: { error } });

  test('if the store fails', async () => {
    table.failNext(new Error('with a payload'));

    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'stripe')).toEqual(unavailable('unavailable'));
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'failed to process webhook', provider: 'stripe', result: 'unavailable', error: 'Error' }]);
  });

  test('if its secret is not set', async () => {
    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'unset')).toEqual(unavailable('secret_not_set'));
    expect(output.counted(Metric.SECRET_NOT_SET)).toBe(1);
    expect(table.items).toEqual([]);
  });

  test('if its secret cannot be read', async () => {
    secrets.isDown = true;
    jest.useFakeTimers({ now: Date.now() + 3_600_000 });

    expect(await post(stripeWebhook(stripeEvent('evt_1')), 'stripe')).toEqual(unavailable('unavailable'));
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'failed to process webhook', provider: 'stripe', result: 'unavailable', error: 'InternalServiceError' }]);
  });

  test('if an unexpected error occurs', async () => {
    const event = Object.defineProperty(proxyEvent(stripeWebhook('{}'), 'stripe'), 'body', { get: () => { throw new TypeError('with a payload'); } });

    expect((await handler(event)).statusCode).toBe(503);
    expect(output.logged('ERROR')).toEqual([{ level: 'ERROR', message: 'failed to process webhook', result: 'unavailable', error: 'TypeError' }]);
  });
});
