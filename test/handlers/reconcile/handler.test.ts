import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import './support/reconciler-environment';
import { handler } from '../../../handlers/reconcile/handler';
import { Metric } from '../../../src/private/contract';
import { FakeSecrets } from '../support/fake-secrets';
import { FakeTable } from '../support/fake-table';
import { Output } from '../support/output';
import { FAULTS, KEYS, StubApi, type Fault, type StubEvent } from './support/stub-api';
import { capture, charge, DAY, HOUR, MINUTE, otherEvent, payment } from './support/stub-events';

const table = new FakeTable();
const secrets = new FakeSecrets();
const output = new Output();
const api = new StubApi();

beforeAll(async () => api.start());
afterAll(async () => api.stop());
beforeEach(() => {
  table.reset();
  secrets.reset();
  output.capture();
  api.reset();
  globalThis.fetch = api.fetch;
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

const realFetch = globalThis.fetch;

const context = (millis = 900_000) => ({ awsRequestId: 'a-request', getRemainingTimeInMillis: () => millis });
const run = async (provider = 'stripe', since?: string) => handler({ task: 'reconcile', provider, since }, context());
/** A run with time for a number of pages. */
const runFor = async (pages: number, provider = 'stripe') => handler({ task: 'reconcile', provider }, {
  awsRequestId: 'a-request', getRemainingTimeInMillis: () => (api.pages.length < pages ? 900_000 : 1_000),
});
const reconciledUntil = (at: number, provider = 'stripe') => table.store({
  transaction_id: { S: `reconciliation:${provider}` }, timestamp: { S: '-' }, record_type: { S: 'reconciliation' }, reconciled_until: { S: new Date(at).toISOString() },
});
const checkpointOf = (provider = 'stripe') => Date.parse(
  table.find({ transaction_id: { S: `reconciliation:${provider}` }, timestamp: { S: '-' } })?.reconciled_until.S ?? '',
);
const eventIds = () => table.itemsOf('transaction').map(({ event_id: id }) => id.S!).sort();
const now = () => Date.now();

describe('the first run', () => {
  test('fetches nothing from before itself', async () => {
    api.events = [charge('1', now() - DAY), charge('2', now() - 20 * MINUTE)];

    expect(await run()).toEqual({ result: 'completed', missing: 0 });
    expect(api.requests).toEqual([]);
    expect(output.counted(Metric.RECONCILIATION_COMPLETED)).toBe(1);
  });

  test('lets later runs begin at its own time', async () => {
    const before = now();

    await run();

    expect(checkpointOf()).toBeGreaterThanOrEqual(before + HOUR);
    expect(checkpointOf()).toBeLessThanOrEqual(now() + HOUR);
  });
});

/** For each provider: the event of a payment, its id and its transaction. */
const PROVIDERS: [string, (name: string, at: number) => StubEvent, string, string][] = [
  ['stripe', charge, 'evt_1', 'stripe:pi_1'],
  ['paypal', capture, 'WH-1', 'paypal:CAP-1'],
  ['square', payment, 'square-1', 'square:pay-1'],
];

describe.each(PROVIDERS)('an event of %s whose webhook did not arrive', (provider, event, eventId, transactionId) => {
  test('is stored like a webhook, and marked as fetched', async () => {
    reconciledUntil(now() - 2 * HOUR, provider);
    const listed = event('1', now() - HOUR);
    api.events = [listed];

    expect(await run(provider)).toEqual({ result: 'completed', missing: 1 });
    expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({
      transaction_id: { S: transactionId }, event_id: { S: eventId }, fetched: { BOOL: true }, amount_minor: { N: '1234' }, money_movement: { BOOL: true },
    })]);
    expect(JSON.parse(gunzipSync(table.itemsOf('transaction')[0].body.B!).toString())).toEqual(listed.event);
  });

  test('is counted and logged once, however many runs find it', async () => {
    reconciledUntil(now() - 2 * HOUR, provider);
    api.events = [event('1', now() - HOUR)];

    await run(provider);
    await run(provider);

    expect(output.metrics(Metric.RECONCILED)).toEqual([expect.objectContaining({ Provider: provider, EventsReconciled: 1 })]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'stored missing event', provider, transactionId, eventId })]);
  });

  test('is found on every page, in any order', async () => {
    reconciledUntil(now() - 2 * HOUR, provider);
    api.maxPageSize = 2;
    api.events = ['4', '1', '5', '3', '2'].map((name) => event(name, now() - HOUR + Number(name) * MINUTE));

    expect(await run(provider)).toEqual({ result: 'completed', missing: 5 });
    expect(eventIds().length).toBe(5);
  });

  test('is left to its webhook for a quarter of an hour', async () => {
    reconciledUntil(now() - 2 * HOUR, provider);
    api.events = [event('1', now() - 14 * MINUTE)];

    expect(await run(provider)).toEqual({ result: 'completed', missing: 0 });
  });

  test('is not fetched with another key', async () => {
    reconciledUntil(now() - 2 * HOUR, provider);
    api.faults = [FAULTS.unauthorized, FAULTS.unauthorized];

    await expect(run(provider)).rejects.toThrow('the provider answered with the status 401');
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({
      message: 'provider does not accept the API key', status: 401, keyMustBe: expect.any(String) as string,
    })]);
    expect(output.counted(Metric.RECONCILIATION_COMPLETED)).toBe(0);
  });
});

