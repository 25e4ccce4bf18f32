import { QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { handler } from '../../handlers/fraud-detector';
import { detailWith } from './core/fraud/details';
import { FakeTable } from './support/fake-table';
import { storedTransaction } from './support/items';
import { Output } from './support/output';
import type { FraudConfig } from '../../src/private/contract';

const CONFIG: FraudConfig = {
  review: 40,
  block: 80,
  rules: [
    { rule: 'amount-above', score: 40, amount: 10000 },
    { rule: 'velocity', score: 50, count: 1, windowSeconds: 3600 },
  ],
};

describe('fraud-detector', () => {
  const table = new FakeTable();
  const output = new Output();

  beforeEach(() => {
    table.reset(storedTransaction());
    output.capture();
    process.env.TABLE_NAME = 'transactions';
    process.env.FRAUD_RULES = JSON.stringify(CONFIG);
  });

  test('assesses with the customer\'s history, and writes the verdict', async () => {
    table.store(storedTransaction({ transaction_id: { S: 'stripe:earlier' }, occurred_at: { S: '2025-03-04T05:00:00.000Z' } }));

    const result = await handler(detailWith());

    expect(result).toEqual({
      verdict: 'block',
      score: 90,
      reasons: ['amount 12345.67 EUR is over 10000 (+40)', '2 transactions of the customer within 3600 s, over 1 (+50)'],
    });
    expect(table.find(storedTransaction())).toMatchObject({ verdict: { S: 'block' }, score: { N: '90' }, assessed_at: { S: expect.any(String) } });
    expect(table.find(storedTransaction())).not.toHaveProperty('sweep_at');
  });

  test('ignores keys that the workflow or an emulator adds', async () => {
    const detail = { ...detailWith(), _request_id: 'x', claim: { owner: 'arn' } };

    expect(await handler(detail)).toMatchObject({ verdict: 'review', score: 40 });
  });

  test('does not read a history that no rule needs, or that nobody has', async () => {
    await handler(detailWith({ customer_id: undefined }));
    process.env.FRAUD_RULES = JSON.stringify({ ...CONFIG, rules: [{ rule: 'country-mismatch', score: 40 }] });
    await handler(detailWith());

    expect(table.client.commandCalls(QueryCommand)).toEqual([]);
  });

  test('five at once give one verdict, and all return it', async () => {
    const calls = [10, 20, 30, 40, 50].map((score) => {
      process.env.FRAUD_RULES = JSON.stringify({ ...CONFIG, rules: [{ rule: 'country-mismatch', score }] });
      return handler(detailWith());
    });

    const results = await Promise.all(calls);

    const writes = table.client.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input.ExpressionAttributeValues![':score'].N);
    expect(new Set(writes).size).toBe(5);
    expect(results).toEqual(results.map(() => results[0]));
    expect(table.find(storedTransaction())).toMatchObject({ verdict: { S: results[0].verdict }, score: { N: String(results[0].score) } });
  });

  test('throws what fails, for the workflow to repeat', async () => {
    table.client.on(QueryCommand).rejects(new Error('throttled'));

    await expect(handler(detailWith())).rejects.toThrow('throttled');
    expect(table.find(storedTransaction())).not.toHaveProperty('verdict');
  });

  test('logs the verdict and nothing of the transaction', async () => {
    await handler(detailWith());

    expect(output.logged('INFO')).toEqual([{ level: 'INFO', message: 'a transaction was assessed', verdict: 'review', score: 40 }]);
  });
});
