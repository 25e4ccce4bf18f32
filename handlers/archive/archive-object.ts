import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Env } from '../../src/private/contract';
import { attemptTimeOuts } from '../aws/attempt-time-outs';
import { required } from '../aws/environment-variables';

/** S3's answer to `If-None-Match: *` if the key has a current version. */
const ALREADY_THERE = 'PreconditionFailed';

/** Retried by the SDK. If an attempt succeeded and its answer was lost, the next one finds its object. */
const client = new S3Client({
  maxAttempts: 3,
  requestHandler: attemptTimeOuts(20_000),
});

/**
 * Writes lines as one gzip object, and never overwrites another one. Each line is
 * compressed before the next one is rendered, so that only the compressed object is
 * in memory: Lambda limits the batch to 6 MB, but its bodies are packed, and 1,000
 * of them unpack to 250 MB and more. The object has the
 * content type gzip and no content encoding. With the encoding `gzip`, HTTP
 * clients would unpack it in transit and store a `.gz` file that is not gzip,
 * while Athena and Spark only use the extension.
 *
 * An existing object counts as written, because the key is made from the batch.
 * Other failures are thrown, so that Lambda retries the batch. One of them is
 * 409 `ConditionalRequestConflict`, if the key is deleted at the same time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeObject(key: string, lines: Iterable<string>): Promise<void> {
  const content = await compressed(lines);
  try {
    await client.send(new PutObjectCommand({
      Bucket: required(Env.ARCHIVE_BUCKET_NAME),
      Key: key,
      Body: content,
      ContentType: 'application/gzip',
      IfNoneMatch: '*',
    }));
  } catch (error) {
    if (!(error instanceof S3ServiceException && error.name === ALREADY_THERE)) {
      throw error;
    }
  }
}

async function compressed(lines: Iterable<string>): Promise<Buffer> {
  return pipeline(Readable.from(withLineBreaks(lines), { highWaterMark: 1 }), createGzip(), async (chunks: AsyncIterable<Buffer>) => buffer(chunks));
}

function* withLineBreaks(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    yield `${line}\n`;
  }
}