test('a webhook that arrived is not stored again', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [charge('1', now() - HOUR)];
  await run();
  const [stored] = table.itemsOf('transaction');
  table.delete(stored);
  const { fetched, ...webhook } = stored;
  table.store(webhook);
  reconciledUntil(now() - 2 * HOUR);

  expect(fetched).toEqual({ BOOL: true });
  expect(await run()).toEqual({ result: 'completed', missing: 0 });
  expect(table.itemsOf('transaction')).toEqual([webhook]);
});

test('an event that is stored under another transaction is not stored again', async () => {
  reconciledUntil(now() - 2 * HOUR);
  table.store({ transaction_id: { S: 'stripe:in_1' }, timestamp: { S: '-#evt_1' }, event_id: { S: 'evt_1' }, provider: { S: 'stripe' }, record_type: { S: 'transaction' } });
  api.events = [charge('1', now() - HOUR)];

  expect(await run()).toEqual({ result: 'completed', missing: 0 });
});

test('an event that was erased is not stored again', async () => {
  reconciledUntil(now() - 2 * HOUR);
  table.store({ transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '-#evt_1' }, event_id: { S: 'evt_1' } });
  api.events = [charge('1', now() - HOUR)];

  expect(await run()).toEqual({ result: 'completed', missing: 0 });
});

test('an event of another provider with the same id does not count as stored', async () => {
  reconciledUntil(now() - 2 * HOUR);
  table.store({ transaction_id: { S: 'other:pi_1' }, timestamp: { S: '-#evt_1' }, event_id: { S: 'evt_1' } });
  api.events = [charge('1', now() - HOUR)];

  expect(await run()).toEqual({ result: 'completed', missing: 1 });
});

test('a webhook that arrives between the look-up and the write is stored once, and is not missing', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [charge('1', now() - HOUR)];
  await run();
  const stored = table.itemsOf('transaction');
  reconciledUntil(now() - 2 * HOUR);
  // The index is behind.
  table.client.on(QueryCommand).resolves({});

  expect(await run()).toEqual({ result: 'completed', missing: 0 });
  expect(table.itemsOf('transaction')).toEqual(stored);
});

test('an event that is listed twice is stored once', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.maxPageSize = 1;
  const event = charge('1', now() - HOUR);
  api.events = [event, charge('2', now() - 59 * MINUTE), { ...event, at: now() - 58 * MINUTE }];
  api.alter = (answer, { url }) => (url.searchParams.get('starting_after') === 'evt_2' ? { ...answer, has_more: false } : answer);

  await run();

  expect(eventIds()).toEqual(['evt_1', 'evt_2']);
  expect(output.counted(Metric.RECONCILED)).toBe(2);
});

test('only events that say something about payments are stored', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [otherEvent('1', now() - HOUR), charge('2', now() - HOUR)];

  expect(await run()).toEqual({ result: 'completed', missing: 1 });
  expect(eventIds()).toEqual(['evt_2']);
});

test('only the chosen events are stored', async () => {
  reconciledUntil(now() - 2 * HOUR, 'chosen');
  const { at, event } = charge('1', now() - HOUR);
  api.events = [charge('2', now() - HOUR), { at, event: { ...event, type: 'charge.captured' } }];

  expect(await run('chosen')).toEqual({ result: 'completed', missing: 1 });
  expect(eventIds()).toEqual(['evt_2']);
});

test('an event that cannot be parsed is stored and counted', async () => {
  reconciledUntil(now() - 2 * HOUR);
  const { at, event } = charge('1', now() - HOUR);
  api.events = [{ at, event: { ...event, data: {} } }];

  expect(await run()).toEqual({ result: 'completed', missing: 1 });
  expect(output.counted(Metric.UNPARSED)).toBe(1);
});

