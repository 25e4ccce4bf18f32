import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { timeAgo } from './details';
import { readHistoryPage } from '../../../handlers/assess/history-page';
import type { IndexPartition } from '../../../handlers/assess/history-partitions';
import { HISTORY_ATTRIBUTES } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { RECEIVED_AT, storedTransaction } from '../support/items';
import { Output } from '../support/output';

const CARD = { card_fingerprint: { S: 'card-a' } };
const EMAIL = { email_hash: { S: 'hash-a' } };
const OF_CUSTOMER: IndexPartition = { index: 'customer-index', key: 'customer_key', value: 'stripe:cus_1', provider: 'stripe' };
const OF_CARD: IndexPartition = { index: 'card-index', key: 'card_fingerprint', value: 'card-a', provider: 'stripe' };
const OF_EMAIL: IndexPartition = { index: 'email-index', key: 'email_hash', value: 'hash-a' };

const table = new FakeTable();
const output = new Output();
const queries = () => table.client.commandCalls(QueryCommand).map(({ args }) => args[0].input);

/** Stores an event, a number of seconds before the detail's time. */
function store(id: string, secondsAgo: number, overrides: Parameters<typeof storedTransaction>[0] = {}): void {
  table.store(storedTransaction({ transaction_id: { S: `stripe:${id}` }, occurred_at: { S: timeAgo(secondsAgo) }, ...overrides }));
}

async function idsOf(partition = OF_CUSTOMER): Promise<(string | undefined)[]> {
  return (await readHistoryPage(partition, RECEIVED_AT)).map(({ transaction_id: id }) => id.S);
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  output.capture();
  table.reset(storedTransaction({ ...CARD, ...EMAIL }));
});

test('reads one page, newest first, up to a time and back to any time', async () => {
  store('a minute before', 60);
  store('years before', 1e9);
  store('first time that can be stored', 0, { occurred_at: { S: '1000-01-01T00:00:00.000Z' } });
  store('at the time of receipt', -7.089);
  store('later', -7.09);
  store('another\'s', 60, { customer_key: { S: 'stripe:cus_2' } });
  store('declined', 60, { customer_key: { S: 'declined#stripe:cus_1' } });

  expect(await idsOf()).toEqual(['at the time of receipt', 'pi_1', 'a minute before', 'years before', 'first time that can be stored'].map((id) => `stripe:${id}`));
  expect(queries()).toEqual([{
    TableName: 'transactions',
    IndexName: 'customer-index',
    Select: 'ALL_PROJECTED_ATTRIBUTES',
    KeyConditionExpression: '#partition = :partition AND #occurredAt <= :to',
    ExpressionAttributeNames: { '#partition': 'customer_key', '#occurredAt': 'occurred_at' },
    ExpressionAttributeValues: { ':partition': { S: 'stripe:cus_1' }, ':to': { S: RECEIVED_AT } },
    ScanIndexForward: false,
    Limit: 200,
  }]);
});

test('returns at most the newest 200', async () => {
  Array.from({ length: 201 }, (_, index) => store(`before_${index}`, index + 1));

  const ids = await idsOf();

  expect(ids).toHaveLength(200);
  expect(ids.at(-1)).toBe('stripe:before_198');
  expect(queries()).toHaveLength(1);
});

test('reads the events with a card, of all customers at the provider', async () => {
  store('of a guest', 1, { ...CARD, customer_id: undefined, customer_key: undefined });
  store('declined', 2, { ...CARD, customer_key: { S: 'declined#stripe:cus_2' } });
  store('with another card', 3, { card_fingerprint: { S: 'card-b' } });
  store('at another provider', 4, { ...CARD, transaction_id: { S: 'square:pi_1' } });

  expect(await idsOf(OF_CARD)).toEqual(['stripe:pi_1', 'stripe:of a guest', 'stripe:declined']);
  expect(output.logged('WARN')).toEqual([]);
});

test('reads the events with an email address at all providers', async () => {
  store('of another customer', 1, { ...EMAIL, customer_key: { S: 'stripe:cus_2' } });
  store('at another provider', 2, { ...EMAIL, transaction_id: { S: 'square:pi_1' } });
  store('with another address', 3, { email_hash: { S: 'hash-b' } });

  expect(await idsOf(OF_EMAIL)).toEqual(['stripe:pi_1', 'stripe:of another customer', 'square:pi_1']);
});

test.each([OF_CUSTOMER, OF_CARD, OF_EMAIL])('returns every attribute of the contract from $index', async (partition) => {
  table.reset(storedTransaction({ ...CARD, ...EMAIL, label: { S: 'fraud' } }));

  const [item] = await readHistoryPage(partition, RECEIVED_AT);

  expect(Object.keys(item)).toEqual(expect.arrayContaining([...HISTORY_ATTRIBUTES]));
  expect(Object.keys(item).sort()).toEqual([...HISTORY_ATTRIBUTES, 'occurred_at', 'timestamp', 'transaction_id'].sort());
});

describe('items that are not transactions', () => {
  /** An item under a key that its writer can choose. */
  const FORGED = { transaction_id: { S: 'blocklist:customer:stripe:cus_1' }, record_type: { S: 'transaction' } };

  test.each<[string, Parameters<typeof storedTransaction>[0], boolean]>([
    ['a blocklist entry', FORGED, true],
    ['an item with the sort key of another record', { transaction_id: { S: 'stripe:pi_9' }, timestamp: { S: '-' } }, true],
    ['a transaction of another provider', { transaction_id: { S: 'square:pi_1' } }, false],
  ])('%s is not in the history', async (_, overrides, isLogged) => {
    store('forged', 1, overrides);

    expect(await idsOf()).toEqual(['stripe:pi_1']);
    expect(output.logged('WARN')).toEqual(isLogged
      ? [expect.objectContaining({ message: 'skipped items that are not transactions', index: 'customer-index', items: 1 })]
      : []);
  });

  test('do not crowd the transactions out of the page', async () => {
    Array.from({ length: 200 }, (_, index) => store(`old_${index}`, 100 + index));
    Array.from({ length: 150 }, (_, index) => store(`forged_${index}`, index / 1000, { ...FORGED, timestamp: { S: `${index}#` } }));

    const ids = await idsOf();

    expect(ids).toHaveLength(200);
    expect(ids.at(-1)).toBe('stripe:old_198');
    expect(queries()).toHaveLength(2);
  });

  test('do not exceed the limit of three requests for any content', async () => {
    Array.from({ length: 700 }, (_, index) => store(`forged_${index}`, -index / 1000, { ...FORGED, timestamp: { S: `${index}#` } }));

    expect(await idsOf()).toEqual([]);
    expect(queries().map(({ Limit }) => Limit)).toEqual([200, 200, 200]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ items: 600 })]);
  });
});

test('an answer without items has no events', async () => {
  table.client.on(QueryCommand).resolves({});

  expect(await idsOf()).toEqual([]);
});
