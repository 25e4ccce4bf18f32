import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import '../support/validator-environment';
import { storeOnce } from '../../../handlers/ingest/transaction-writer';
import type { TransmissionItem } from '../../../handlers/ingest/transmission-item';
import { MAX_ITEM_BYTES, Metric } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { serviceException } from '../support/json-calls';
import { Output } from '../support/output';

const table = new FakeTable();
const output = new Output();

beforeEach(() => {
  table.reset();
  output.capture();
});

const ITEM = { transaction_id: 'stripe:pi_1', timestamp: '-#evt_1', live: true, exponent: 2, amount_minor: 10n ** 25n, body: gzipSync('raw'), metadata: { cart: '7' } };

describe('storeOnce', () => {
  test('stores an item with the type of each value', async () => {
    const result = await storeOnce(ITEM);

    expect(result).toBe('stored');
    expect(table.items).toEqual([{
      transaction_id: { S: 'stripe:pi_1' },
      timestamp: { S: '-#evt_1' },
      live: { BOOL: true },
      exponent: { N: '2' },
      amount_minor: { N: '10000000000000000000000000' },
      body: { B: gzipSync('raw') },
      metadata: { M: { cart: { S: '7' } } },
    }]);
  });

  test('stores an item once', async () => {
    const results = await Promise.all([1, 2, 3].map(async () => storeOnce(ITEM)));

    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(1);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test('reports a duplicate for the retry of a write that succeeded', async () => {
    await storeOnce(ITEM);
    const repeated = await storeOnce(ITEM);

    expect(repeated).toBe('duplicate');
    expect(table.items).toHaveLength(1);
  });

  test('compares the body of a duplicate, however it is compressed, and keeps the first one', async () => {
    await storeOnce(ITEM);

    expect(await storeOnce({ ...ITEM, body: gzipSync('raw', { level: 0 }) })).toBe('duplicate');
    expect(await storeOnce({ ...ITEM, body: gzipSync('another') })).toBe('altered-duplicate');
    expect(table.items.map(({ body }) => body)).toEqual([{ B: ITEM.body }]);
    expect(table.itemsRead).toBe(0);
  });

  test('does not compare the body of a webhook with that of a fetched event, which the provider renders differently', async () => {
    await storeOnce({ ...ITEM, fetched: true });

    expect(await storeOnce({ ...ITEM, body: gzipSync('raw, with other spaces') })).toBe('duplicate');
  });

  test('reports a duplicate if the table does not return the stored item', async () => {
    table.failNext(serviceException('ConditionalCheckFailedException'));

    expect(await storeOnce(ITEM)).toBe('duplicate');
  });

  test('counts and throws any other error', async () => {
    table.failNext(serviceException('ProvisionedThroughputExceededException'));

    await expect(storeOnce(ITEM)).rejects.toThrow('ProvisionedThroughputExceededException');
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test('writes to the configured table, in one call with a deadline', async () => {
    await storeOnce(ITEM);

    const [{ input, deadline }, ...more] = table.callsOf('PutItem');
    expect(more).toEqual([]);
    expect(input).toMatchObject({ TableName: 'the-table', ConditionExpression: 'attribute_not_exists(transaction_id)' });
    expect(deadline - Date.now()).toBeLessThanOrEqual(2_200);
  });
});

describe('storeOnce with a transmission', () => {
  const delivery = (id: string, body = 'body'): TransmissionItem => ({
    transaction_id: `transmission:paypal:${id}`, timestamp: '-', record_type: 'transmission', body_hash: `hash of ${body}`, expires_at: 1770206400,
  });
  const event = (id: string) => ({ ...ITEM, timestamp: `-#${id}`, record_type: 'transaction' });
  const canceled = (...codes: string[]) => (
    serviceException('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) })
  );
  const keys = () => table.items.map(({ transaction_id: id, timestamp }) => `${id.S} ${timestamp.S}`).sort();

  test('stores both items', async () => {
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

  test('reports a duplicate for the same delivery', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    expect(await storeOnce(event('e-1'), delivery('t-1'))).toBe('duplicate');
    expect(table.items).toHaveLength(2);
  });

  test('reports a duplicate for another delivery of the event, and stores its transmission', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    expect(await storeOnce(event('e-1'), delivery('t-2'))).toBe('duplicate');
    expect(keys()).toEqual(['stripe:pi_1 -#e-1', 'transmission:paypal:t-1 -', 'transmission:paypal:t-2 -']);
  });

  test('compares the body of another delivery of the event', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    expect(await storeOnce({ ...event('e-1'), body: gzipSync('another') }, delivery('t-2', 'another'))).toBe('altered-duplicate');
    expect(table.itemsOf('transmission')).toHaveLength(2);
    expect(table.itemsOf('transaction')).toHaveLength(1);
  });

  test.each<[string, string]>([['another event', 'e-2'], ['the same event', 'e-1']])(
    'rejects a transmission id with another body, for %s', async (_, forged) => {
      await storeOnce(event('e-1'), delivery('t-1'));

      expect(await storeOnce(event(forged), delivery('t-1', 'another'))).toBe('body-mismatch');
      expect(keys()).toEqual(['stripe:pi_1 -#e-1', 'transmission:paypal:t-1 -']);
    });

  test('rejects it also if its first delivery was a duplicate', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    await storeOnce(event('e-1'), delivery('t-2'));

    expect(await storeOnce(event('e-2'), delivery('t-2', 'another'))).toBe('body-mismatch');
    expect(table.itemsOf('transaction')).toHaveLength(1);
  });

  test('rejects one of two bodies that arrive at once, if both events are known', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    await storeOnce(event('e-2'), delivery('t-2'));

    const results = await Promise.all([storeOnce(event('e-1'), delivery('t-3')), storeOnce(event('e-2'), delivery('t-3', 'another'))]);

    expect(results.sort()).toEqual(['body-mismatch', 'duplicate']);
  });

  test('rejects the second body also if the first is stored between its transaction and its put', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(canceled('ConditionalCheckFailed', 'None'));

    expect(await storeOnce(event('e-1'), delivery('t-1', 'another'))).toBe('body-mismatch');
  });

  test('stores one of five concurrent webhooks, and returns a result for each', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, async () => storeOnce(event('e-1'), delivery('t-1'))));

    expect(results.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect(table.items).toHaveLength(2);
    expect(table.callsOf('TransactWriteItems').length).toBeGreaterThan(5);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test.each<[string, Error, Error | undefined]>([
    ['the transaction conflicts with another write', canceled('None', 'TransactionConflict'), undefined],
    ['the put after it conflicts', canceled('ConditionalCheckFailed', 'None'), serviceException('TransactionConflictException')],
  ])('retries if %s', async (_, first, second) => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(first, second);

    expect(await storeOnce(event('e-1'), delivery('t-2'))).toBe('duplicate');
    expect(table.itemsOf('transmission')).toHaveLength(2);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test('stops at the deadline if the conflict does not end', async () => {
    table.failNext(...Array.from({ length: 100 }, () => canceled('TransactionConflict', 'None')));
    const begin = Date.now();

    await expect(storeOnce(event('e-1'), delivery('t-1'))).rejects.toThrow('TransactionCanceledException');
    expect(Date.now() - begin).toBeLessThan(5_000);
    expect(table.callsOf('TransactWriteItems').length).toBeLessThan(50);
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test.each<[string, Error]>([
    ['canceled because of one item', canceled('None', 'ThrottlingError')],
    ['canceled without a reason', serviceException('TransactionCanceledException')],
    ['rejected', serviceException('ProvisionedThroughputExceededException')],
  ])('throws the error of a transaction that is %s, and stores nothing', async (_, error) => {
    table.failNext(error);

    await expect(storeOnce(event('e-1'), delivery('t-1'))).rejects.toBe(error);
    expect(table.items).toEqual([]);
    expect(output.counted(Metric.STORE_FAILED)).toBe(1);
  });

  test('throws the error of the put after the transaction, and stores no transmission', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));
    table.failNext(undefined, serviceException('ProvisionedThroughputExceededException'));

    await expect(storeOnce(event('e-1'), delivery('t-2'))).rejects.toThrow('ProvisionedThroughputExceededException');
    expect(table.itemsOf('transmission')).toHaveLength(1);
  });

  test('writes both items in one call, each with its condition', async () => {
    await storeOnce(event('e-1'), delivery('t-1'));

    const [call, ...more] = table.callsOf('TransactWriteItems');
    expect(more).toEqual([]);
    expect(call.input.TransactItems).toEqual([
      { Put: expect.objectContaining({ TableName: 'the-table', ConditionExpression: 'attribute_not_exists(transaction_id)' }) },
      {
        Put: expect.objectContaining({
          TableName: 'the-table',
          ConditionExpression: 'attribute_not_exists(transaction_id) OR body_hash = :hash',
          ExpressionAttributeValues: { ':hash': { S: 'hash of body' } },
        }),
      },
    ]);
    expect(call.deadline - Date.now()).toBeLessThanOrEqual(2_200);
  });

  describe('and a body that does not fit into the item', () => {
    const bucket = mockClient(S3Client);
    const large = { ...event('e-1'), body: gzipSync(randomBytes(MAX_ITEM_BYTES)) };
    const objects = () => bucket.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input.Key);

    beforeEach(() => {
      bucket.reset();
      bucket.on(PutObjectCommand).resolves({});
    });

    test('stores both items after the object', async () => {
      expect(await storeOnce(large, delivery('t-1'))).toBe('stored');
      expect(table.itemsOf('transaction')).toEqual([expect.objectContaining({ body_key: { S: objects()[0] } })]);
      expect([keys().length, objects().length]).toEqual([2, 1]);
    });

    test('writes no object for another body of the transmission', async () => {
      await storeOnce(event('e-2'), delivery('t-1'));

      expect(await storeOnce(large, delivery('t-1', 'another'))).toBe('body-mismatch');
      expect([table.itemsOf('transaction').length, objects()]).toEqual([1, []]);
    });

    test('keeps the transmission if S3 fails, and stores the same body in the retry', async () => {
      bucket.on(PutObjectCommand).rejectsOnce(new Error('down'));

      await expect(storeOnce(large, delivery('t-1'))).rejects.toThrow('down');
      expect(keys()).toEqual(['transmission:paypal:t-1 -']);
      expect(await storeOnce(large, delivery('t-1', 'another'))).toBe('body-mismatch');
      expect(await storeOnce(large, delivery('t-1'))).toBe('stored');
    });

    test('retries if the transmission conflicts with another write', async () => {
      table.failNext(serviceException('TransactionConflictException'));

      expect(await storeOnce(large, delivery('t-1'))).toBe('stored');
    });
  });
});
