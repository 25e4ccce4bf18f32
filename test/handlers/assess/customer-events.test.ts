import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { detailWith, timeAgo } from './details';
import { customerDeclines, customerHistory, firstSeenAt } from '../../../handlers/assess/customer-events';
import { HISTORY_ATTRIBUTES } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { RECEIVED_AT, storedTransaction } from '../support/items';
import { Output } from '../support/output';

const DETAIL = { ...detailWith(), customer_id: 'cus_1' };
const DECLINED = { kind: { S: 'failed' }, money_movement: { BOOL: false }, customer_key: { S: 'declined#stripe:cus_1' } };

const table = new FakeTable();
const queries = () => table.client.commandCalls(QueryCommand).map(({ args }) => args[0].input);

/** Stores an event of a customer, a number of seconds before the detail's time. */
function store(id: string, secondsAgo: number, overrides: Parameters<typeof storedTransaction>[0] = {}): void {
  table.store(storedTransaction({ transaction_id: { S: `stripe:${id}` }, occurred_at: { S: timeAgo(secondsAgo) }, ...overrides }));
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

describe('customerHistory', () => {
  test('reads one page of the customer\'s window, newest first, including both ends', async () => {
    store('first', 3600);
    store('between', 60);
    store('too old', 3600.001);
    store('before it was received', -7);
    store('later', -7.09);
    store('another\'s', 60, { customer_key: { S: 'stripe:cus_2' } });
    store('at another provider', 60, { customer_key: { S: 'square:cus_1' } });
    store('declined', 60, DECLINED);

    const history = await customerHistory(DETAIL, 3600);

    expect(history.map(({ transactionId, occurredAt }) => [transactionId, occurredAt])).toEqual([
      ['stripe:before it was received', timeAgo(-7)], ['stripe:pi_1', timeAgo(0)], ['stripe:between', timeAgo(60)], ['stripe:first', timeAgo(3600)],
    ]);
    expect(queries()).toEqual([{
      TableName: 'transactions',
      IndexName: 'customer-index',
      Select: 'ALL_PROJECTED_ATTRIBUTES',
      KeyConditionExpression: '#customer = :customer AND #occurredAt BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#customer': 'customer_key', '#occurredAt': 'occurred_at' },
      ExpressionAttributeValues: { ':customer': { S: 'stripe:cus_1' }, ':from': { S: timeAgo(3600) }, ':to': { S: RECEIVED_AT } },
      ScanIndexForward: false,
      Limit: 200,
    }]);
  });

  test.each([
    ['all fields that rules read', {}, { kind: 'captured', amountMinor: 1234567n, exponent: 2, currency: 'EUR' }],
    ['an event without an amount', { amount_minor: undefined, exponent: undefined, currency: undefined, kind: { S: 'other' } },
      { kind: 'other', amountMinor: undefined, exponent: undefined, currency: undefined }],
    ['an amount that exceeds a double', { amount_minor: { N: '12345678901234567890' }, exponent: { N: '18' }, currency: { S: 'XYZ' } },
      { kind: 'captured', amountMinor: 12345678901234567890n, exponent: 18, currency: 'XYZ' }],
  ])('returns for an event: %s', async (_, overrides, expected) => {
    table.reset(storedTransaction(overrides));

    expect(await customerHistory(DETAIL, 60)).toEqual([{ transactionId: 'stripe:pi_1', occurredAt: timeAgo(0), ...expected }]);
  });

  test.each(HISTORY_ATTRIBUTES)('reads %s, because the index contains only attributes that rules read', async (attribute) => {
    const read = async () => customerHistory(DETAIL, 60).then(([event]) => event);
    table.reset(storedTransaction());
    const whole = await read();

    table.reset(storedTransaction({ [attribute]: undefined }));
    new Output().capture();

    expect(await read()).not.toEqual(whole);
  });

  test('returns at most the newest 200', async () => {
    Array.from({ length: 201 }, (_, index) => store(`before_${index}`, index + 1));

    const history = await customerHistory(DETAIL, 3600);

    expect(history).toHaveLength(200);
    expect(history.at(-1)).toMatchObject({ transactionId: 'stripe:before_198' });
  });

  test('ends with the time of receipt if no time is signed', async () => {
    await customerHistory({ ...DETAIL, event_time: undefined }, 7);

    expect(queries()[0].ExpressionAttributeValues).toMatchObject({ ':from': { S: '2025-03-04T05:06:00.089Z' }, ':to': { S: '2025-03-04T05:06:07.089Z' } });
  });

  test.each([
    ['of an unknown kind', { kind: { S: 'stolen' } }],
    ['with an invalid amount', { amount_minor: { S: 'a lot' } }],
  ])('skips and logs an event %s, so that it does not stop all assessments of the customer', async (_, overrides) => {
    const output = new Output();
    output.capture();
    store('broken', 1, overrides);

    expect((await customerHistory(DETAIL, 3600)).map(({ transactionId }) => transactionId)).toEqual(['stripe:pi_1']);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'skipped unreadable customer event', error: 'UnreadableItem' })]);
  });
});

