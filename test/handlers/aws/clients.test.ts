import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeObject } from '../../../handlers/archive/archive-object';
import { readAssessmentBatch } from '../../../handlers/assess/assessment-batch';
import { writeVerdict } from '../../../handlers/assess/assessments';
import { countAmount } from '../../../handlers/assess/count-amount';
import { sendToDeadLetterQueue } from '../../../handlers/aws/dead-letter-sender';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { declineEvents } from '../../../handlers/publish/screening/decline-events';
import { readTransaction, releaseClaim } from '../../../handlers/publish/sweep/open-transactions';
import { detailWith } from '../assess/details';
import { ASSESSMENT, storedTransaction } from '../support/items';
import { Output } from '../support/output';

/**
 * Time-outs and retries are settings of the SDK's clients, which mocks do not
 * cover. These tests send HTTP requests to a server.
 */
describe('the clients', () => {
  const KEY = { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: 'x' } };
  const LOOKUP = { index: 'card-index', key: 'card_fingerprint', partition: 'card_1', provider: 'stripe', from: 'a', to: 'b' } as const;
  const requests: string[] = [];
  let answer: (response: ServerResponse, operation: string) => void;
  const server = createServer((request: IncomingMessage, response) => {
    const operation = String(request.headers['x-amz-target'] ?? request.method).split('.').at(-1)!;
    requests.push(operation);
    request.resume().on('end', () => answer(response, operation));
  });

  function json(response: ServerResponse, status: number, body: object): void {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
  }

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      TABLE_NAME: 'transactions',
      DEAD_LETTER_QUEUE_URL: 'http://elsewhere.invalid/dlq',
      ARCHIVE_BUCKET_NAME: 'archive',
    });
  });

  beforeEach(() => {
    requests.length = 0;
    new Output().capture();
    answer = (response) => json(response, 500, { __type: 'InternalServerError' });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('try PutEvents once for each call, because the publisher retries it', async () => {
    const errors = await putEvents([{ EventBusName: 'b', Source: 's', DetailType: 'transaction.received', Detail: '{}', Time: new Date(0) }]);

    expect(errors).toHaveLength(1);
    expect(errors[0]).toBeDefined();
    expect(requests).toEqual(['PutEvents']);
  });

  test('try the calls of the sweep once, because the next sweep retries them', async () => {
    await expect(releaseClaim(KEY, { expectedSweepAt: 'a', nextSweepAt: 'b', attempt: 1, deadBefore: 'c' })).rejects.toThrow();

    expect(requests).toEqual(['UpdateItem']);
  });

  test('try a dead-letter message three times', async () => {
    await expect(sendToDeadLetterQueue({ origin: 'sweep', error: 'none', keys: {} })).rejects.toThrow();

    expect(requests).toEqual(['SendMessage', 'SendMessage', 'SendMessage']);
  });

  test('try an object three times', async () => {
    await expect(writeObject('key', ['{}'])).rejects.toThrow();

    expect(requests).toEqual(['PUT', 'PUT', 'PUT']);
  });

  test('find the written verdict if the client repeats a write whose answer was lost', async () => {
    answer = (response, operation) => {
      if (operation === 'GetItem') {
        json(response, 200, { Item: storedTransaction(ASSESSMENT) });
      } else if (requests.length === 1) {
        json(response, 500, { __type: 'InternalServerError' });
      } else {
        json(response, 400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' });
      }
    };

    const standing = await writeVerdict(detailWith(), { verdict: 'approve', score: 0, reasons: [], rule_set: 'x' }, '2025-03-04T05:06:10.000Z');

    expect(standing).toMatchObject({ isNew: false, result: { verdict: 'review', score: 40, rule_set: '0123456789ab' } });
    expect(requests).toEqual(['UpdateItem', 'UpdateItem', 'GetItem']);
  });

  test('try the reads of an assessment three times', async () => {
    await expect(readAssessmentBatch(detailWith())).rejects.toMatchObject({ name: 'InternalServerError' });

    expect(requests).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
  });

  test('try the reads of declines twice, because a batch waits for them', async () => {
    await expect(declineEvents(LOOKUP)).rejects.toThrow();

    expect(requests).toEqual(['Query', 'Query']);
  });

  test('fail a call without an answer after its time-out', async () => {
    answer = () => {};

    const [published, read, screened] = await Promise.allSettled([
      putEvents([{ EventBusName: 'b', Source: 's', DetailType: 'transaction.received', Detail: '{}', Time: new Date(0) }]),
      readTransaction(KEY),
      declineEvents(LOOKUP),
    ]);

    expect(screened).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
    expect(published).toEqual({ status: 'fulfilled', value: ['TimeoutError'] });
    expect(read).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
  }, 10_000);

  test('end the count of an amount within its first attempt, because the verdict is written and its alert must not wait', async () => {
    answer = () => {};
    const output = new Output();
    output.capture();

    await countAmount(detailWith());

    expect(requests).toEqual(['UpdateItem']);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ message: 'failed to count an amount', error: 'AbortError' })]);
  }, 10_000);

  test('end an attempt whose answer stops within its body', async () => {
    // The first attempt of each operation.
    answer = (response, operation) => {
      if (requests.filter((request) => request === operation).length > 1) {
        json(response, 200, { Responses: { transactions: [storedTransaction()] } });
      } else {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'content-length': '10' }).write('{');
      }
    };

    const [published, read, retried] = await Promise.allSettled([
      putEvents([{ EventBusName: 'b', Source: 's', DetailType: 'transaction.received', Detail: '{}', Time: new Date(0) }]),
      readTransaction(KEY),
      readAssessmentBatch(detailWith()),
    ]);

    expect(published).toEqual({ status: 'fulfilled', value: ['TimeoutError'] });
    expect(read).toMatchObject({ status: 'rejected', reason: { name: 'TimeoutError' } });
    expect(retried).toMatchObject({ status: 'fulfilled' });
  }, 10_000);
});
