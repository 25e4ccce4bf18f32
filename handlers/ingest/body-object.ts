import { PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Env } from '../../src/private/contract';
import { attemptTimeOuts } from '../aws/attempt-time-outs';
import { required } from '../aws/environment-variables';

/** S3's answer to `If-None-Match: *` if the key has a current version. */
const ALREADY_THERE = 'PreconditionFailed';
/**
 * With 2.2 seconds for the table, this is below the shortest time-out of a
 * provider, which is 5 seconds, if the secrets are cached. They are in a retry.
 */
const DEADLINE_MS = 2_500;

const client = new S3Client({
  maxAttempts: 2,
  requestHandler: attemptTimeOuts(2_000),
  // By default, the SDK waits with the content of 2 MB and more until S3 answers 100, and for 6 seconds if nothing between sends that on.
  expectContinueHeader: false,
});

/**
 * Writes a compressed body as an object of the archive's bucket, and never
 * overwrites another one. An existing object counts as written, because its key
 * contains the hash of the body. Other failures are thrown, so that the provider
 * retries the webhook. The SDK adds the checksum that Object Lock requires.
 *
 * This file has its own copy of the modules that it imports, because it is
 * loaded when the first such body arrives. They must not keep state.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export async function writeBody(key: string, content: Uint8Array): Promise<void> {
  try {
    await client.send(new PutObjectCommand({
      Bucket: required(Env.ARCHIVE_BUCKET_NAME),
      Key: key,
      Body: content,
      ContentType: 'application/gzip',
      IfNoneMatch: '*',
    }), { abortSignal: AbortSignal.timeout(DEADLINE_MS) });
  } catch (error) {
    if (!(error instanceof S3ServiceException && error.name === ALREADY_THERE)) {
      throw error;
    }
  }
}
