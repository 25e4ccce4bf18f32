import { gzipSync } from 'node:zlib';
import { DynamoDB, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { busEvent } from './support/deliveries';
import { BodyUnavailableError, readBody, type BodySources, type S3Calls } from '../../consumer/main';
import { separateBody } from '../../handlers/ingest/large-body';
import { transactionItem } from '../../handlers/ingest/transaction-item';
import { marshal } from '../../handlers/ingest/transaction-table';
import { MAX_BODY_BYTES } from '../../src/private/contract';
import { LocalDynamoDb } from '../handlers/support/dynamodb';
import { storedTransaction, TIERS } from '../handlers/support/items';
import { fromWire } from '../handlers/support/wire-item';

const BODY = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x7d]);
const { detail } = busEvent();
const bucket = mockClient(S3Client);

let local: LocalDynamoDb;
let sources: BodySources;

beforeAll(async () => {
  local = await LocalDynamoDb.start();
  local.useForHandlers();
  sources = { tableName: local.tableName, bucketName: 'archive' };
});
beforeEach(() => {
  bucket.reset();
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => local.stop());

async function store(attributes: Record<string, AttributeValue>): Promise<void> {
  await local.store([storedTransaction(attributes)]);
}

async function failureOf(reading: Promise<unknown>): Promise<BodyUnavailableError> {
  const error = await reading.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(BodyUnavailableError);
  return error as BodyUnavailableError;
}

/** A table that rejects each read. */
const tableThatFails = (name: string): BodySources => ({
  ...sources,
  dynamodb: Object.assign(new DynamoDB({}), {
    getItem: async () => {
      throw Object.assign(new Error('rejected'), { name });
    },
  }),
});

describe('a body in the event', () => {
  test.each([
    ['text', { body: '\ufeff{"name":"Zoë"}' }, Buffer.from('\ufeff{"name":"Zoë"}')],
    ['an empty text', { body: '' }, Buffer.alloc(0)],
    ['base64', { body_base64: BODY.toString('base64') }, BODY],
  ])('is returned from %s without a call', async (_, fields, bytes) => {
    expect(await readBody({ ...detail, ...fields })).toEqual(bytes);
  });

  test('is missing without a table to read it from', async () => {
    await expect(readBody(detail)).rejects.toThrow('the event has no body: pass the name of the table');
    await expect(readBody(detail, { tableName: process.env.NOT_SET! })).rejects.toThrow('`tableName` must be a name, got: undefined');
  });
});

describe('a body in the table', () => {
  test('is unpacked', async () => {
    await store({ body: { B: gzipSync(BODY) } });

    expect(await readBody({ ...detail, body_omitted: true } as typeof detail, sources)).toEqual(BODY);
    expect(bucket.calls()).toHaveLength(0);
  });

  test.each<[string, Record<string, AttributeValue>, string, string]>([
    ['that was erased', { erased_at: { S: '2025-03-05T00:00:00.000Z' } }, 'erased', 'the data of the customer was erased from the webhook'],
    ['that is not compressed', { body: { B: BODY } }, 'damaged', 'the stored body cannot be unpacked'],
    ['that unpacks to more than a webhook can have', { body: { B: gzipSync(Buffer.alloc(MAX_BODY_BYTES + 1)) } }, 'damaged', 'the stored body cannot be unpacked'],
    ['that is missing', {}, 'damaged', 'the item has no body'],
  ])('%s is an error', async (_, attributes, reason, message) => {
    await store(attributes);

    expect(await failureOf(readBody(detail, sources))).toMatchObject({ name: 'BodyUnavailableError', reason, message });
  });

  test('that has expired is an error', async () => {
    expect(await failureOf(readBody({ ...detail, timestamp: '-#gone' }, sources))).toMatchObject({
      reason: 'expired', message: 'the table transactions has no item of the webhook: it has expired, or the table is that of another system',
    });
  });

  test('that the function is not allowed to read is an error that names the method', async () => {
    const error = await failureOf(readBody(detail, tableThatFails('AccessDeniedException')));

    expect(error).toMatchObject({ reason: 'not-allowed', message: expect.stringContaining('grantReadTransactions'), cause: { name: 'AccessDeniedException' } });
  });

  test('fails with the error of the SDK if a retry can help', async () => {
    await expect(readBody(detail, tableThatFails('ThrottlingException'))).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});

describe('a body in the archive', () => {
  const { item, key, content } = separateBody(transactionItem({
    provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
    normalized: { parsed: true, fields: { eventId: 'evt', transactionId: 'order', kind: 'other', live: true, moneyMovement: false, declined: false } },
    rawBody: BODY,
    receivedAt: new Date(),
    tiers: TIERS,
  }));
  const large = { ...detail, transaction_id: String(item.transaction_id), timestamp: String(item.timestamp) };
  const contains = (bytes: Uint8Array) => bucket.on(GetObjectCommand, { Bucket: 'archive', Key: key })
    .resolves({ Body: { transformToByteArray: async () => bytes } as never });

  beforeAll(async () => local.store([fromWire(marshal(item))]));

  test('is read by the key in the item', async () => {
    contains(content);

    expect(await readBody(large, sources)).toEqual(BODY);
    expect(await readBody(large, { ...sources, s3: new S3({}) })).toEqual(BODY);
  });

  test('is rejected if it is not the one whose hash is in the key', async () => {
    contains(gzipSync('{}'));

    expect(await failureOf(readBody(large, sources))).toMatchObject({ reason: 'damaged', message: 'the object with the body is not the one that was stored with the webhook' });
  });

  test('is rejected if it is the one of another webhook, or has another key', async () => {
    contains(content);
    await local.store([storedTransaction({ body_key: { S: key } })]);
    bucket.on(GetObjectCommand, { Key: 'other' }).resolves({ Body: { transformToByteArray: async () => content } as never });

    expect(await failureOf(readBody(detail, sources))).toMatchObject({ reason: 'damaged' });
    await local.store([storedTransaction({ body_key: { S: 'other' } })]);
    expect(await failureOf(readBody(detail, sources))).toMatchObject({ reason: 'damaged' });
  });

  test.each([
    ['NoSuchKey', 'expired'],
    ['InvalidObjectState', 'archived'],
    ['AccessDenied', 'not-allowed'],
  ])('%s means that it is %s', async (name, reason) => {
    bucket.on(GetObjectCommand).rejects(new S3ServiceException({ name, $fault: 'client', $metadata: {} }));

    expect(await failureOf(readBody(large, sources))).toMatchObject({ reason, cause: { name } });
  });

  test('fails with the error of the SDK if a retry can help', async () => {
    bucket.on(GetObjectCommand).rejects(new S3ServiceException({ name: 'SlowDown', $fault: 'server', $metadata: {} }));

    await expect(readBody(large, sources)).rejects.toMatchObject({ name: 'SlowDown' });
  });

  test('ends when the object stops in the middle', async () => {
    bucket.on(GetObjectCommand).resolves({ Body: { transformToByteArray: async () => new Promise(() => undefined) } as never });
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    timeout.mockImplementation((millis) => {
      const controller = new AbortController();
      // The call of the table gets its answer first.
      if (millis === 20_000) {
        setImmediate(() => controller.abort(new DOMException('timed out', 'TimeoutError')));
      }
      return controller.signal;
    });

    await expect(readBody(large, sources)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('needs the name of the bucket', async () => {
    await expect(readBody(large, { tableName: local.tableName })).rejects.toThrow('pass `bucketName`');
  });

  test('needs the SDK of the runtime, or a client', async () => {
    jest.doMock('@aws-sdk/client-s3', () => {
      throw new Error('not found');
    });
    await jest.isolateModulesAsync(async () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { defaultS3 } = require('../../consumer/aws-sdk') as typeof import('../../consumer/aws-sdk');

      await expect(defaultS3()).rejects.toThrow('@aws-sdk/client-s3 is not available: install it, or pass a client of your own');
    });
    const clients: S3Calls[] = [new S3({})];

    expect(clients).toHaveLength(1);
  });
});
