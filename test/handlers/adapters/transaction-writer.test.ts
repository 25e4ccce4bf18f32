import { DynamoDBClient, ProvisionedThroughputExceededException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import '../support/validator-environment';
import { storeOnce } from '../../../handlers/adapters/transaction-writer';
import { Metric } from '../../../src/private/contract';
import { Output } from '../support/output';
import { PutTable } from '../support/put-table';

const table = new PutTable();
const output = new Output();

beforeEach(() => {
  table.reset();
  output.capture();
});

const ITEM = { transaction_id: 'stripe:pi_1', timestamp: '-#evt_1', live: true, exponent: 2, amount_minor: 10n ** 25n, body: Buffer.from('raw') };

describe('storeOnce', () => {
  test('stores an item, each value by its type', async () => {
    const result = await storeOnce(ITEM);

    expect(result).toBe('stored');
    expect(table.items).toEqual([{
      transaction_id: { S: 'stripe:pi_1' },
      timestamp: { S: '-#evt_1' },
      live: { BOOL: true },
      exponent: { N: '2' },
      amount_minor: { N: '10000000000000000000000000' },
      body: { B: Buffer.from('raw') },
    }]);
  });

  test('stores it once', async () => {
    const results = await Promise.all([1, 2, 3].map(async () => storeOnce(ITEM)));

    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(1);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test('a write that succeeded and timed out is a duplicate when it is repeated', async () => {
    await storeOnce(ITEM);
    const repeated = await storeOnce(ITEM);

    expect(repeated).toBe('duplicate');
    expect(table.items).toHaveLength(1);
  });

  test('counts any other failure and passes it on', async () => {
    table.client.on(PutItemCommand).rejects(new ProvisionedThroughputExceededException({ $metadata: {}, message: 'too much' }));

    await expect(storeOnce(ITEM)).rejects.toThrow('too much');
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test('writes to the table of the environment, in one call that ends in time', async () => {
    await storeOnce(ITEM);

    const calls = table.client.commandCalls(PutItemCommand);
    expect(calls).toHaveLength(1);
    expect(calls[0].args[0].input).toMatchObject({ TableName: 'the-table', ConditionExpression: 'attribute_not_exists(transaction_id)' });
    expect(calls[0].thisValue).toBeInstanceOf(DynamoDBClient);
    const [, options]: unknown[] = calls[0].args;
    expect(options).toEqual({ abortSignal: expect.any(AbortSignal) });
  });
});