describe('firstSeenAt', () => {
  test('reads only the oldest event', async () => {
    store('the oldest', 1e9);
    store('another\'s', 1.1e9, { customer_key: { S: 'stripe:cus_2' } });
    store('declined', 1.2e9, DECLINED);

    const time = await firstSeenAt(DETAIL);

    expect(time).toBe(timeAgo(1e9));
    expect(queries()).toEqual([expect.objectContaining({ IndexName: 'customer-index', ScanIndexForward: true, Limit: 1 })]);
    expect(table.itemsRead).toBe(1);
  });

  test('reads back to the first time that can be stored', async () => {
    store('the oldest', 0, { occurred_at: { S: '1000-01-01T00:00:00.000Z' } });

    expect(await firstSeenAt(DETAIL)).toBe('1000-01-01T00:00:00.000Z');
  });

  test.each([
    ['has no other event', () => {}, timeAgo(0)],
    ['has only later events', () => table.reset(storedTransaction({ occurred_at: { S: timeAgo(-1) } })), undefined],
    ['is not in the index yet', () => table.reset(), undefined],
  ])('of a customer who %s', async (_, prepare, expected) => {
    prepare();

    expect(await firstSeenAt(DETAIL)).toBe(expected);
  });
});

describe('customerDeclines', () => {
  test('reads the newest of the window from the partition of declined payments', async () => {
    [1, 2, 3, 60, 61].forEach((secondsAgo) => store(`declined_${secondsAgo}`, secondsAgo, DECLINED));
    store('paid', 1);

    expect(await customerDeclines(DETAIL, 60)).toEqual([1, 2, 3, 60].map((secondsAgo) => ({
      transactionId: `stripe:declined_${secondsAgo}`, occurredAt: timeAgo(secondsAgo),
    })));
    expect(queries()).toEqual([expect.objectContaining({
      IndexName: 'customer-index',
      ExpressionAttributeValues: { ':customer': { S: 'declined#stripe:cus_1' }, ':from': { S: timeAgo(60) }, ':to': { S: RECEIVED_AT } },
      ScanIndexForward: false,
      Limit: 200,
    })]);
  });
});

describe('items that are not transactions', () => {
  const output = new Output();
  /** An item under a key that its writer can choose. */
  const FORGED = { transaction_id: { S: 'blocklist:customer:stripe:cus_1' }, record_type: { S: 'transaction' } };
  const WARNING = expect.objectContaining({ message: 'skipped items that are not transactions' });

  beforeEach(() => output.capture());

  test.each<[string, Parameters<typeof storedTransaction>[0]]>([
    ['a blocklist entry', FORGED],
    ['a transaction of another provider', { transaction_id: { S: 'square:pi_1' } }],
    ['an item with the sort key of another record', { transaction_id: { S: 'stripe:pi_9' }, timestamp: { S: '-' } }],
  ])('%s is no part of the history or the declines, and is logged', async (_, overrides) => {
    table.store(storedTransaction({ ...overrides, occurred_at: { S: timeAgo(1) } }));
    table.store(storedTransaction({ ...DECLINED, ...overrides, timestamp: { S: overrides!.timestamp?.S ?? 'other#' }, occurred_at: { S: timeAgo(1) } }));

    expect((await customerHistory(DETAIL, 3600)).map(({ transactionId }) => transactionId)).toEqual(['stripe:pi_1']);
    expect(await customerDeclines(DETAIL, 3600)).toEqual([]);
    expect(output.logged('WARN')).toContainEqual(WARNING);
  });

  test('do not crowd the transactions out of the page', async () => {
    Array.from({ length: 200 }, (_, index) => store(`old_${index}`, 100 + index));
    Array.from({ length: 150 }, (_, index) => store(`forged_${index}`, index / 1000, { ...FORGED, timestamp: { S: `${index}#` } }));

    const history = await customerHistory(DETAIL, 3600);

    expect(history).toHaveLength(200);
    expect(history.at(-1)).toMatchObject({ transactionId: 'stripe:old_198' });
    expect(queries()).toHaveLength(2);
  });

  test('do not exceed the limit of three pages for any content', async () => {
    Array.from({ length: 700 }, (_, index) => store(`forged_${index}`, -index / 1000, { ...FORGED, timestamp: { S: `${index}#` } }));

    expect(await customerHistory(DETAIL, 3600)).toEqual([]);
    expect(queries().map(({ Limit }) => Limit)).toEqual([200, 200, 200]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ items: 600 })]);
  });

  test('do not make a customer older than the first transaction', async () => {
    store('the oldest', 60);
    [1e9, 2e8, 1e8].forEach((secondsAgo) => store('forged', secondsAgo, { ...FORGED, timestamp: { S: `${secondsAgo}#` } }));

    expect(await firstSeenAt(DETAIL)).toBe(timeAgo(60));
    expect(queries().map(({ Limit, ScanIndexForward }) => [Limit, ScanIndexForward])).toEqual([[1, true], [200, true]]);
  });

  test('leave the customer new if more of them are older than the transactions that are read', async () => {
    store('the oldest', 60);
    Array.from({ length: 401 }, (_, index) => store('forged', 1e6 + index, { ...FORGED, timestamp: { S: `${index}#` } }));

    expect(await firstSeenAt(DETAIL)).toBeUndefined();
  });

  test('cause no log line if there are no such items', async () => {
    await customerHistory(DETAIL, 3600);

    expect(output.logged('WARN')).toEqual([]);
  });
});

test('an answer without items has no events', async () => {
  table.client.on(QueryCommand).resolves({});

  expect(await customerHistory(DETAIL, 3600)).toEqual([]);
  expect(await firstSeenAt(DETAIL)).toBeUndefined();
  expect(await customerDeclines(DETAIL, 60)).toEqual([]);
});
