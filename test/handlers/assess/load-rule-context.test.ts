import { BatchGetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { detailWith, timeAgo } from './details';
import { loadRuleContext } from '../../../handlers/assess/load-rule-context';
import type { Needs } from '../../../handlers/assess/needs';
import { needsOf } from '../../../handlers/assess/needs';
import type { FraudRuleConfig } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { storedTransaction, TIERS } from '../support/items';

const DETAIL = detailWith();
const ALL: Needs = { historySeconds: 3600, firstSeen: true, declinesSeconds: 3600, blocklist: true };
const NONE: Needs = { historySeconds: 0, firstSeen: false, declinesSeconds: 0, blocklist: false };
const DECLINED = { kind: { S: 'failed' }, money_movement: { BOOL: false }, customer_key: { S: 'declined#stripe:cus_1' } };

const table = new FakeTable();
const reads = () => ({
  queries: table.client.commandCalls(QueryCommand).length,
  batches: table.client.commandCalls(BatchGetItemCommand).length,
  all: table.client.calls().length,
});

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

test('reads the required data with one request each', async () => {
  table.store(storedTransaction({ transaction_id: { S: 'stripe:oldest' }, occurred_at: { S: timeAgo(7200) } }));
  table.store(storedTransaction({ transaction_id: { S: 'stripe:declined' }, occurred_at: { S: timeAgo(30) }, ...DECLINED }));
  table.store({ transaction_id: { S: 'blocklist:country:DE' }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' } });

  const facts = await loadRuleContext(DETAIL, ALL, TIERS);

  expect(facts).toEqual({
    detail: DETAIL,
    history: [expect.objectContaining({ transactionId: 'stripe:pi_1' })],
    firstSeenAt: timeAgo(7200),
    declines: [{ transactionId: 'stripe:declined', occurredAt: timeAgo(30) }],
    blocked: [{ kind: 'country', value: 'DE' }],
  });
  expect(reads()).toEqual({ queries: 3, batches: 1, all: 4 });
});

test('starts all reads before the first one ends', async () => {
  table.client.on(QueryCommand).callsFake(() => new Promise(() => {}));

  void loadRuleContext(DETAIL, ALL, TIERS);
  await new Promise(setImmediate);

  expect(reads()).toEqual({ queries: 3, batches: 1, all: 4 });
});

test.each<[string, Partial<Needs>, { queries: number; batches: number; all: number }]>([
  ['nothing', {}, { queries: 0, batches: 0, all: 0 }],
  ['the history', { historySeconds: 1 }, { queries: 1, batches: 0, all: 1 }],
  ['the first event', { firstSeen: true }, { queries: 1, batches: 0, all: 1 }],
  ['the declines', { declinesSeconds: 60 }, { queries: 1, batches: 0, all: 1 }],
  ['the blocklist', { blocklist: true }, { queries: 0, batches: 1, all: 1 }],
])('reads nothing else if rules need %s', async (_, needs, expected) => {
  await loadRuleContext(DETAIL, { ...NONE, ...needs }, TIERS);

  expect(reads()).toEqual(expected);
});

test('reads only the blocklist without a customer', async () => {
  const detail = detailWith({ customer_id: undefined });

  const facts = await loadRuleContext(detail, ALL, TIERS);

  expect(facts).toEqual({ detail, history: [], firstSeenAt: undefined, declines: [], blocked: [] });
  expect(reads()).toEqual({ queries: 0, batches: 1, all: 1 });
});

test('fails if one read fails', async () => {
  table.client.on(BatchGetItemCommand).rejects(new Error('throttled'));

  await expect(loadRuleContext(DETAIL, ALL, TIERS)).rejects.toThrow('throttled');
});

describe('the cost of an assessment', () => {
  const YEAR = 31_536_000;
  const RULES: FraudRuleConfig[] = [
    { rule: 'velocity', score: 1, count: 5, windowSeconds: YEAR },
    { rule: 'repeated-declines', score: 1, count: 3, windowSeconds: YEAR },
    { rule: 'new-customer-above', score: 1, amount: 1, ageSeconds: YEAR },
    { rule: 'blocked', score: 1 },
  ];

  /** Stores a number of paid events of the customer and, in the year before the last, a twentieth as many declined events. */
  function storeYears(events: number): void {
    for (let index = 0; index < events; index += 1) {
      const declined = index % 20 === 0 ? DECLINED : {};
      table.store(storedTransaction({ transaction_id: { S: `stripe:pi_${index + 2}` }, occurred_at: { S: timeAgo(index * 300) }, ...declined }));
    }
  }

  async function costOf(events: number): Promise<{ queries: number; batches: number; all: number; items: number }> {
    table.reset(storedTransaction());
    storeYears(events);
    await loadRuleContext(DETAIL, needsOf({ tiers: { medium: 1_000, high: 10_000 }, review: 1, block: 2, rules: RULES }), TIERS);
    return { ...reads(), items: table.itemsRead };
  }

  // More events would not change the result: these exceed the maximum of three pages of 200, and the 1 MB of one page without a limit.
  test('is bounded for a customer of 1,000 and of 10,000 events', async () => {
    const [some, many] = [await costOf(1_000), await costOf(10_000)];

    // 200 events of the history, the oldest event, up to 200 declines, and the keys of the blocklist.
    expect(some).toEqual({ queries: 3, batches: 1, all: 4, items: 200 + 1 + 50 + 3 });
    expect(many).toEqual({ ...some, items: 200 + 1 + 200 + 3 });
  });

  test('is the same number of requests for a customer of 100 events, and reads only existing items', async () => {
    expect(await costOf(100)).toEqual({ queries: 3, batches: 1, all: 4, items: 96 + 1 + 5 + 3 });
  });
});
