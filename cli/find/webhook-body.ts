import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { unpackBody, type RawBody } from '../../handlers/aws/raw-body';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { Attr } from '../../src/private/contract';

/** The raw body of a stored webhook, or the reason why there is none. */
export type FoundBody = RawBody | { readonly missing: string };

/** Reads the body of an item, from the item or from the bucket of the archive. */
export async function readWebhookBody(item: StoredItem, s3: S3Client, bucket: string, signal: AbortSignal): Promise<FoundBody> {
  const key = item[Attr.BODY_KEY]?.S;
  if (key === undefined && !item[Attr.BODY]) {
    return { missing: item[Attr.ERASED_AT] ? 'erased' : 'the item has none' };
  }
  try {
    if (key === undefined) {
      return unpackBody(item[Attr.BODY]);
    }
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal });
    return unpackBody({ B: await Body!.transformToByteArray() });
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    return { missing: `${key ?? 'the body of the item'} cannot be read: ${(error as Error).name}` };
  }
}
