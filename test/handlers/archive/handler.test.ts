import { gunzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../handlers/archive/handler';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import { FakeQueue } from '../support/fake-queue';
import { ASSESSMENT, insertion, packed, sequenceNumber, storedTransaction, streamRecord } from '../support/items';
import { Output } from '../support/output';

const OTHER = { transaction_id: { S: 'list' }, timestamp: { S: 'x' }, record_type: { S: 'blocklist' } } as StoredItem;

function batch(...records: StreamRecord[]): DynamoDBStreamEvent {
  return { Records: records } as unknown as DynamoDBStreamEvent;
}

describe('transaction-archival', () => {
  const archive = mockClient(S3Client);
  const queue = new FakeQueue();
  const output = new Output();

  /** The objects that were written: their keys and parsed lines. */
  function written(): { key: string; lines: Record<string, unknown>[] }[] {
    return archive.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => ({
      key: input.Key!,
      lines: gunzipSync(input.Body as Buffer).toString('utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>),
    }));
  }

  beforeEach(() => {
    archive.reset();
    archive.on(PutObjectCommand).resolves({});
    queue.reset();
    output.capture();
    process.env.ARCHIVE_BUCKET_NAME = 'archive';
    process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
  });

  test('writes a batch as one object, with a line for every change of a transaction', async () => {
    const body = packed('{"id":"evt_1"}') as never;
    const open = storedTransaction({ body }) as StoredItem;
    const assessed = storedTransaction({ body, ...ASSESSMENT }) as StoredItem;

    await handler(batch(
      insertion(1, { body }),
      streamRecord(2, 'MODIFY', { newImage: assessed, oldImage: open }),
      streamRecord(3, 'REMOVE', { oldImage: assessed }),
    ));

    const [{ key, lines }, ...more] = written();
    expect(more).toEqual([]);
    expect(key).toBe(`year=2025/month=03/day=04/${sequenceNumber(1)}-${sequenceNumber(3)}.jsonl.gz`);
    expect(lines.map(({ event_id, event_name }) => [event_id, event_name])).toEqual([
      ['change-1', 'INSERT'], ['change-2', 'MODIFY'], ['change-3', 'REMOVE'],
    ]);
    expect(lines[0]).toHaveProperty('new_image.body', '{"id":"evt_1"}');
    expect(JSON.stringify(lines.slice(1))).not.toContain('body');
  });

  test('omits other record types from the lines, but not from the key', async () => {
    await handler(batch(streamRecord(1, 'INSERT', { newImage: OTHER }), insertion(2), streamRecord(3, 'INSERT', { newImage: OTHER })));

    expect(written()).toEqual([{
      key: `year=2025/month=03/day=04/${sequenceNumber(1)}-${sequenceNumber(3)}.jsonl.gz`,
      lines: [expect.objectContaining({ transaction_id: 'stripe:pi_2' })],
    }]);
  });

  test('writes no object if no line remains', async () => {
    await handler(batch(streamRecord(1, 'INSERT', { newImage: OTHER })));

    expect(written()).toEqual([]);
    expect(queue.messages).toEqual([]);
  });

  test('writes the same object for the same batch', async () => {
    await handler(batch(insertion(1), insertion(2)));
    await handler(batch(insertion(1), insertion(2)));

    const [first, second] = written();
    expect(second).toEqual(first);
  });

  test('sends records that cannot be written to the dead-letter queue in a retry, even if the object exists', async () => {
    const records = batch(insertion(1), insertion(2, { body: { S: 'text' } }));
    queue.fail();
    await expect(handler(records)).rejects.toThrow('out of reach');
    queue.reset();
    archive.on(PutObjectCommand).rejects(new S3ServiceException({ name: 'PreconditionFailed', $fault: 'client', $metadata: {}, message: 'exists' }));

    await handler(records);

    expect(queue.messages).toEqual([expect.objectContaining({ sequence_number: sequenceNumber(2) })]);
  });

  test('writes the same changes with the same event ids for the halves of a split batch', async () => {
    await handler(batch(insertion(1), insertion(2), insertion(3)));
    await handler(batch(insertion(1)));
    await handler(batch(insertion(2), insertion(3)));

    const [whole, ...halves] = written();
    expect(new Set([whole, ...halves].map(({ key }) => key)).size).toBe(3);
    expect(halves.flatMap(({ lines }) => lines)).toEqual(whole.lines);
  });

  test('sends a record that cannot be written to the dead-letter queue and continues', async () => {
    await handler(batch(insertion(1), insertion(2, { body: { B: 'bm8gZ3ppcA==' } as never }), insertion(3)));

    expect(written()[0].lines.map(({ event_id: id }) => id)).toEqual(['change-1', 'change-3']);
    expect(queue.messages).toEqual([{
      origin: 'transaction-archival',
      error: 'Error: incorrect header check',
      keys: { transaction_id: { S: 'stripe:pi_2' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
      sequence_number: sequenceNumber(2),
    }]);
  });

  test('fails the batch if a record cannot be sent to the dead-letter queue', async () => {
    queue.fail();

    await expect(handler(batch(insertion(1, { body: { S: 'text' } })))).rejects.toThrow('out of reach');
  });

  test('fails the batch if the archive fails, before any record goes to the dead-letter queue', async () => {
    archive.on(PutObjectCommand).rejects(new Error('slow down'));

    await expect(handler(batch(insertion(1), insertion(2, { body: { S: 'text' } })))).rejects.toThrow('slow down');
    expect(queue.messages).toEqual([]);
  });
});
