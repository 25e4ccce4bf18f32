import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { closeTransaction, dueTransactions, markGivenUp, readTransaction, releaseClaim } from '../../../../handlers/publish/sweep/open-transactions';
import { FakeTable } from '../../support/fake-table';
import { ASSESSMENT, storedTransaction } from '../../support/items';

const SEEN = '2025-03-04T05:16:07.089Z';
const NOW = Date.parse(SEEN);
const KEY = { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } };
const LOOK = { expectedSweepAt: SEEN, nextSweepAt: '2025-03-04T05:36:07.089Z', attempt: 1, deadBefore: '2025-03-04T05:06:07.089Z' };

const table = new FakeTable();

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

describe('dueTransactions', () => {
  test('finds the keys of a partition\'s due transactions, the oldest first', async () => {
    table.store(storedTransaction({ transaction_id: { S: 'longer' }, sweep_at: { S: '2025-03-04T05:00:00.000Z' } }));
    table.store(storedTransaction({ transaction_id: { S: 'later' }, sweep_at: { S: '2025-03-04T05:16:07.090Z' } }));
    table.store(storedTransaction({ transaction_id: { S: 'elsewhere' }, sweep_partition: { S: '4' } }));

    const { keys } = await dueTransactions('8', NOW);

    expect(keys).toEqual([{ ...KEY, transaction_id: { S: 'longer' } }, KEY]);
    expect(table.client.commandCalls(QueryCommand)[0].args[0].input).toMatchObject({
      TableName: 'transactions', IndexName: 'open-high-value-index', Limit: 50,
    });
  });

  test('accepts an answer without items', async () => {
    table.client.on(QueryCommand).resolves({});

    expect(await dueTransactions('8', NOW)).toEqual({ keys: [] });
  });

  test('continues after a page', async () => {
    for (let number = 0; number < 51; number++) {
      table.store(storedTransaction({ transaction_id: { S: `stripe:pi_${number}` } }));
    }

    const first = await dueTransactions('8', NOW);
    const second = await dueTransactions('8', NOW, first.next);

    expect([first.keys.length, second.keys.length, second.next]).toEqual([50, 1, undefined]);
    expect(new Set([...first.keys, ...second.keys].map(({ transaction_id: id }) => id.S)).size).toBe(51);
  });
});

describe('readTransaction', () => {
  test('reads the item, or returns undefined', async () => {
    expect(await readTransaction(KEY)).toEqual(storedTransaction());
    expect(await readTransaction({ ...KEY, transaction_id: { S: 'none' } })).toBeUndefined();
  });

  test('reads consistently', async () => {
    await readTransaction(KEY);

    expect(table.client.calls()[0].args[0].input).toMatchObject({ ConsistentRead: true });
  });
});

describe('releaseClaim', () => {
  test('removes the dead claim, counts and sets the next sweep', async () => {
    table.store(storedTransaction({ claim_owner: { S: 'arn' }, claimed_at: { S: '2025-03-04T05:06:07.088Z' }, sweeps: { N: '1' } }));

    expect(await releaseClaim(KEY, { ...LOOK, attempt: 2 })).toBe(true);
    expect(table.find(KEY)).toEqual(storedTransaction({ sweeps: { N: '2' }, sweep_at: { S: LOOK.nextSweepAt } }));
  });

  test('releases one that has a verdict and was never closed', async () => {
    table.store(storedTransaction(ASSESSMENT));

    expect(await releaseClaim(KEY, LOOK)).toBe(true);
  });

  test('opens one again that was given up', async () => {
    table.store(storedTransaction({ sweep_partition: { S: 'given-up' }, given_up_at: { S: SEEN }, sweeps: { N: '10' } }));

    expect(await releaseClaim(KEY, LOOK)).toBe(true);
    expect(table.find(KEY)).toEqual(storedTransaction({ sweeps: { N: '1' }, sweep_at: { S: LOOK.nextSweepAt } }));
  });

  test.each([
    ['is closed', { ...ASSESSMENT, closed_at: { S: SEEN } }],
    ['was swept in between', { sweep_at: { S: LOOK.nextSweepAt } }],
    ['was closed', { sweep_at: undefined }],
    ['was claimed ten minutes ago', { claimed_at: { S: LOOK.deadBefore } }],
  ])('does not change one that %s', async (_, overrides) => {
    const item = storedTransaction(overrides);
    table.store(item);

    expect(await releaseClaim(KEY, LOOK)).toBe(false);
    expect(await markGivenUp(KEY, { ...LOOK, givenUpAt: SEEN })).toBe(false);
    expect(table.find(KEY)).toEqual(item);
  });
});

describe('markGivenUp', () => {
  test('moves the item to the partition of those that were given up, without its dead claim', async () => {
    const givenUpAt = '2025-03-05T06:16:07.089Z';
    table.store(storedTransaction({ claim_owner: { S: 'arn' }, claimed_at: { S: '2025-03-04T05:06:07.088Z' }, sweeps: { N: '10' } }));

    expect(await markGivenUp(KEY, { ...LOOK, givenUpAt })).toBe(true);

    expect(table.find(KEY)).toEqual(storedTransaction({
      sweep_partition: { S: 'given-up' }, sweep_at: { S: givenUpAt }, given_up_at: { S: givenUpAt }, sweeps: { N: '10' },
    }));
  });
});

describe('closeTransaction', () => {
  test('removes the item from the index', async () => {
    await closeTransaction(KEY, SEEN);

    expect(table.find(KEY)).toEqual(storedTransaction({ sweep_partition: undefined, sweep_at: undefined }));
  });

  test('does not change one that was swept in between, and never creates an item', async () => {
    const moved = storedTransaction({ sweep_at: { S: LOOK.nextSweepAt } });
    table.store(moved);

    await closeTransaction(KEY, SEEN);
    await closeTransaction({ ...KEY, transaction_id: { S: 'none' } }, SEEN);

    expect(table.find(KEY)).toEqual(moved);
    expect(table.find({ ...KEY, transaction_id: { S: 'none' } })).toBeUndefined();
  });
});
