import { gzipSync } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { required } from './environment';
import { Env } from '../../src/private/contract';

/** Repeated by the SDK: the same key with the same content is the same object. */
const client = new S3Client({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 20_000, throwOnRequestTimeout: true },
});

/**
 * Writes lines as one gzip object. It is declared as what its bytes are, with
 * no content encoding: with `gzip` there, HTTP clients unpack it on the way
 * and store a `.gz` that is none, while Athena and Spark go by the name's ending alone.
 */
export async function writeObject(key: string, lines: readonly string[]): Promise<void> {
  await client.send(new PutObjectCommand({
    Bucket: required(Env.ARCHIVE_BUCKET_NAME),
    Key: key,
    Body: gzipSync(lines.map((line) => `${line}\n`).join('')),
    ContentType: 'application/gzip',
  }));
}
