import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { detailWith, timeAgo } from './details';
import { loadRuleContext } from '../../../handlers/assess/load-rule-context';
import type { Need } from '../../../handlers/assess/rules/rule-context';
import type { StoredLists } from '../../../handlers/assess/stored-lists';
import { FakeTable } from '../support/fake-table';
import { storedTransaction, TIERS } from '../support/items';
import { Output } from '../support/output';

const CARD_AND_EMAIL = { card_fingerprint: { S: 'card-a' }, email_hash: { S: 'hash-a' } };
const DETAIL = detailWith({ card_fingerprint: 'card-a', email_hash: 'hash-a' });
const ALL: readonly Need[] = ['history', 'firstSeenAt', 'declines', 'cardEvents', 'emailEvents'];
const LISTS: StoredLists = { blocked: [{ kind: 'country', value: 'DE' }], allowed: [], shopAmounts: new Map([[80, 1]]) };
const DECLINED = { kind: { S: 'failed' }, money_movement: { BOOL: false }, customer_key: { S: 'declined#stripe:cus_1' } };

const table = new FakeTable();
const output = new Output();
const load = async (needs: readonly Need[], detail = DETAIL) => loadRuleContext(detail, new Set(needs), TIERS, LISTS);
const queriedIndexes = () => table.client.commandCalls(QueryCommand).map(({ args }) => args[0].input.IndexName);

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  output.capture();
  table.reset(storedTransaction(CARD_AND_EMAIL));
});

test('reads the required histories with one request each', async () => {
  table.store(storedTransaction({ transaction_id: { S: 'stripe:oldest' }, occurred_at: { S: timeAgo(7200) } }));
  table.store(storedTransaction({ transaction_id: { S: 'stripe:declined' }, occurred_at: { S: timeAgo(30) }, ...DECLINED, card_fingerprint: { S: 'card-a' } }));
  table.store(storedTransaction({ transaction_id: { S: 'stripe:other' }, occurred_at: { S: timeAgo(60) }, customer_key: undefined, email_hash: { S: 'hash-a' } }));

  const { detail, tiers, ...context } = await load(ALL);

  const ids = (events: readonly { readonly transactionId: string }[]) => events.map(({ transactionId }) => transactionId);
  expect({ detail, tiers }).toEqual({ detail: DETAIL, tiers: TIERS });
  expect(ids(context.history)).toEqual(['stripe:pi_1', 'stripe:oldest']);
  expect(context.firstSeenAt).toBe(timeAgo(7200));
  expect(context.declines).toEqual([expect.objectContaining({ transactionId: 'stripe:declined', occurredAt: timeAgo(30), declined: true })]);
  expect(ids(context.cardEvents)).toEqual(['stripe:pi_1', 'stripe:declined']);
  expect(ids(context.emailEvents)).toEqual(['stripe:pi_1', 'stripe:other']);
  expect(context).toMatchObject(LISTS);
  expect(table.client.calls()).toHaveLength(4);
});

test('starts all reads before the first one ends', async () => {
  table.client.on(QueryCommand).callsFake(() => new Promise(() => {}));

  void load(ALL);
  await new Promise(setImmediate);

  expect(queriedIndexes()).toEqual(['customer-index', 'customer-index', 'card-index', 'email-index']);
});

test('reads the events up to the receipt, which can be later than the time of the transaction', async () => {
  await load(['history'], { ...DETAIL, received_at: '2025-03-07T00:00:00.000Z' });

  expect(table.client.commandCalls(QueryCommand)[0].args[0].input.ExpressionAttributeValues).toMatchObject({ ':to': { S: '2025-03-07T00:00:00.000Z' } });
});

test.each<[readonly Need[], string[]]>([
  [[], []],
  [['blocked', 'shopAmounts'], []],
  [['firstSeenAt'], ['customer-index']],
  [['cardEvents'], ['card-index']],
])('reads for the needs %j only %j', async (needs, expected) => {
  await load(needs);

  expect(queriedIndexes()).toEqual(expected);
});

test('fails if one read fails', async () => {
  table.client.on(QueryCommand, { IndexName: 'email-index' }).rejects(new Error('throttled'));

  await expect(load(ALL)).rejects.toThrow('throttled');
});

test('logs an unreadable event', async () => {
  table.store(storedTransaction({ transaction_id: { S: 'stripe:broken' }, kind: { S: 'stolen' } }));

  expect((await load(['history'])).history).toHaveLength(1);
  expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'skipped unreadable event', error: 'UnreadableItem' })]);
});
