import { gunzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { writeObject } from '../../../handlers/adapters/archive';

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
    expect(rest).toEqual({ Bucket: 'archive', Key: 'year=2025/x.jsonl.gz', ContentType: 'application/gzip' });
    expect(gunzipSync(Body as Buffer).toString('utf8')).toBe('{"a":1}\n{"b":"é"}\n');
  });

  test('gives the same bytes for the same lines', async () => {
    client.on(PutObjectCommand).resolves({});

    await writeObject('k', ['{}']);
    await writeObject('k', ['{}']);

    const [first, second] = client.commandCalls(PutObjectCommand).map(({ args }) => args[0].input.Body as Buffer);
    expect(first.equals(second)).toBe(true);
  });

  test('passes a failure on', async () => {
    client.on(PutObjectCommand).rejects(new Error('out of reach'));

    await expect(writeObject('k', ['{}'])).rejects.toThrow('out of reach');
  });
});
