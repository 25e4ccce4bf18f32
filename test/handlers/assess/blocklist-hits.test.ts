import { BatchGetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { blocklistHits } from '../../../handlers/assess/blocklist-hits';
import type { TransactionDetail } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';

const DETAIL = detailWith({ card_bin: '42424242', email_domain: 'mail.example' });
const KEYS = [
  'blocklist:customer:stripe:cus_1', 'blocklist:country:DE', 'blocklist:country:FR',
  'blocklist:card:424242', 'blocklist:card:4242424', 'blocklist:card:42424242', 'blocklist:email-domain:mail.example',
];

const table = new FakeTable();
const batches = () => table.client.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems!);

/** An entry as the documented command writes it. */
function entry(key: string, overrides: Record<string, AttributeValue> = {}): Record<string, AttributeValue> {
  return { transaction_id: { S: key }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' }, ...overrides };
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset();
});

test('reads all entries that could match the transaction in one consistent read', async () => {
  expect(await blocklistHits(DETAIL)).toEqual([]);

  expect(batches()).toEqual([{
    transactions: { Keys: KEYS.map((key) => ({ transaction_id: { S: key }, timestamp: { S: '-' } })), ConsistentRead: true },
  }]);
  expect(table.itemsRead).toBe(7);
});

test('returns the existing entries, with the reason if there is one', async () => {
  table.store(entry(KEYS[0], { reason: { S: 'chargebacks' } }));
  table.store(entry(KEYS[4]));
  table.store(entry(KEYS[6]));
  table.store(entry('blocklist:country:US'));

  const hits = await blocklistHits(DETAIL);

  expect(hits).toHaveLength(3);
  expect(hits).toEqual(expect.arrayContaining([
    { kind: 'customer', value: 'stripe:cus_1', reason: 'chargebacks' },
    { kind: 'card', value: '4242424', reason: undefined },
    { kind: 'email-domain', value: 'mail.example', reason: undefined },
  ]));
});

test('applies an added or removed entry at the next read', async () => {
  const before = await blocklistHits(DETAIL);
  table.store(entry(KEYS[1]));
  const between = await blocklistHits(DETAIL);
  table.delete(entry(KEYS[1]));
  const after = await blocklistHits(DETAIL);

  expect([before, between, after].map(({ length }) => length)).toEqual([0, 1, 0]);
});

test.each([
  ['a reason that is not text', entry(KEYS[1], { reason: { N: '7' } })],
  ['no record type', { transaction_id: { S: KEYS[1] }, timestamp: { S: '-' } }],
])('applies an entry that was written with %s', async (_, item) => {
  table.store(item);

  expect(await blocklistHits(DETAIL)).toEqual([{ kind: 'country', value: 'DE', reason: undefined }]);
});

test('reads each entry once if the customer and the card have the same country', async () => {
  await blocklistHits(detailWith({ country: 'DE', card_country: 'DE' }));

  expect(batches()[0].transactions.Keys!.map(({ transaction_id: id }) => id.S)).toEqual(['blocklist:customer:stripe:cus_1', 'blocklist:country:DE']);
});

test('reads nothing for a transaction without values that can be blocked', async () => {
  const unnamed: Partial<TransactionDetail> = { customer_id: undefined, country: undefined, card_country: undefined };

  expect(await blocklistHits(detailWith(unnamed))).toEqual([]);
  expect(table.client.calls()).toEqual([]);
});

test('throws if a part of the keys was not processed', async () => {
  table.client.on(BatchGetItemCommand).callsFake(({ RequestItems }) => ({ Responses: { transactions: [] }, UnprocessedKeys: RequestItems }));

  await expect(blocklistHits(DETAIL)).rejects.toThrow('DynamoDB did not return all blocklist entries');
});

test('treats an answer without its parts as empty', async () => {
  table.client.on(BatchGetItemCommand).resolves({});

  expect(await blocklistHits(DETAIL)).toEqual([]);
});
