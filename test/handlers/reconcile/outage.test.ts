import { stripeEvents } from '../../../handlers/providers/stripe/stripe-event-list';
import { sendToApi } from '../../../handlers/reconcile/api-client';
import { reconcile, type ReconciliationResult } from '../../../handlers/reconcile/reconcile';
import { Attr } from '../../../src/private/contract';
import { TIERS } from '../support/items';
import { FAULTS, KEYS, StubApi } from './support/stub-api';
import { charge, DAY } from './support/stub-events';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const COUNT = 2_000;

const api = new StubApi();
/** The ids of stored events, each with the number of writes that stored it. */
const stored = new Map<string, number>();
let checkpoint = NOW - 7 * DAY;

beforeAll(async () => api.start());
afterAll(async () => api.stop());

/** A run with time for a number of pages. */
async function run(pages = Infinity): Promise<ReconciliationResult> {
  const until = api.pages.length + pages;
  return reconcile({
    now: NOW,
    provider: { name: 'stripe', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn' } },
    list: stripeEvents,
    access: {
      key: KEYS.stripe,
      sandbox: false,
      send: async (request) => sendToApi(request, { fetch: api.fetch, sleep: async () => undefined, random: () => 0 }),
    },
    checkpoint: {
      read: async () => checkpoint,
      move: async ({ to }) => {
        checkpoint = to;
        return true;
      },
    },
    remainingMillis: () => (api.pages.length < until ? 900_000 : 0),
    isStored: async (id) => stored.has(id),
    store: {
      tiers: TIERS,
      fetched: true,
      store: async (item) => {
        const id = String(item[Attr.EVENT_ID]);
        stored.set(id, (stored.get(id) ?? 0) + 1);
        return 'stored';
      },
    },
    onMissing: () => {},
    onGap: () => {},
  });
}

test('an outage of a week with 2,000 events is recovered completely, in runs that fail, end early and are throttled', async () => {
  // A rush in one hour needs several pages of 100 events.
  const rush = NOW - 3 * DAY;
  api.events = [...Array(COUNT).keys()].map((index) => (
    charge(String(index), index % 4 === 0 ? rush + index * 1_000 : NOW - 7 * DAY + (index + 1) * 7 * DAY / (COUNT + 100))
  ));
  stored.set('evt_0', 1).set('evt_1000', 1);
  api.faults = [undefined, FAULTS.throttled, FAULTS.failing, undefined, FAULTS.truncated, FAULTS.reset];

  expect(await run(20)).toBe('stopped');
  api.faults = [undefined, FAULTS.forbidden];
  await expect(run()).rejects.toThrow('the provider answered with the status 403');
  expect(await run()).toBe('completed');

  expect(stored.size).toBe(COUNT);
  expect([...stored.values()].filter((writes) => writes !== 1)).toEqual([]);
});
