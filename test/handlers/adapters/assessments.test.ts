import { GetItemCommand, QueryCommand, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { customerHistory, writeVerdict } from '../../../handlers/adapters/assessments';
import type { AssessmentResult } from '../../../src/private/contract';
import { detailWith } from '../core/fraud/details';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, storedTransaction } from '../support/items';

const DETAIL = { ...detailWith(), customer_id: 'cus_1' };
const RESULT: AssessmentResult = { verdict: 'block', score: 95, reasons: ['one', 'two'] };
const ASSESSED_AT = '2025-03-04T05:06:10.000Z';

const table = new FakeTable();

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  table.reset(storedTransaction());
});

describe('customerHistory', () => {
  test('reads one page of the customer\'s window, newest first', async () => {
    table.store(storedTransaction({ transaction_id: { S: 'first' }, occurred_at: { S: '2025-03-04T04:06:00.000Z' } }));
    table.store(storedTransaction({ transaction_id: { S: 'unrouted' }, occurred_at: { S: '2025-03-04T05:00:00.000Z' }, routed: undefined }));
    table.store(storedTransaction({ transaction_id: { S: 'too old' }, occurred_at: { S: '2025-03-04T04:05:59.999Z' } }));
    table.store(storedTransaction({ transaction_id: { S: 'later' }, occurred_at: { S: '2025-03-04T05:06:00.001Z' } }));
    table.store(storedTransaction({ transaction_id: { S: 'another\'s' }, customer_key: { S: 'stripe:cus_2' } }));

    const history = await customerHistory(DETAIL, 3600);

    expect(history).toEqual([
      { transactionId: 'stripe:pi_1', occurredAt: '2025-03-04T05:06:00.000Z', routed: true },
      { transactionId: 'unrouted', occurredAt: '2025-03-04T05:00:00.000Z', routed: false },
      { transactionId: 'first', occurredAt: '2025-03-04T04:06:00.000Z', routed: true },
    ]);
    expect(table.client.commandCalls(QueryCommand).map(({ args }) => args[0].input)).toEqual([expect.objectContaining({
      TableName: 'transactions', IndexName: 'customer-index', Select: 'ALL_PROJECTED_ATTRIBUTES', Limit: 200, ScanIndexForward: false,
    })]);
  });

  test('copes with an answer without items', async () => {
    table.client.on(QueryCommand).resolves({});

    expect(await customerHistory(DETAIL, 3600)).toEqual([]);
  });
});

describe('writeVerdict', () => {
  test('writes the verdict and closes the transaction for the sweep', async () => {
    const standing = await writeVerdict(DETAIL, RESULT, ASSESSED_AT);

    expect(standing).toBe(RESULT);
    expect(table.find(storedTransaction())).toEqual(storedTransaction({
      verdict: { S: 'block' },
      score: { N: '95' },
      reasons: { L: [{ S: 'one' }, { S: 'two' }] },
      assessed_at: { S: ASSESSED_AT },
      sweep_partition: undefined,
      sweep_at: undefined,
    }));
  });

  test('returns the verdict that stands, and leaves it', async () => {
    const item = storedTransaction(ASSESSMENT);
    table.store(item);

    const standing = await writeVerdict(DETAIL, RESULT, ASSESSED_AT);

    expect(standing).toEqual({ verdict: 'review', score: 40, reasons: ['amount 12345.67 EUR is over 10000 (+40)'] });
    expect(table.find(item)).toEqual(item);
    expect(table.client.commandCalls(GetItemCommand)[0].args[0].input).toMatchObject({ TableName: 'transactions', ConsistentRead: true });
  });

  test('a write whose answer was lost is found to stand when it is repeated', async () => {
    table.client.on(UpdateItemCommand).callsFakeOnce((input: UpdateItemCommandInput) => {
      table.update(input);
      throw Object.assign(new Error('timed out'), { name: 'TimeoutError' });
    }).callsFake((input: UpdateItemCommandInput) => table.update(input));

    await expect(writeVerdict(DETAIL, RESULT, ASSESSED_AT)).rejects.toThrow('timed out');
    const standing = await writeVerdict(DETAIL, { verdict: 'approve', score: 0, reasons: [] }, ASSESSED_AT);

    expect(standing).toEqual(RESULT);
  });

  test('a transaction that is not there is an error, and is not made', async () => {
    const other = { ...DETAIL, transaction_id: 'stripe:none' };

    await expect(writeVerdict(other, RESULT, ASSESSED_AT)).rejects.toThrow('the transaction to assess is not in the table');
    expect(table.find(storedTransaction({ transaction_id: { S: 'stripe:none' } }))).toBeUndefined();
  });
});
