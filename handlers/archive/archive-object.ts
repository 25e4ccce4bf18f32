import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Env } from '../../src/private/contract';
import { required } from '../aws/environment-variables';

/** S3's answer to `If-None-Match: *` where the key has a current version. */
const ALREADY_THERE = 'PreconditionFailed';

/** Repeated by the SDK: if an attempt succeeded and its answer was lost, the next one finds its object. */
const client = new S3Client({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 20_000, throwOnRequestTimeout: true },
});

/**
 * Writes lines as one gzip object, and never over another one. It is declared
 * as what its bytes are, with no content encoding: with `gzip` there, HTTP
 * clients unpack it on the way and store a `.gz` that is none, while Athena
 * and Spark go by the name's ending alone.
 *
 * An object that is already there counts as written, because the key is made
 * from the batch. Other failures are thrown, so that Lambda repeats the batch:
 * among them 409 `ConditionalRequestConflict`, when a deletion of the key came in between.
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
