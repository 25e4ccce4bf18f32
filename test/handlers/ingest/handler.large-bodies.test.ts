import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import '../support/validator-environment';
import { tombstoneOf } from '../../../cli/erase/reduction';
import { MAX_BODY_BYTES, MAX_ITEM_BYTES, Metric } from '../../../src/private/contract';
import { BucketServer, type Answer } from '../support/bucket-server';
import { FakeSecrets } from '../support/fake-secrets';
import { FakeTable } from '../support/fake-table';
import { serviceException } from '../support/json-calls';
import { errorOf, type BucketAnswer } from '../support/memory-bucket';
import { Output } from '../support/output';
import { post, stripeEvent } from '../support/sent';
import { stripeWebhook } from '../support/webhooks';

const table = new FakeTable();
const secrets = new FakeSecrets();
const bucket = new BucketServer();
const output = new Output();

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: await bucket.start(), AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test',
  });
});

beforeEach(() => {
  table.reset();
  secrets.reset();
  bucket.reset();
  output.capture();
});

afterAll(async () => bucket.stop());

/** A text of this length that gzip reduces by a quarter only. */
const incompressible = (length: number) => randomBytes(length).toString('base64').slice(0, length);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const EVENT = stripeEvent('evt_1', { padding: incompressible(700 * 1024) });
const deliver = async (body: Buffer | string = EVENT) => post(stripeWebhook(body), 'stripe');
const answerWith = (answer: BucketAnswer): Answer => (_, response) => {
  response.writeHead(answer.status).end(answer.body);
};
const UNAVAILABLE = { statusCode: 503, body: { error: 'unavailable' } };

describe('a webhook whose body does not fit into an item', () => {
  // Without deadlines: a slow machine must not decide what is stored.
  beforeEach(() => jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal));
  afterEach(() => jest.restoreAllMocks());

  test('is stored with the key of an object that has its bytes', async () => {
    const answer = await deliver();

    const key = `webhook-bodies/stripe/${sha256('["stripe:ch_1","2026-01-31T12:00:00.000Z#evt_1"]')}-${sha256(EVENT)}.gz`;
    const [{ body, ...item }] = table.items;
    expect(answer).toMatchObject({ statusCode: 200, body: { result: 'stored', transaction_id: 'stripe:ch_1' } });
    expect(body).toBeUndefined();
    expect(item).toMatchObject({ body_key: { S: key }, money_movement: { BOOL: true }, amount_minor: { N: '500' } });
    expect([...bucket.objects.keys()]).toEqual([`/the-archive/${key}`]);
    expect(gunzipSync(bucket.objects.get(`/the-archive/${key}`)!).toString() === EVENT).toBe(true);
    expect(output.counted(Metric.STORED)).toBe(1);
  });

  test('is written as S3 requires: never over another object, with a checksum for Object Lock, as gzip that is not unpacked in transit', async () => {
    await deliver();

    const [{ method, headers }] = bucket.requests;
    expect([method, headers['if-none-match'], headers['content-type'], headers['content-encoding']]).toEqual(['PUT', '*', 'application/gzip', undefined]);
    expect(headers['x-amz-checksum-crc32']).toMatch(/^[\w+/]{6}==$/);
  });

  test('of the largest size that Lambda receives is stored', async () => {
    const largest = stripeEvent('evt_1', { padding: incompressible(MAX_BODY_BYTES - stripeEvent('evt_1', { padding: '' }).length) });

    expect(largest).toHaveLength(MAX_BODY_BYTES);
    expect(await deliver(largest)).toMatchObject({ statusCode: 200 });
    expect([...bucket.objects.values()].map((object) => gunzipSync(object).toString() === largest)).toEqual([true]);
    expect(output.counted(Metric.UNPARSED)).toBe(0);
    // If nothing answers 100, the SDK would wait for longer than the deadline.
    expect(bucket.requests.map(({ headers }) => headers.expect)).toEqual([undefined]);
  });

  test('that cannot be parsed is stored', async () => {
    expect(await deliver(randomBytes(MAX_ITEM_BYTES))).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect([bucket.objects.size, output.counted(Metric.UNPARSED)]).toEqual([1, 1]);
  });

  test('is the only kind that uses S3', async () => {
    await deliver(stripeEvent('evt_1', { padding: incompressible(300 * 1024) }));

    expect(table.items[0].body.B!.length).toBeGreaterThan(200 * 1024);
    expect(bucket.requests).toEqual([]);
  });

  test('is a duplicate in its next delivery attempt, with one object', async () => {
    const answers = [await deliver(), await deliver()];

    expect(answers.map(({ body: { result } }) => result)).toEqual(['stored', 'duplicate']);
    expect([table.items.length, bucket.requests.length, output.counted(Metric.ALTERED)]).toEqual([1, 1, 0]);
  });

  test('that arrives five times at once is stored once, with one object', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(async () => deliver()));

    expect(answers.map(({ body: { result } }) => result).sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    expect([table.items.length, bucket.objects.size]).toEqual([1, 1]);
  });

  test.each([
    ['a large body after another large one', EVENT, EVENT.replace('succeeded', 'refunded')],
    ['a large body after a small one', stripeEvent('evt_1'), EVENT],
    ['a small body after a large one', EVENT, stripeEvent('evt_1')],
  ])('is an altered duplicate: %s', async (_, first, second) => {
    const answers = [await deliver(first), await deliver(second), await deliver(first)];

    expect(answers.map(({ body: { result } }) => result)).toEqual(['stored', 'duplicate', 'duplicate']);
    expect(output.counted(Metric.ALTERED)).toBe(1);
    expect([table.items.length, bucket.objects.size]).toEqual([1, first === EVENT ? 1 : 0]);
  });

  test.each<[string, (item: Readonly<Record<string, AttributeValue>>) => Readonly<Record<string, AttributeValue>>]>([
    ['its item no longer has a body', ({ body_key: _, ...bodiless }) => bodiless],
    ['its customer was erased', (item) => tombstoneOf(item, { S: '2026-02-01T00:00:00.000Z' })],
  ])('is not written again if %s', async (_, reduced) => {
    await deliver();
    table.reset(reduced(table.items[0]));
    bucket.reset();

    expect(await deliver()).toMatchObject({ statusCode: 200, body: { result: 'duplicate' } });
    expect([bucket.requests.length, output.counted(Metric.ALTERED)]).toEqual([0, 0]);
  });

  test('is stored after a conflict with another delivery of it', async () => {
    table.failNext(serviceException('TransactionConflictException'));

    expect(await deliver()).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
  });
});

