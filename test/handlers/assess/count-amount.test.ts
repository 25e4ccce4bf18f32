import { UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { isArchived } from '../../../handlers/archive/archive-lines';
import { countAmount } from '../../../handlers/assess/count-amount';
import { isErased, isHeartbeat, isTransaction, providerOf, type StoredItem } from '../../../handlers/aws/stored-item';
import { toChange } from '../../../handlers/aws/stream-change';
import { sizeOf } from '../../cost/item-size';
import { FakeTable } from '../support/fake-table';
import { streamRecord } from '../support/items';
import { Output } from '../support/output';

const table = new FakeTable();
const output = new Output();

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  output.capture();
  table.reset();
});

test('adds one to the step of the amount, in the month of the receipt', async () => {
  await countAmount(detailWith());
  await countAmount(detailWith());
  await countAmount(detailWith({ amount: 50_000 }));

  expect(table.items).toEqual([{
    transaction_id: { S: 'amount-counts:EUR:2025-03' },
    timestamp: { S: '-' },
    record_type: { S: 'amount-counts' },
    // The last day of March 2025, and 100 days.
    expires_at: { N: String(Date.parse('2025-07-10T00:00:00.000Z') / 1_000) },
    b81: { N: '2' },
    b93: { N: '1' },
  }]);
});

test('counts in each currency and month separately, and not in the month of a signed time', async () => {
  await countAmount(detailWith({ event_time: '9999-12-31T00:00:00.000Z' }));
  await countAmount(detailWith({ received_at: '2025-12-31T23:59:59.999Z' }));
  await countAmount(detailWith({ currency: 'USD' }));

  expect(table.items.map(({ transaction_id: { S: id } }) => id)).toEqual(['amount-counts:EUR:2025-03', 'amount-counts:EUR:2025-12', 'amount-counts:USD:2025-03']);
  expect(table.items[1].expires_at.N).toBe(String(Date.parse('2026-04-11T00:00:00.000Z') / 1_000));
});

test('writes nothing for a transaction that does not count', async () => {
  await countAmount(detailWith({ kind: 'refunded' }));

  expect(table.client.calls()).toEqual([]);
});

test('logs a failure and returns, because the verdict is written', async () => {
  table.client.on(UpdateItemCommand).rejects(Object.assign(new Error('secret'), { name: 'ThrottlingException' }));

  await countAmount(detailWith());

  expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'failed to count an amount', error: 'ThrottlingException' })]);
});

describe('the item of a month', () => {
  /** A step's average number of payments. A month of a shop rarely has more than a million of the high tier in one currency. */
  const MANY = 9_999;

  async function itemOf(lowest: number): Promise<Record<string, AttributeValue>> {
    for (let amount = lowest; amount <= 5e9; amount *= 1.1) {
      await countAmount(detailWith({ amount }));
    }
    const [item] = table.items;
    return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, /^b-?\d/.test(name) ? { N: String(MANY) } : value]));
  }

  test.each([
    ['one write unit for amounts from 10,000, the default high threshold', 10_000, 114, 1],
    ['one write unit for amounts from 1,000', 1_000, 134, 1],
    ['at most two for amounts from 0.01', 0.01, 234, 2],
  ])('costs %s', async (_, lowest, steps, units) => {
    const item = await itemOf(lowest);

    expect(Object.keys(item).filter((name) => /^b-?\d/.test(name))).toHaveLength(steps);
    expect(Math.ceil(sizeOf(item) / 1_024)).toBe(units);
  });

  test('is no transaction, no heartbeat and not archived, so that the consumers of the table ignore it', async () => {
    await countAmount(detailWith());
    const item = table.items[0] as StoredItem;

    expect([isTransaction(item), isErased({ ...item, erased_at: { S: 'x' } }), isHeartbeat(item)]).toEqual([false, false, false]);
    expect(providerOf(item)).toBeUndefined();
    expect(isArchived(toChange(streamRecord(1, 'MODIFY', { newImage: item, oldImage: item })))).toBe(false);
  });
});
