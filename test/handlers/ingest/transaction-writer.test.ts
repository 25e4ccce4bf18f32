import {
  DynamoDBClient, ProvisionedThroughputExceededException, PutItemCommand, TransactionCanceledException, TransactionConflictException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import '../support/validator-environment';
import { storeOnce } from '../../../handlers/ingest/transaction-writer';
import type { TransmissionItem } from '../../../handlers/ingest/transmission-item';
import { Metric } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { Output } from '../support/output';

const table = new FakeTable();
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

describe('storeOnce with a transmission', () => {
  const delivery = (id: string, body = 'body'): TransmissionItem => ({
    transaction_id: `transmission:paypal:${id}`, timestamp: '-', record_type: 'transmission', body_hash: `hash of ${body}`, expires_at: 1770206400,
  });
  const event = (id: string) => ({ ...ITEM, timestamp: `-#${id}`, record_type: 'transaction' });
  const cancelled = (...codes: string[]) => (
    new TransactionCanceledException({ $metadata: {}, message: 'cancelled', CancellationReasons: codes.map((Code) => ({ Code })) })
  );
  const keys = () => table.items.map(({ transaction_id: id, timestamp }) => `${id.S} ${timestamp.S}`).sort();

  test('stores both', async () => {
    expect(await storeOnce(event('e-1'), delivery('t-1'))).toBe('stored');
    expect(table.itemsOf('transaction')).toHaveLength(1);
    expect(table.itemsOf('transmission')).toEqual([{
      transaction_id: { S: 'transmission:paypal:t-1' },
      timestamp: { S: '-' },
      record_type: { S: 'transmission' },
      body_hash: { S: 'hash of body' },
      expires_at: { N: '1770206400' },
    }]);
  });

  test('the same delivery again is a duplicate', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    expect(await storeOnce(event('e-1'), delivery('t-1'))).toBe('duplicate');
    expect(table.items).toHaveLength(2);
  });

  test('another delivery of the event is a duplicate, and its transmission is taken', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    expect(await storeOnce(event('e-1'), delivery('t-2'))).toBe('duplicate');
    expect(keys()).toEqual(['stripe:pi_1 -#e-1', 'transmission:paypal:t-1 -', 'transmission:paypal:t-2 -']);
  });

  test.each<[string, string]>([['another event', 'e-2'], ['the same event', 'e-1']])(
    'rejects a transmission that came with another body, for %s', async (_, forged) => {
      await storeOnce(event('e-1'), delivery('t-1'));

      expect(await storeOnce(event(forged), delivery('t-1', 'another'))).toBe('body-mismatch');
      expect(keys()).toEqual(['stripe:pi_1 -#e-1', 'transmission:paypal:t-1 -']);
    });

  test('rejects it also where its first delivery was of a known event', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    await storeOnce(event('e-1'), delivery('t-2'));

    expect(await storeOnce(event('e-2'), delivery('t-2', 'another'))).toBe('body-mismatch');
    expect(table.itemsOf('transaction')).toHaveLength(1);
  });

  test('of two bodies at the same moment, both of a known event, one is rejected', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    await storeOnce(event('e-2'), delivery('t-2'));

    const results = await Promise.all([storeOnce(event('e-1'), delivery('t-3')), storeOnce(event('e-2'), delivery('t-3', 'another'))]);

    expect(results.sort()).toEqual(['body-mismatch', 'duplicate']);
  });

  test('rejects the second body also where the first came between its transaction and the put that follows', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(cancelled('ConditionalCheckFailed', 'None'));

    expect(await storeOnce(event('e-1'), delivery('t-1', 'another'))).toBe('body-mismatch');
  });

  test('five at once store one, and each of them is answered', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, async () => storeOnce(event('e-1'), delivery('t-1'))));

    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(2);
    expect(table.client.commandCalls(TransactWriteItemsCommand).length).toBeGreaterThan(5);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test.each<[string, Error, Error | undefined]>([
    ['the transaction is in the way of another', cancelled('None', 'TransactionConflict'), undefined],
    ['the put that follows is', cancelled('ConditionalCheckFailed', 'None'), new TransactionConflictException({ $metadata: {}, message: 'ongoing' })],
  ])('tries again where %s', async (_, first, second) => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(first, second);

    expect(await storeOnce(event('e-1'), delivery('t-2'))).toBe('duplicate');
    expect(table.itemsOf('transmission')).toHaveLength(2);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test('gives up at the deadline where the conflict does not end', async () => {
    jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.timeout(120));
    table.failNext(...Array.from({ length: 100 }, () => cancelled('TransactionConflict', 'None')));

    await expect(storeOnce(event('e-1'), delivery('t-1'))).rejects.toThrow('aborted');
    expect(table.client.commandCalls(TransactWriteItemsCommand).length).toBeLessThan(6);
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test.each<[string, Error]>([
    ['cancelled for one of its items', cancelled('None', 'ThrottlingError')],
    ['cancelled for no reason', new TransactionCanceledException({ $metadata: {}, message: 'cancelled' })],
    ['rejected', new ProvisionedThroughputExceededException({ $metadata: {}, message: 'too much' })],
  ])('a transaction that is %s stores nothing, and is passed on', async (_, error) => {
    table.failNext(error);

    await expect(storeOnce(event('e-1'), delivery('t-1'))).rejects.toBe(error);
    expect(table.items).toEqual([]);
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test('a put that follows and fails is passed on: the transmission is not taken', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(undefined, new ProvisionedThroughputExceededException({ $metadata: {}, message: 'too much' }));

    await expect(storeOnce(event('e-1'), delivery('t-2'))).rejects.toThrow('too much');
    expect(table.itemsOf('transmission')).toHaveLength(1);
  });

  test('writes both in one call, under their conditions', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    const [call, ...more] = table.client.commandCalls(TransactWriteItemsCommand);
    expect(more).toEqual([]);
    expect(call.args[0].input.TransactItems).toEqual([
      { Put: expect.objectContaining({ TableName: 'the-table', ConditionExpression: 'attribute_not_exists(transaction_id)' }) },
      {
        Put: expect.objectContaining({
          TableName: 'the-table',
          ConditionExpression: 'attribute_not_exists(transaction_id) OR body_hash = :hash',
          ExpressionAttributeValues: { ':hash': { S: 'hash of body' } },
        }),
      },
    ]);
    const [, options]: unknown[] = call.args;
    expect(options).toEqual({ abortSignal: expect.any(AbortSignal) });
  });
});