describe('if S3', () => {
  /** The object is written, and the answer does not arrive. */
  const writtenUnanswered: Answer = (put, response) => {
    put();
    response.destroy();
  };
  const halfAnswer: Answer = (put, response) => {
    put();
    response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy());
  };
  const silence: Answer = () => undefined;
  const hungAfterWriting: Answer = (put) => {
    put();
  };
  const internalError = answerWith(errorOf(500, 'InternalError'));

  test.each<[string, Answer[]]>([
    ['already has the object', [answerWith(errorOf(412, 'PreconditionFailed'))]],
    ['fails once', [internalError]],
    ['throttles once', [answerWith(errorOf(503, 'SlowDown'))]],
    ['writes the object and resets the connection', [writtenUnanswered]],
    ['writes the object and answers in part', [halfAnswer]],
  ])('%s, the webhook is stored', async (_, answers) => {
    bucket.answerNext(...answers);

    expect(await deliver()).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect(table.items).toHaveLength(1);
    expect(output.counted(Metric.STORE_FAILED)).toBe(0);
  });

  test.each<[string, Answer[]]>([
    ['fails', [internalError, internalError]],
    ['denies the access', [answerWith(errorOf(403, 'AccessDenied'))]],
    ['answers that the object is being deleted', [answerWith(errorOf(409, 'ConditionalRequestConflict'))]],
    ['answers 412 for another reason', [answerWith(errorOf(412, 'Other'))]],
    ['does not answer', [silence, silence]],
    ['writes the object and does not answer', [hungAfterWriting, silence]],
  ])('%s, the answer is 503, no item is written, and the retry is stored', async (_, answers) => {
    bucket.answerNext(...answers);

    const failed = await deliver();
    const items = table.items.length;
    bucket.answerNext();
    const retried = await deliver();

    expect(failed).toMatchObject(UNAVAILABLE);
    expect(items).toBe(0);
    expect(output.metrics(Metric.STORE_FAILED)).toEqual([expect.objectContaining({ Provider: 'stripe' })]);
    expect(retried).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect([table.items.length, bucket.objects.size]).toEqual([1, 1]);
  });

  test('has the object and the table fails, the retry finds the object', async () => {
    table.failNext(undefined, new Error('down'));

    const failed = await deliver();
    const retried = await deliver();

    expect(failed).toMatchObject(UNAVAILABLE);
    expect(retried).toMatchObject({ statusCode: 200, body: { result: 'stored' } });
    expect([table.items.length, bucket.objects.size, bucket.requests.length]).toEqual([1, 1, 2]);
  });
});