test('an event that is too large for an item is stored with its body in the archive', async () => {
  const bucket = mockClient(S3Client);
  bucket.on(PutObjectCommand).resolves({});
  reconciledUntil(now() - 2 * HOUR);
  const at = now() - 90 * MINUTE;
  api.events = [charge('1', at, { description: randomBytes(600_000).toString('base64') }), charge('2', at)];

  expect(await run()).toEqual({ result: 'completed', missing: 2 });
  expect(eventIds()).toEqual(['evt_1', 'evt_2']);
  expect(bucket.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => ({ S: input.Key }))).toEqual(
    table.itemsOf('transaction').flatMap(({ body_key: key }) => key ?? []),
  );
});

describe('a failing API', () => {
  const retried: [string, Fault][] = [
    ['throttles', FAULTS.throttled], ['fails', FAULTS.failing], ['resets connections', FAULTS.reset], ['sends half an answer', FAULTS.truncated],
  ];

  test.each(retried)('that %s is called again, and no event is missed', async (_, fault) => {
    reconciledUntil(now() - 2 * HOUR);
    api.faults = [fault, fault, undefined, fault];
    api.maxPageSize = 1;
    api.events = [charge('1', now() - HOUR), charge('2', now() - 59 * MINUTE)];

    expect(await run()).toEqual({ result: 'completed', missing: 2 });
  });

  test.each(retried)('that always %s ends the run, and the next run continues', async (_, fault) => {
    const until = now() - 2 * HOUR;
    reconciledUntil(until);
    api.events = [charge('1', now() - HOUR)];
    api.faults = Array<Fault>(4).fill(fault);

    await expect(run()).rejects.toThrow();
    expect(checkpointOf()).toBe(until);
    expect(output.counted(Metric.RECONCILIATION_COMPLETED)).toBe(0);
    expect(await run()).toEqual({ result: 'completed', missing: 1 });
  });

  test('that refuses the key is not called again', async () => {
    reconciledUntil(now() - 2 * HOUR);
    api.faults = [FAULTS.forbidden];

    await expect(run()).rejects.toThrow('the provider answered with the status 403');
    expect(api.requests.length).toBe(1);
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({ keyMustBe: expect.stringContaining('permission to read events') as string })]);
  });

  test('does not make the key or an answer part of the log', async () => {
    reconciledUntil(now() - 2 * HOUR);
    reconciledUntil(now() - 2 * HOUR, 'paypal');
    api.events = [charge('1', now() - HOUR)];
    api.faults = [FAULTS.forbidden, FAULTS.forbidden];
    await expect(run()).rejects.toThrow();
    await expect(run('paypal')).rejects.toThrow();
    await run();
    api.events = [capture('1', now() - HOUR)];
    await run('paypal');

    for (const secret of [KEYS.stripe, 'a-secret-1', 'token-', '"no"', '12.34', '1234,']) {
      expect([secret, output.text().includes(secret)]).toEqual([secret, false]);
    }
  });
});

test('a run that dies between two pages is continued by the next one, and stores nothing twice', async () => {
  const until = now() - 2 * HOUR;
  reconciledUntil(until);
  api.maxPageSize = 2;
  api.events = [...Array(6).keys()].map((index) => charge(String(index), now() - HOUR + index * MINUTE));
  api.faults = [undefined, undefined, FAULTS.forbidden];

  await expect(run()).rejects.toThrow();
  const first = eventIds();
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(6);
  expect(await run()).toEqual({ result: 'completed', missing: 6 - first.length });
  expect(eventIds().length).toBe(6);
});

test('a window with more than one page of 100 events is read completely', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [...Array(250).keys()].map((index) => charge(String(index), now() - HOUR + index * 1_000));

  expect(await run()).toEqual({ result: 'completed', missing: 250 });
});

describe('a checkpoint that is older than the list of the provider', () => {
  test('is moved, counted and logged', async () => {
    reconciledUntil(now() - 40 * DAY);
    api.events = [charge('1', now() - 35 * DAY), charge('2', now() - 30 * DAY + 90 * MINUTE)];

    expect(await runFor(2)).toEqual({ result: 'stopped', missing: 1 });
    expect(output.metrics(Metric.OUT_OF_REACH)).toEqual([expect.objectContaining({ Provider: 'stripe' })]);
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({ message: 'events are too old to be fetched', result: 'out-of-reach' })]);
  });

  test('causes no request for a time that the provider does not list', async () => {
    reconciledUntil(now() - 40 * DAY, 'square');

    await runFor(2, 'square');

    const oldest = Math.min(...api.pages.map(({ body }) => Date.parse(JSON.parse(body).query.filter.created_at.start_at as string)));
    expect(oldest).toBeGreaterThan(now() - 28 * DAY);
  });
});

