import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import './support/validator-environment';
import { FakeSecrets, SECRETS } from './support/fake-secrets';
import { Output } from './support/output';
import { PutTable } from './support/put-table';
import { canonical, order, post, stripeEvent } from './support/sent';
import { hmacWebhook, standardWebhook, standardWebhookOfBytes, stripeWebhook, stripeWebhookOfBytes, type SignedWebhook } from './support/webhooks';
import { handler } from '../../handlers/webhook-validator';

const table = new PutTable();
const secrets = new FakeSecrets();
const output = new Output();

beforeEach(() => {
  table.reset();
  secrets.reset();
  output.capture();
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
