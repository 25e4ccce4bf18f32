import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import '../support/validator-environment';
import { handler } from '../../../handlers/ingest/handler';
import { Metric } from '../../../src/private/contract';
import { Output } from '../support/output';
import { proxyEvent, STRIPE_SECRET, stripeWebhook } from '../support/webhooks';

/** The shortest timeout of any provider. */
const SHORTEST_TIMEOUT_MS = 5_000;

type Answer = (response: ServerResponse) => void;
const json = (statusCode: number, body: object): Answer => (response) => {
  response.writeHead(statusCode, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
};
const secret = json(200, { SecretString: STRIPE_SECRET, CreatedDate: 0 });
const ok = json(200, {});
const conditionFailed = json(400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'The conditional request failed' });
const silence: Answer = () => undefined;
const hangUp: Answer = (response) => response.destroy();

/** The responses of Secrets Manager and DynamoDB, in order, including failures. */
let answers: Record<'GetSecretValue' | 'PutItem', Answer[]>;
const output = new Output();
const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  const operation = String(request.headers['x-amz-target']).split('.')[1] as keyof typeof answers;
  request.resume().on('end', () => answers[operation].shift()!(response));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
});

beforeEach(() => output.capture());

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(customer = {}) {
  const payload = { id: 'evt_1', type: 'charge.succeeded', data: { object: { id: 'ch_1', ...customer } } };
  const event = proxyEvent(stripeWebhook(JSON.stringify(payload)), 'stripe');
  const start = Date.now();
  const { statusCode, body } = await handler(event);
  return { statusCode, body, duration: Date.now() - start };
}

// The order of the tests matters: a secret is cached after its first read.
test('answers before the provider times out, even if a service does not respond', async () => {
  answers = { GetSecretValue: [silence, silence], PutItem: [] };
  const withoutSecret = await post();
  answers = { GetSecretValue: [silence, secret], PutItem: [silence, silence] };
  const withoutStore = await post();

  expect([withoutSecret.statusCode, withoutStore.statusCode]).toEqual([503, 503]);
  expect(Math.max(withoutSecret.duration, withoutStore.duration)).toBeLessThan(SHORTEST_TIMEOUT_MS);
  expect(answers).toEqual({ GetSecretValue: [], PutItem: [] });
}, 15_000);

test('retries after a broken connection', async () => {
  answers = { GetSecretValue: [], PutItem: [hangUp, ok] };

  expect(await post()).toMatchObject({ statusCode: 200, body: expect.stringContaining('"stored"') });
});

test('reports a duplicate if a retried write had succeeded without a response', async () => {
  answers = { GetSecretValue: [], PutItem: [silence, conditionFailed] };

  const { statusCode, body, duration } = await post();

  expect([statusCode, JSON.parse(body)]).toEqual([200, { result: 'duplicate', transaction_id: 'stripe:ch_1' }]);
  expect(duration).toBeLessThan(SHORTEST_TIMEOUT_MS);
}, 15_000);

test('stores a guest\'s webhook before the provider times out, even if the key cannot be read', async () => {
  answers = { GetSecretValue: [silence, silence], PutItem: [silence, ok] };

  const { statusCode, duration } = await post({ billing_details: { email: 'someone@mail.example' } });

  expect(statusCode).toBe(200);
  expect(output.counted(Metric.GUEST_UNIDENTIFIED)).toBe(1);
  expect(duration).toBeLessThan(SHORTEST_TIMEOUT_MS);
  expect(answers).toEqual({ GetSecretValue: [], PutItem: [] });
}, 15_000);
