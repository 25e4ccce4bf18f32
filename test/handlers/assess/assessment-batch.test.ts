import { BatchGetItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { detailWith } from './details';
import { readAssessmentBatch } from '../../../handlers/assess/assessment-batch';
import type { StoredLists } from '../../../handlers/assess/stored-lists';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, storedTransaction } from '../support/items';

const DETAIL = detailWith({ card_bin: '42424242', card_fingerprint: 'card-a', email_hash: 'hash-a', email_domain: 'mail.example' });
const OWN = { transaction_id: { S: DETAIL.transaction_id }, timestamp: { S: DETAIL.timestamp } };
const VERDICT = { verdict: { verdict: 'review', score: 40, reasons: ['amount 12,345.67 EUR is over 10,000 (+40)'], rule_set: '0123456789ab' } };

const table = new FakeTable();
const batches = () => table.client.commandCalls(BatchGetItemCommand).map(({ args }) => args[0].input.RequestItems!);

/** An entry as the documented command writes it. */
function entry(key: string): Record<string, AttributeValue> {
  return { transaction_id: { S: key }, timestamp: { S: '-' }, record_type: { S: 'blocklist-entry' } };
}

async function listsOf(detail = DETAIL): Promise<StoredLists> {
  return (await readAssessmentBatch(detail) as { readonly lists: StoredLists }).lists;
}

/** Answers with some items, and with the other keys as unprocessed. */
function answerWithPart(...items: Record<string, AttributeValue>[]): void {
  table.client.on(BatchGetItemCommand).callsFake(({ RequestItems }) => ({ Responses: { transactions: items }, UnprocessedKeys: RequestItems }));
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

test('reads the transaction and all entries and counts in one consistent request', async () => {
  expect(await readAssessmentBatch(DETAIL)).toEqual({ lists: { blocked: [], allowed: [], shopAmounts: new Map() } });

  expect(batches()).toEqual([{ transactions: { Keys: expect.arrayContaining([OWN]), ConsistentRead: true } }]);
  expect(batches()[0].transactions.Keys).toHaveLength(1 + 9 + 9 + 2);
  expect(batches()[0].transactions.Keys!.slice(1).map(({ timestamp }) => timestamp.S)).toEqual(Array(20).fill('-'));
});

test('returns what is stored', async () => {
  table.store({ ...entry('blocklist:card:4242424'), reason: { S: 'a wave' } });
  table.store(entry('allowlist:customer:stripe:cus_1'));
  table.store({ ...entry('amount-counts:EUR:2025-03'), b80: { N: '5' } });

  expect(await listsOf()).toEqual({
    blocked: [{ kind: 'card', value: '4242424', reason: 'a wave' }],
    allowed: [{ kind: 'customer', value: 'stripe:cus_1', reason: undefined }],
    shopAmounts: new Map([[80, 5]]),
  });
});

test('applies an added or removed entry at the next read', async () => {
  const before = await listsOf();
  table.store(entry('blocklist:country:DE'));
  const between = await listsOf();
  table.delete(entry('blocklist:country:DE'));
  const after = await listsOf();

  expect([before, between, after].map(({ blocked }) => blocked.length)).toEqual([0, 1, 0]);
});

test('returns an existing verdict', async () => {
  table.store(storedTransaction(ASSESSMENT));

  expect(await readAssessmentBatch(DETAIL)).toEqual(VERDICT);
});

test('does not return the verdict of an erased transaction, whose reasons are erased', async () => {
  table.store(storedTransaction({ verdict: { S: 'review' }, erased_at: { S: '2025-03-05T00:00:00.000Z' } }));

  expect(await readAssessmentBatch(DETAIL)).toHaveProperty('lists');
});

test('rejects a missing transaction', async () => {
  table.reset();

  await expect(readAssessmentBatch(DETAIL)).rejects.toThrow('the transaction to assess is not in the table');
});

describe('if DynamoDB returns only a part', () => {
  test('returns an existing verdict, which needs nothing else', async () => {
    answerWithPart(storedTransaction(ASSESSMENT));

    expect(await readAssessmentBatch(DETAIL)).toEqual(VERDICT);
  });

  test.each([
    ['the transaction has no verdict', [storedTransaction()]],
    ['the transaction is missing', [entry('blocklist:country:DE')]],
  ])('throws if %s', async (_, items) => {
    answerWithPart(...items);

    await expect(readAssessmentBatch(DETAIL)).rejects.toThrow('DynamoDB did not return all items of the batch');
  });
});

test('treats an answer without its parts as empty', async () => {
  table.client.on(BatchGetItemCommand).resolves({});

  await expect(readAssessmentBatch(DETAIL)).rejects.toThrow('the transaction to assess is not in the table');
});
