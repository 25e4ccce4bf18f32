import { gunzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { writeObject } from '../../../handlers/archive/archive-object';

/** An error response from S3. */
function answerOf(httpStatusCode: number, name: string): S3ServiceException {
  return new S3ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode }, message: name });
}

describe('writeObject', () => {
  const client = mockClient(S3Client);

  beforeEach(() => {
    client.reset();
    process.env.ARCHIVE_BUCKET_NAME = 'archive';
  });

  test('writes gzip with a line break after each line, declared as gzip and not as encoded', async () => {
    client.on(PutObjectCommand).resolves({});

    await writeObject('year=2025/x.jsonl.gz', ['{"a":1}', '{"b":"é"}']);

    const { Body, ...rest } = client.commandCalls(PutObjectCommand)[0].args[0].input;
    expect(rest).toEqual({ Bucket: 'archive', Key: 'year=2025/x.jsonl.gz', ContentType: 'application/gzip', IfNoneMatch: '*' });
    expect(gunzipSync(Body as Buffer).toString('utf8')).toBe('{"a":1}\n{"b":"é"}\n');
  });

  test('writes the same bytes for the same lines', async () => {
    client.on(PutObjectCommand).resolves({});

    await writeObject('k', ['{}']);
    await writeObject('k', ['{}']);

    const [first, second] = client.commandCalls(PutObjectCommand).map(({ args }) => args[0].input.Body as Buffer);
    expect(first.equals(second)).toBe(true);
  });

  test('compresses each line before it reads many more', async () => {
    client.on(PutObjectCommand).resolves({});
    let held = 0;
    let most = 0;
    const line = 'x'.repeat(100_000);
    const lines = function* () {
      for (let number = 0; number < 100; number++) {
        held += 1;
        most = Math.max(most, held);
        setImmediate(() => { held -= 1; });
        yield line;
      }
    };

    await writeObject('k', lines());

    expect(gunzipSync(client.commandCalls(PutObjectCommand)[0].args[0].input.Body as Buffer)).toHaveLength(100 * 100_001);
    expect(most).toBeLessThan(10);
  });

  test('throws an error of a line', async () => {
    await expect(writeObject('k', (function* () {
      yield '{}';
      throw new Error('not rendered');
    })())).rejects.toThrow('not rendered');
    expect(client.calls()).toEqual([]);
  });

  test('treats an existing object as written', async () => {
    client.on(PutObjectCommand).rejects(answerOf(412, 'PreconditionFailed'));

    await expect(writeObject('k', ['{}'])).resolves.toBeUndefined();
  });

  test.each([
    ['a conflict with a deletion', answerOf(409, 'ConditionalRequestConflict')],
    ['a rejection', answerOf(403, 'AccessDenied')],
    ['a failure to reach S3', new Error('out of reach')],
    ['an error with only the same name', Object.assign(new Error('not of S3'), { name: 'PreconditionFailed' })],
  ])('throws %s, so that Lambda retries the batch', async (_, error) => {
    client.on(PutObjectCommand).rejects(error);

    await expect(writeObject('k', ['{}'])).rejects.toBe(error);
  });
});
