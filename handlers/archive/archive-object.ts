import { gzipSync } from 'node:zlib';
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
 * Writes lines as one gzip object, and never overwrites another one. It has the
 * content type gzip and no content encoding. With the encoding `gzip`, HTTP
 * clients would unpack it in transit and store a `.gz` file that is not gzip,
 * while Athena and Spark only use the extension.
 *
 * An existing object counts as written, because the key is made from the batch.
 * Other failures are thrown, so that Lambda retries the batch. One of them is
 * 409 `ConditionalRequestConflict`, if the key is deleted at the same time.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function writeObject(key: string, lines: readonly string[]): Promise<void> {
  try {
    await client.send(new PutObjectCommand({
      Bucket: required(Env.ARCHIVE_BUCKET_NAME),
      Key: key,
      Body: gzipSync(lines.map((line) => `${line}\n`).join('')),
      ContentType: 'application/gzip',
      IfNoneMatch: '*',
    }));
  } catch (error) {
    if (!(error instanceof S3ServiceException && error.name === ALREADY_THERE)) {
      throw error;
    }
  }
}
