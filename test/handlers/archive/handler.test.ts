import { gunzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../../handlers/archive/handler';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import { Metric } from '../../../src/private/contract';
import { ASSESSMENT, heartbeat, insertion, packed, sequenceNumber, storedTransaction, streamRecord } from '../support/items';
import { Output } from '../support/output';

const OTHER = { transaction_id: { S: 'list' }, timestamp: { S: 'x' }, record_type: { S: 'blocklist' } } as StoredItem;

function batch(...records: StreamRecord[]): DynamoDBStreamEvent {
  return { Records: records } as unknown as DynamoDBStreamEvent;
}

describe('transaction-archival', () => {
  const archive = mockClient(S3Client);
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
    output.capture();
    process.env.ARCHIVE_BUCKET_NAME = 'archive';
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
  });

  test('writes the same object for the same batch', async () => {
    await handler(batch(insertion(1), insertion(2)));
    await handler(batch(insertion(1), insertion(2)));

    const [first, second] = written();
    expect(second).toEqual(first);
  });

  test('writes the same changes with the same event ids for the halves of a split batch', async () => {
    await handler(batch(insertion(1), insertion(2), insertion(3)));
    await handler(batch(insertion(1)));
    await handler(batch(insertion(2), insertion(3)));

    const [whole, ...halves] = written();
    expect(new Set([whole, ...halves].map(({ key }) => key)).size).toBe(3);
    expect(halves.flatMap(({ lines }) => lines)).toEqual(whole.lines);
  });

  test('archives a record that cannot be rendered as it is, counts it, and continues', async () => {
    const body = { B: 'bm8gZ3ppcA==' };
    await handler(batch(insertion(1), insertion(2, { body: body as never }), insertion(3)));

    const [{ lines }] = written();
    expect(lines.map(({ event_id: id }) => id)).toEqual(['change-1', 'change-2', 'change-3']);
    expect(lines[1]).toMatchObject({
      transaction_id: 'stripe:pi_2', unrendered: { error: 'Error: incorrect header check', new_image: { body, amount_minor: { N: '1234567' } } },
    });
    expect(output.counted(Metric.ARCHIVED_UNRENDERED)).toBe(1);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ sequenceNumber: sequenceNumber(2) })]);
    expect(output.text()).not.toMatch(/bm8gZ3ppcA|pi_2/);
  });

  test('fails the batch if the archive fails', async () => {
    archive.on(PutObjectCommand).rejects(new Error('slow down'));

    await expect(handler(batch(insertion(1)))).rejects.toThrow('slow down');
  });

  test('counts a heartbeat after its batch is written, and archives nothing for it', async () => {
    await handler(batch(insertion(1), heartbeat(2)));

    expect(written().map(({ lines }) => lines.length)).toEqual([1]);
    expect(output.counted(Metric.ARCHIVAL_PROGRESS)).toBe(1);
  });

  test('counts a heartbeat without other changes, and none if the object cannot be written', async () => {
    await handler(batch(heartbeat(1)));
    archive.on(PutObjectCommand).rejects(new Error('unavailable'));
    await expect(handler(batch(insertion(1), heartbeat(2)))).rejects.toThrow('unavailable');

    expect(output.counted(Metric.ARCHIVAL_PROGRESS)).toBe(1);
  });

  test('keeps a batch in little memory that unpacks to more than the function has', async () => {
    // Each control character of a body is six bytes in JSON: 256 KB of them become 1.5 MB, and 400 of those 600 MB.
    const body = packed('\u0001'.repeat(256 * 1024)) as never;
    const records = Array.from({ length: 400 }, (_, position) => insertion(position, { body }));
    const sizes: number[] = [];
    const timer = setInterval(() => sizes.push(process.memoryUsage().rss), 5);
    const before = process.memoryUsage().rss;

    await handler(batch(...records));
    clearInterval(timer);

    const input = archive.commandCalls(PutObjectCommand)[0].args[0].input.Body as Buffer;
    expect(input.length).toBeLessThan(6_000_000);
    expect((Math.max(...sizes) - before) / 2 ** 20).toBeLessThan(300);
  });
});