describe('an operator', () => {
  test('can fetch from an earlier time on', async () => {
    reconciledUntil(now() - HOUR);
    api.events = [charge('1', now() - 5 * HOUR), charge('2', now() - 7 * HOUR)];

    expect(await run('stripe', new Date(now() - 6 * HOUR).toISOString())).toEqual({ result: 'completed', missing: 1 });
    expect(eventIds()).toEqual(['evt_1']);
  });

  test.each(['yesterday', '2999-01-01T00:00:00Z'])('must give a time in the past, not %s', async (since) => {
    await expect(run('stripe', since)).rejects.toThrow('`since` must be a time in the past, such as 2026-01-31T12:00:00Z');
  });

  test.each(['nobody', 'adyen'])('must name a reconciled provider, not %s', async (provider) => {
    await expect(run(provider)).rejects.toThrow(/the input must have the task reconcile and one of these providers: stripe, paypal,/);
  });

  test('must give the task', async () => {
    await expect(handler({ task: 'sweep', provider: 'stripe' } as never, context())).rejects.toThrow('the input must have the task reconcile');
  });
});

test('a run with little time leaves the rest to the next one', async () => {
  reconciledUntil(now() - 5 * HOUR);
  api.events = [charge('1', now() - 4 * HOUR), charge('2', now() - 2 * HOUR)];

  expect(await runFor(2)).toEqual({ result: 'stopped', missing: 1 });
  expect(output.counted(Metric.RECONCILIATION_COMPLETED)).toBe(0);
  expect(await run()).toEqual({ result: 'completed', missing: 1 });
});

test('a run without time calls nobody', async () => {
  reconciledUntil(now() - 5 * HOUR);

  expect(await handler({ task: 'reconcile', provider: 'stripe' }, context(1_000))).toEqual({ result: 'stopped', missing: 0 });
  expect(api.requests).toEqual([]);
});

test('a failing table ends the run, and the next run continues', async () => {
  const until = now() - 2 * HOUR;
  reconciledUntil(until);
  api.events = [charge('1', now() - HOUR)];
  table.failNext(new Error('down'));

  await expect(run()).rejects.toThrow('down');
  expect(checkpointOf()).toBe(until);
  expect(output.logged('ERROR')).toEqual([expect.objectContaining({ message: 'failed to reconcile events' })]);
  expect(await run()).toEqual({ result: 'completed', missing: 1 });
});

test('a failing index ends the run without a write', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [charge('1', now() - 90 * MINUTE)];
  table.client.on(QueryCommand).rejects(new Error('no index'));

  await expect(run()).rejects.toThrow('no index');
  expect(table.itemsOf('transaction')).toEqual([]);
});

test('a guest gets the id that a webhook would give', async () => {
  reconciledUntil(now() - 2 * HOUR);
  api.events = [charge('1', now() - 90 * MINUTE, { billing_details: { email: 'someone@mail.example' } })];

  await run();

  expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({ customer_id: { S: expect.stringMatching(/^contact:[0-9a-f]{32}$/) as string } })]);
});

test.each([['unset', 'the secret has no API key'], ['copied', 'printable characters'], ['text', 'client_id']])(
  'the unusable key of %s is reported', async (provider, message) => {
    reconciledUntil(now() - 2 * HOUR, provider);

    await expect(run(provider)).rejects.toThrow(message);
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({ message: 'provider does not accept the API key', error: 'ApiKeyUnusable' })]);
  },
);

test('a token of PayPal that expires between two pages is fetched again', async () => {
  reconciledUntil(now() - 2 * HOUR, 'paypal');
  api.maxPageSize = 1;
  api.events = [capture('1', now() - 90 * MINUTE), capture('2', now() - 90 * MINUTE)];
  api.alter = (answer) => {
    if (api.pages.length === 1) {
      api.expireToken();
    }
    return answer;
  };

  expect(await run('paypal')).toEqual({ result: 'completed', missing: 2 });
});

test('the sandbox of a provider in test mode is called, and its events move no money', async () => {
  reconciledUntil(now() - 2 * HOUR, 'sandbox');
  api.events = [payment('1', now() - HOUR)];

  await run('sandbox');

  expect([...new Set(api.pages.map(({ url }) => url.origin))]).toEqual(['https://connect.squareupsandbox.com']);
  expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({ live: { BOOL: false }, money_movement: { BOOL: false } })]);
});
