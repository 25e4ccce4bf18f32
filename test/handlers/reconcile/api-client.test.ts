import { FAULTS, KEYS, StubApi, type Fault } from './support/stub-api';
import { ATTEMPTS, MAX_WAIT_MS, sendToApi } from '../../../handlers/reconcile/api-client';

const api = new StubApi();
let waits: number[] = [];

beforeAll(async () => api.start());
afterAll(async () => api.stop());
beforeEach(() => {
  api.reset();
  waits = [];
});

const request = { url: 'https://api.stripe.com/v1/events?limit=1', method: 'GET', headers: { authorization: `Bearer ${KEYS.stripe}` } } as const;
const send = async (fetcher = api.fetch, random = 0.5) => sendToApi(request, {
  fetch: fetcher, attemptMillis: 200, random: () => random, sleep: async (millis) => waits.push(millis),
});
const after = (header: string): Fault => (response) => response.writeHead(429, { 'retry-after': header }).end('{}');

test('returns the answer and its bytes', async () => {
  const { body, json } = await send();

  expect(json).toEqual({ object: 'list', url: '/v1/events', has_more: false, data: [] });
  expect(JSON.parse(body.toString())).toEqual(json);
});

test('ends an attempt whose answer stops in its middle', async () => {
  api.faults = [FAULTS.hanging];

  expect((await send()).json.object).toBe('list');
  expect(waits.length).toBe(1);
});

test('gives up after some attempts, with waits that double', async () => {
  api.faults = Array<Fault>(ATTEMPTS).fill(FAULTS.failing);

  await expect(send()).rejects.toThrow('the provider answered with the status 500');
  expect(waits).toEqual([500, 1_000, 2_000]);
  expect(api.requests.length).toBe(ATTEMPTS);
});

test('waits for the seconds that the provider asks for', async () => {
  api.faults = [after('7')];

  await send();

  expect(waits).toEqual([7_000]);
});

test('waits until the time that the provider asks for', async () => {
  api.faults = [after(new Date(Date.now() + 20_000).toUTCString()), after(new Date(Date.now() - 20_000).toUTCString())];

  await send();

  expect(waits[0]).toBeGreaterThan(15_000);
  expect(waits[0]).toBeLessThanOrEqual(20_000);
  expect(waits[1]).toBe(0);
});

test('waits as usual if it cannot read what the provider asks for', async () => {
  api.faults = [after('soon')];

  await send();

  expect(waits).toEqual([500]);
});

test('leaves a long wait to the next run', async () => {
  api.faults = [after(String(MAX_WAIT_MS / 1_000 + 1))];

  await expect(send()).rejects.toThrow('the provider answered with the status 429');
  expect(waits).toEqual([]);
});

test('does not follow a redirection, which could lead the key elsewhere', async () => {
  api.faults = Array<Fault>(ATTEMPTS).fill((response) => response.writeHead(302, { location: '/v1/events' }).end());

  await expect(send()).rejects.toThrow('the provider cannot be reached');
});

test('rejects an answer that is too large', async () => {
  const endless = async () => new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(4 * 1024 * 1024)) }));

  await expect(send(endless)).rejects.toThrow('the provider cannot be reached');
});

test('rejects an answer without a body', async () => {
  await expect(send(async () => new Response(null))).rejects.toThrow('the answer is not a JSON object');
});

test('no error contains the key or the answer', async () => {
  api.faults = [(response) => response.writeHead(400).end(`{"message":"${KEYS.stripe}"}`)];

  const error = await send().catch((reason: Error) => reason) as Error;

  expect(JSON.stringify([error.message, error.stack, error])).not.toContain(KEYS.stripe);
});
