import type { DynamoDbCalls, S3Calls, TableValue } from './aws-calls';
import { defaultDynamoDb, defaultS3 } from './aws-sdk';
import type { BodyBytes } from './body-bytes';
import { BodyUnavailableError } from './body-unavailable';
import { withDeadline } from './deadline';
import { requireName } from './option-rules';
import { unpackBytes } from '../handlers/aws/raw-body';
import { hashesInBodyKey, hexHash, ownerHash } from '../handlers/domain/body-key';
import { Attr } from '../src/private/contract';

/** The fields of a detail that lead to its body. */
export interface BodyFields {
  readonly transaction_id: string;
  readonly timestamp: string;
  readonly body?: string;
  readonly body_base64?: string;
}

/** Where bodies are stored that are not in the event. */
export interface BodySources {
  /** The table of the system. The function needs `grantReadTransactions`. */
  readonly tableName: string;
  /**
   * The bucket of the archive. The function needs `archive.grantRead(consumer, 'webhook-bodies/*')`.
   *
   * @default - a body that is an object of the archive, because it does not fit into the table, cannot be read
   */
  readonly bucketName?: string;
  /**
   * A `DynamoDB` of `@aws-sdk/client-dynamodb`.
   *
   * @default - a client from the SDK of Lambda's runtime, which is loaded when it is first used
   */
  readonly dynamodb?: DynamoDbCalls;
  /**
   * An `S3` of `@aws-sdk/client-s3`.
   *
   * @default - a client from the SDK of Lambda's runtime, which is loaded when it is first used
   */
  readonly s3?: S3Calls;
}

/** For all attempts of a call. */
const TABLE_MS = 6_000;
const BUCKET_MS = 20_000;

const ATTRIBUTES = [Attr.BODY, Attr.BODY_KEY, Attr.ERASED_AT];

/**
 * Reads the raw body of a webhook: the bytes that the provider signed. It is in the event if the system has `includeBody`, else in the
 * table, or in an object of the archive if it is large. The object is compared with the hash in its name.
 *
 * @param detail the detail of an event
 * @param sources where to read what is not in the event. Without it, only a body in the event can be read
 * @throws BodyUnavailableError with a reason. Other errors are those of the SDK, and can be retried
 */
export async function readBody(detail: BodyFields, sources?: BodySources): Promise<BodyBytes> {
  if (detail.body !== undefined) {
    return Buffer.from(detail.body, 'utf8');
  }
  if (detail.body_base64 !== undefined) {
    return Buffer.from(detail.body_base64, 'base64');
  }
  if (!sources) {
    throw new Error('the event has no body: pass the name of the table');
  }
  requireName('tableName', sources.tableName);
  const item = await readItem(detail, sources);
  if (item[Attr.ERASED_AT]) {
    throw new BodyUnavailableError('erased', 'the data of the customer was erased from the webhook');
  }
  const key = item[Attr.BODY_KEY]?.S;
  const packed = item[Attr.BODY]?.B;
  if (key === undefined && packed === undefined) {
    throw new BodyUnavailableError('damaged', 'the item has no body');
  }
  return key === undefined ? unpackedBody(packed!) : verifiedBody(await readObject(key, sources), key, detail);
}

async function readItem({ transaction_id: id, timestamp }: BodyFields, sources: BodySources): Promise<{ readonly [name: string]: TableValue }> {
  const { tableName, dynamodb = await defaultDynamoDb() } = sources;
  const { Item } = await withDeadline(TABLE_MS, async (abortSignal) => dynamodb.getItem({
    TableName: tableName,
    Key: { [Attr.TRANSACTION_ID]: { S: id }, [Attr.TIMESTAMP]: { S: timestamp } },
    ProjectionExpression: [Attr.TRANSACTION_ID, ...ATTRIBUTES.map((_, index) => `#${index}`)].join(', '),
    ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name, index) => [`#${index}`, name])),
    ConsistentRead: true,
  }, { abortSignal })).catch((error: unknown) => {
    if (sdkErrorName(error) === 'AccessDeniedException') {
      throw new BodyUnavailableError('not-allowed', 'the function is not allowed to read the table: use grantReadTransactions', error);
    }
    throw error;
  });
  if (!Item) {
    throw new BodyUnavailableError('expired', `the table ${tableName} has no item of the webhook: it has expired, or the table is that of another system`);
  }
  return Item;
}

/** What S3's errors mean for the reader. Without the right to list the bucket, a missing object is an `AccessDenied` too. */
const OBJECT_ERRORS: { readonly [name: string]: ConstructorParameters<typeof BodyUnavailableError> } = {
  NoSuchKey: ['expired', 'the object with the body has expired or was deleted'],
  InvalidObjectState: ['archived', 'the object with the body is in Glacier: restore it first'],
  AccessDenied: ['not-allowed', "the function is not allowed to read the object with the body: use archive.grantRead(consumer, 'webhook-bodies/*')"],
};

async function readObject(key: string, { bucketName, s3 }: BodySources): Promise<Uint8Array> {
  if (bucketName === undefined) {
    throw new Error('the body is an object of the archive, because it does not fit into the table: pass `bucketName`');
  }
  const client = s3 ?? await defaultS3();
  return withDeadline(BUCKET_MS, async (abortSignal) => {
    const { Body } = await client.getObject({ Bucket: bucketName, Key: key }, { abortSignal });
    return Body!.transformToByteArray();
  }).catch((error: unknown) => {
    const known = OBJECT_ERRORS[sdkErrorName(error)];
    throw known ? new BodyUnavailableError(known[0], known[1], error) : error;
  });
}

/** The key has the hashes of the item's key and of the body. */
function verifiedBody(packed: Uint8Array, key: string, { transaction_id: transactionId, timestamp }: BodyFields): Buffer {
  const body = unpackedBody(packed);
  const hashes = hashesInBodyKey(key);
  if (hashes?.owner !== ownerHash({ transactionId, timestamp }) || hashes.body !== hexHash(body)) {
    throw new BodyUnavailableError('damaged', 'the object with the body is not the one that was stored with the webhook');
  }
  return body;
}

function unpackedBody(packed: Uint8Array): Buffer {
  try {
    return unpackBytes(packed);
  } catch (error) {
    throw new BodyUnavailableError('damaged', 'the stored body cannot be unpacked', error);
  }
}

function sdkErrorName(error: unknown): string {
  return String((error as { readonly name?: unknown } | undefined)?.name);
}
