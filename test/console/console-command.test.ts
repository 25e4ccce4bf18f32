import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageBatchCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { connectToAws, type AwsClients } from '../../cli/aws/aws-clients';
import { LOCAL_SYSTEM_FILE, TOOL_FOLDER } from '../../cli/aws/local-system';
import { openBrowser } from '../../cli/console/open-browser';
import { ListenSession } from '../../cli/listen/listen-session';
import { runTool } from '../../cli/program';
import { toTransactionDetail } from '../../handlers/publish/events/detail';
import { FakeTerminal } from '../cli/support/fake-terminal';
import { LocalDynamoDb } from '../handlers/support/dynamodb';
import { DETAIL_CONFIG, storedTransaction, TIERS } from '../handlers/support/items';

jest.mock('../../cli/console/open-browser', () => ({ openBrowser: jest.fn(async () => false) }));

const BUS = 'arn:aws:events:eu-central-1:123456789012:event-bus/payment-events';
const QUEUE = 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead-letters';
const OUTPUTS = {
  TableName: 'transactions',
  ArchiveBucketName: 'archive',
  FailedRecordsBucketName: 'failed-records',
  DeadLetterQueueUrl: QUEUE,
  AlertTopicArn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
  WorkflowArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:transaction-workflow',
  RelayFunctionName: 'event-relay',
  ArchivalFunctionName: 'archival',
  WebhookUrlStripe: 'https://x/webhook/stripe',
};
const SETTINGS = { EVENT_BUS_NAME: BUS, EVENT_SOURCE: 'system', TIERS: JSON.stringify(TIERS), SCHEMES: '{"stripe":"stripe"}', SYSTEM_NAME: 'test' };
const KEY = { transactionId: 'stripe:pi_1', timestamp: '2025-03-04T05:06:00.000Z#evt_1' };

const cloudformation = mockClient(CloudFormationClient);
const cloudwatch = mockClient(CloudWatchClient);
const eventBridge = mockClient(EventBridgeClient);
const lambda = mockClient(LambdaClient);
const s3 = mockClient(S3Client);
const sns = mockClient(SNSClient);
const sqs = mockClient(SQSClient);
const sts = mockClient(STSClient);
let database: LocalDynamoDb;
let clients: AwsClients;
let letters: { MessageId: string; Body: string; ReceiptHandle: string; Attributes: object }[] = [];

/** A running console, and its end. */
interface RunningConsole {
  readonly terminal: FakeTerminal;
  readonly get: (path: string) => Promise<{ status: number; content: any }>;
  readonly post: (path: string, content: object) => Promise<{ status: number; content: any }>;
  readonly end: () => Promise<number>;
}

async function start(args: readonly string[] = [], folder = tmpdir()): Promise<RunningConsole> {
  const terminal = new FakeTerminal();
  const controller = new AbortController();
  const ended = runTool(['console', ...folder === tmpdir() ? ['--stack', 'Payments'] : [], ...args], {
    terminal,
    version: '1.2.3',
    connect: () => clients,
    signal: controller.signal,
    now: () => new Date(),
    folder,
    sleep: async () => new Promise((resolve) => setTimeout(resolve, 20)),
  });
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  while (terminal.printed.length === 0 && !isEnded) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const [address = 'http://127.0.0.1:1/#token='] = terminal.printed;
  const { origin, hash } = new URL(address);
  const headers = { 'Authorization': `Bearer ${hash.slice('#token='.length)}`, 'Origin': origin, 'Content-Type': 'application/json' };
  const answerOf = async (response: Response) => ({ status: response.status, content: await response.json() });
  return {
    terminal,
    get: async (path) => answerOf(await fetch(origin + path, { headers })),
    post: async (path, content) => answerOf(await fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(content) })),
    end: async () => {
      controller.abort();
      return ended;
    },
  };
}

const letter = (id: string, body: object) => ({ MessageId: id, Body: JSON.stringify(body), ReceiptHandle: id, Attributes: { SentTimestamp: `174107880${id.at(-1)}000`, ApproximateReceiveCount: '1' } });

beforeAll(async () => {
  database = await LocalDynamoDb.start();
  clients = { ...connectToAws({ region: 'eu-central-1' }), dynamodb: database.client };
  (OUTPUTS as Record<string, string>).TableName = database.tableName;
});
afterAll(async () => database.stop());
beforeEach(async () => {
  [cloudformation, cloudwatch, eventBridge, lambda, s3, sns, sqs].forEach((mock) => mock.reset());
  (openBrowser as jest.Mock).mockClear();
  const Outputs = Object.entries(OUTPUTS).map(([name, OutputValue]) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue }));
  cloudformation.on(DescribeStacksCommand).resolves({ Stacks: [{ Outputs }] as never });
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: SETTINGS } });
  s3.on(ListObjectsV2Command).resolves({});
  sns.on(ListSubscriptionsByTopicCommand).resolves({});
  eventBridge.on(PutEventsCommand).resolves({ Entries: [{ EventId: '1' }] });
  sqs.onAnyCommand().callsFake(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { QueueUrl: 'https://q/listen', Attributes: { QueueArn: 'arn:aws:sqs:eu-central-1:123456789012:listen' } };
  });
  sqs.on(GetQueueAttributesCommand, { QueueUrl: QUEUE }).resolves({ Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } });
  const delivered = new Set<string>();
  sqs.on(ReceiveMessageCommand, { QueueUrl: QUEUE }).callsFake(async () => {
    const fresh = letters.filter(({ MessageId }) => !delivered.has(MessageId));
    fresh.forEach(({ MessageId }) => delivered.add(MessageId));
    if (fresh.length === 0) {
      delivered.clear();
    }
    return { Messages: fresh };
  });
  sqs.on(DeleteMessageBatchCommand, { QueueUrl: QUEUE }).resolves({});
  letters = [];
  await database.store([
    storedTransaction({ body: { B: gzipSync('{"id":"evt_1"}') as never } }), storedTransaction({ timestamp: { S: '2025-03-04T05:05:00.000Z#evt_0' }, event_id: { S: 'evt_0' }, kind: { S: 'authorized' } }),
    storedTransaction({ transaction_id: { S: 'stripe:pi_erased' }, erased_at: { S: '2025-04-04T05:06:09.000Z' } }),
    storedTransaction({ transaction_id: { S: 'stripe:pi_unreadable' }, amount_minor: { S: 'much' } }), storedTransaction({ timestamp: { S: 't#unreadable' }, amount_minor: { S: 'much' } }),
  ]);
});

describe('the command console', () => {
  test('prints an address on this machine, and ends with Ctrl-C', async () => {
    const { terminal, end, get } = await start();

    expect(terminal.printed).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)]);
    expect(terminal.noted).toEqual(['The console of Payments is read-only. To end, press Ctrl-C.']);
    expect(await get('/api/system')).toEqual({ status: 200, content: { name: 'Payments', region: 'eu-central-1', isLocal: false, providers: ['stripe'], canWrite: false } });
    expect(await end()).toBe(0);
    await expect(get('/api/system')).rejects.toThrow('fetch failed');
    expect(openBrowser).not.toHaveBeenCalled();
  });

  test('has another token each time', async () => {
    const [first, second] = [await start(), await start()];

    expect(first.terminal.printed).not.toEqual(second.terminal.printed);
    await Promise.all([first.end(), second.end()]);
  });

  test('opens the browser only if it is asked to, and says what to do if that fails', async () => {
    const { terminal, end } = await start(['--open', '--write']);

    await end();
    expect(openBrowser).toHaveBeenCalledWith(terminal.printed[0]);
    expect(terminal.noted).toEqual(['The console of Payments can change the system. To end, press Ctrl-C.', 'The browser could not be opened. Open the address yourself.']);
    (openBrowser as jest.Mock).mockResolvedValueOnce(true);
    const opened = await start(['--open']);
    await opened.end();
    expect(opened.terminal.noted).toHaveLength(1);
  });

  test.each([['--port', '0'], ['--port', '65536'], ['--port', 'x'], ['--host', '0.0.0.0']])('refuses %s %s', async (...args) => {
    const { terminal, end } = await start(args);

    expect(await end()).toBe(2);
    expect(terminal.printed).toEqual([]);
  });

  test('refuses a port that is in use', async () => {
    const first = await start();
    const { port } = new URL(first.terminal.printed[0]);
    const second = await start(['--port', port]);

    expect(await second.end()).toBe(2);
    expect(second.terminal.noted).toEqual([`error: the port ${port} is in use. Choose another one with --port, or leave it out.`]);
    await first.end();
  });

  test('fails if a port cannot be bound for another reason', async () => {
    const listen = jest.spyOn(jest.requireActual('node:net').Server.prototype, 'listen').mockImplementationOnce(function fail(this: { emit: (name: string, error: Error) => void }) {
      setImmediate(() => this.emit('error', Object.assign(new Error('not allowed'), { code: 'EACCES' })));
      return this;
    });

    const { end } = await start(['--port', '80']);
    expect(await end()).toBe(1);
    listen.mockRestore();
  });

  test('names the system of a stack with several', async () => {
    const Outputs = ['Payments', 'Other'].flatMap((path) => Object.entries(OUTPUTS).map(([name, OutputValue]) => ({ OutputKey: `${path}${name}1234ABCD`, OutputValue })));
    cloudformation.on(DescribeStacksCommand).resolves({ Stacks: [{ Outputs }] as never });
    const { end, get } = await start(['--system', 'Other']);

    expect((await get('/api/system')).content.name).toBe('Payments / Other');
    await end();
  });
});

describe('the life of a transaction', () => {
  const pathOf = (route: string, key: object) => `/api/${route}?${new URLSearchParams(Object.entries(key) as [string, string][])}`;

  test('has its other events, and links to the console of AWS', async () => {
    const { end, get } = await start();
    await database.store([storedTransaction({ claim_owner: { S: 'arn:aws:states:eu-central-1:123456789012:express:w:a:b' }, claimed_at: { S: '2025-03-04T05:06:08.000Z' } })]);

    const { content } = await get(pathOf('life', KEY));

    expect(content).toMatchObject({ transaction: { ...KEY, tier: 'high' }, others: [{ kind: 'authorized' }], gaps: [] });
    expect(content.links.map(({ label }: { label: string }) => label)).toEqual(['Item in DynamoDB', 'Execution']);
    await end();
  });

  test('in the emulator has no links to the console of AWS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'console-'));
    mkdirSync(join(folder, TOOL_FOLDER));
    writeFileSync(join(folder, LOCAL_SYSTEM_FILE), JSON.stringify({ endpoint: 'http://127.0.0.1:1', region: 'eu-central-1', stack: 'Payments', pid: process.pid }));
    const { end, get } = await start([], folder);

    expect((await get('/api/system')).content.isLocal).toBe(true);
    expect((await get(pathOf('life', KEY))).content.links).toEqual([]);
    await end();
    rmSync(folder, { recursive: true });
  });

  test('says if the archive cannot be read', async () => {
    s3.on(ListObjectsV2Command).rejects(Object.assign(new (jest.requireActual('@aws-sdk/client-s3').S3ServiceException)({ name: 'AccessDenied', $fault: 'client', $metadata: { httpStatusCode: 403 } })));
    const { end, get } = await start();

    expect((await get(pathOf('life', KEY))).content.gaps).toEqual(['The archive was not read: no right to read the archive.']);
    await end();
  });

  test('has the place in the archive', async () => {
    const Key = 'year=2025/month=03/day=04/a.jsonl.gz';
    s3.on(ListObjectsV2Command, { Prefix: 'year=2025/month=03/day=04/' }).resolves({ Contents: [{ Key, LastModified: new Date('2025-03-04T05:10:00Z') }] });
    s3.onAnyCommand({ Key }).resolves({ Body: { transformToByteArray: async () => gzipSync(`${JSON.stringify({ transaction_id: KEY.transactionId, timestamp: KEY.timestamp })}\n`) } } as never);
    const { end, get } = await start();

    expect((await get(pathOf('life', KEY))).content.transaction.archiveKey).toBe(Key);
    await end();
  });

  test('of an erased customer is shown without a search of the archive', async () => {
    const { end, get } = await start();

    expect((await get(pathOf('life', { ...KEY, transactionId: 'stripe:pi_erased' }))).content).toMatchObject({ transaction: { erasedAt: '2025-04-04T05:06:09.000Z' }, gaps: [] });
    await end();
  });

  test.each([['nothing', { transactionId: 'stripe:pi_none', timestamp: 't#e' }], ['an item that nobody can read', { ...KEY, transactionId: 'stripe:pi_unreadable' }]])('is not found for %s', async (_, key) => {
    const { end, get } = await start();

    expect((await get(pathOf('life', key))).status).toBe(404);
    await end();
  });

  test('has the raw body on request', async () => {
    const { end, get } = await start();
    await database.store([storedTransaction({ transaction_id: { S: 'stripe:pi_binary' }, body: { B: gzipSync(Buffer.from([0xff, 0xfe])) as never } })]);
    await database.store([storedTransaction({ transaction_id: { S: 'stripe:pi_large' }, body: { B: gzipSync('x'.repeat(1_000_001)) as never } })]);

    expect((await get(pathOf('body', { ...KEY, transactionId: 'stripe:pi_binary' }))).content).toEqual({ text: '//4=', encoding: 'base64', isCut: false });
    expect((await get(pathOf('body', { ...KEY, transactionId: 'stripe:pi_large' }))).content).toMatchObject({ encoding: 'text', isCut: true });
    expect((await get(pathOf('body', { ...KEY, transactionId: 'stripe:pi_erased' })))).toEqual({ status: 400, content: { error: 'there is no body: erased' } });
    expect((await get(pathOf('body', { ...KEY, transactionId: 'stripe:pi_none' }))).status).toBe(404);
    await end();
  });
});

describe('a replay', () => {
  test('publishes the event again, with the same ids', async () => {
    const { end, post } = await start(['--write']);

    expect((await post('/api/replay', KEY)).status).toBe(200);
    const [{ args: [{ input }] }] = eventBridge.commandCalls(PutEventsCommand);
    expect(input.Entries).toMatchObject([{ EventBusName: BUS, Source: 'system', DetailType: 'transaction.received' }]);
    expect(JSON.parse(input.Entries![0].Detail!)).toMatchObject({ event_id: 'evt_1' });
    await end();
  });

  test.each([
    ['stripe:pi_erased', 'the transaction was erased, and is never published'], ['stripe:pi_none', 'the transaction does not exist'], ['stripe:pi_unreadable', 'the attribute amount_minor is missing or not as expected'],
  ])('of %s is refused', async (transactionId, error) => {
    const { end, post } = await start(['--write']);

    expect(await post('/api/replay', { ...KEY, transactionId })).toEqual({ status: 400, content: { error } });
    expect(eventBridge.commandCalls(PutEventsCommand)).toEqual([]);
    await end();
  });

  test.each([['ThrottlingException', 'ThrottlingException'], ['MalformedDetail', 'MalformedDetail']])('that the bus answers with %s says so', async (ErrorCode, reason) => {
    eventBridge.on(PutEventsCommand).resolves({ Entries: [{ ErrorCode }] });
    const { end, post, terminal } = await start(['--write']);

    expect(await post('/api/replay', KEY)).toEqual({ status: 502, content: { error: `the event was not published: ${reason}` } });
    expect(terminal.noted.at(-1)).toContain('A call failed');
    await end();
  });
});

test('what the console could not remove is reported at its end', async () => {
  const close = jest.spyOn(ListenSession.prototype, 'close').mockResolvedValue(['the queue cdk-webhooks-listen-1']);
  const { end, terminal } = await start();

  expect(await end()).toBe(3);
  expect(terminal.noted.join('\n')).toContain('Not removed: the queue cdk-webhooks-listen-1');
  close.mockRestore();
});

describe('dead letters', () => {
  const workflowLetter = letter('m1', {
    origin: 'transaction-workflow', state: 'FraudDetection', error: { Error: 'States.Timeout', Cause: 'too slow' }, event: toTransactionDetail(storedTransaction(), DETAIL_CONFIG),
  });
  const relayLetter = letter('m2', { origin: 'event-relay', error: 'UnreadableItem', keys: { transaction_id: { S: 'stripe:pi_9' }, timestamp: { S: 't#e' } } });

  test('are listed, newest first, with what can be done', async () => {
    letters = [workflowLetter, relayLetter];
    const { end, get } = await start();

    const { content } = await get('/api/dead-letters');

    expect(content.total).toBe(2);
    expect(content.letters).toMatchObject([
      { id: 'm2', origin: 'event-relay', error: 'UnreadableItem', transactionId: 'stripe:pi_9', canRedrive: false, remedy: expect.stringContaining('can never be published') },
      { id: 'm1', origin: 'transaction-workflow', error: 'FraudDetection: States.Timeout: too slow', transactionId: 'stripe:pi_1', canRedrive: true, receives: 1 },
    ]);
    await end();
  });

  test('are redriven one by one, and only those that were chosen', async () => {
    letters = [workflowLetter, relayLetter];
    const { end, post } = await start(['--write']);

    const { content } = await post('/api/dead-letters/redrive', { ids: ['m1', 'm2', 'gone'] });

    expect(content).toEqual({
      redriven: ['m1'],
      failures: [{ id: 'm2', error: expect.stringContaining('can never be published') }, { id: 'gone', error: 'the message is hidden, or was redriven before' }],
    });
    expect(sqs.commandCalls(DeleteMessageBatchCommand, { QueueUrl: QUEUE })[0].args[0].input.Entries).toMatchObject([{ ReceiptHandle: 'm1' }]);
    await end();
  });

  test('are reported if they were delivered and could not be deleted', async () => {
    letters = [workflowLetter];
    sqs.on(DeleteMessageBatchCommand, { QueueUrl: QUEUE }).callsFake(({ Entries }: { Entries: { Id: string }[] }) => (
      { Failed: Entries.map(({ Id }) => ({ Id, Code: 'InternalError', SenderFault: false })) }
    ));
    const { end, post } = await start(['--write']);

    expect((await post('/api/dead-letters/redrive', { ids: ['m1'] })).content).toEqual({
      redriven: [], failures: [{ id: 'm1', error: 'another receiver has the message, or it was delivered and not deleted' }],
    });
    await end();
  });

  test('stay if they are not delivered', async () => {
    letters = [workflowLetter];
    eventBridge.on(PutEventsCommand).resolves({ Entries: [{ ErrorCode: 'MalformedDetail' }] });
    const { end, post } = await start(['--write']);

    expect((await post('/api/dead-letters/redrive', { ids: ['m1'] })).content.failures).toEqual([{ id: 'm1', error: expect.stringContaining('MalformedDetail') }]);
    expect(sqs.commandCalls(DeleteMessageBatchCommand, { QueueUrl: QUEUE })).toEqual([]);
    await end();
  });

  test('can be read again after a failure', async () => {
    sqs.on(GetQueueAttributesCommand, { QueueUrl: QUEUE }).rejectsOnce(new Error('no answer')).resolves({ Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } });
    const { end, get } = await start();

    expect((await get('/api/dead-letters')).status).toBe(502);
    expect((await get('/api/dead-letters')).content).toEqual({ letters: [], total: 0 });
    await end();
  });
});

describe('the blocklist', () => {
  test('is changed and listed', async () => {
    const { end, get, post } = await start(['--write']);
    const storedEntry = async (key: string) => (await database.client.send(new GetItemCommand({
      TableName: database.tableName, Key: { transaction_id: { S: `blocklist:${key}` }, timestamp: { S: '-' } },
    }))).Item;

    sts.onAnyCommand().resolves({ Arn: 'arn:aws:iam::123456789012:user/jane' });
    expect((await post('/api/blocklist/add', { kind: 'country', value: 'kp', reason: 'sanctions' })).status).toBe(200);
    sts.onAnyCommand().rejects(new Error('no'));
    expect((await post('/api/blocklist/add', { kind: 'email-domain', value: 'mail.example' })).status).toBe(200);
    expect((await storedEntry('country:KP'))?.author).toEqual({ S: 'jane' });
    expect((await storedEntry('email-domain:mail.example'))?.author).toEqual({ S: 'console' });
    expect((await get('/api/blocklist')).content).toEqual({ entries: [{ kind: 'country', value: 'KP', reason: 'sanctions' }, { kind: 'email-domain', value: 'mail.example' }], isComplete: true });
    expect((await post('/api/blocklist/remove', { kind: 'country', value: 'KP' })).status).toBe(200);
    expect(await storedEntry('country:KP')).toBeUndefined();
    await end();
  });

  test('says which entries block nothing', async () => {
    const { end, get } = await start();
    const put = async (key: string, seconds: string) => database.client.send(new PutItemCommand({
      TableName: database.tableName, Item: { transaction_id: { S: `blocklist:${key}` }, timestamp: { S: '-' }, expires_at: { N: seconds } },
    }));
    await put('country:IR', '1');
    await put('country:ir', '1');
    await put('country:KP', '99999999999');

    const { entries } = (await get('/api/blocklist')).content as { entries: object[] };

    expect(entries).toEqual(expect.arrayContaining([
      { kind: 'country', value: 'IR', problem: 'it has expired' },
      { kind: 'country', value: 'ir', problem: 'the detector looks up another spelling' },
      { kind: 'country', value: 'KP' },
    ]));
    await end();
  });

  test.each([['card', '4111111111111111'], ['customer', 'cus_1'], ['other', 'x']])('refuses the %s %s, which could never match', async (kind, value) => {
    const { end, post } = await start(['--write']);

    expect((await post('/api/blocklist/add', { kind, value })).status).toBe(400);
    await end();
  });

  test('of a large table is not read', async () => {
    const { end, get } = await start();
    const send = jest.spyOn(DynamoDBClient.prototype, 'send').mockImplementation(async () => ({ Table: { ItemCount: 50_001 } }));

    expect((await get('/api/blocklist')).content).toEqual({ entries: [], isComplete: false });
    send.mockRestore();
    await end();
  });
});

describe('alarms', () => {
  test('are those of the stack, with the link to the runbook', async () => {
    const names = Array.from({ length: 101 }, (_, index) => `webhooks-${index}`);
    cloudformation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [...names.map((PhysicalResourceId) => ({ ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId })), { ResourceType: 'AWS::CloudWatch::CompositeAlarm' }, { PhysicalResourceId: 'x' }] as never,
    });
    cloudwatch.on(DescribeAlarmsCommand)
      .resolvesOnce({
        MetricAlarms: [
          { AlarmName: 'a', StateValue: 'ALARM', StateTransitionedTimestamp: new Date('2025-03-04T05:06:07Z'), AlarmDescription: 'It is late. Runbook: https://github.com/x#a', StateReason: 'Threshold Crossed' },
          { AlarmName: 'b', StateValue: 'OK' },
        ],
      })
      .resolvesOnce({ CompositeAlarms: [{}] });
    const { end, get } = await start();

    expect((await get('/api/alarms')).content).toEqual([
      { name: 'a', state: 'ALARM', since: '2025-03-04T05:06:07.000Z', description: 'It is late.', reason: 'Threshold Crossed', runbook: 'https://github.com/x#a' },
      { name: 'b', state: 'OK', description: '', reason: '' }, { name: '', state: 'INSUFFICIENT_DATA', description: '', reason: '' },
    ]);
    await end();
  });

  test('of a stack without any are no call', async () => {
    cloudformation.on(ListStackResourcesCommand).resolves({});
    const { end, get } = await start();

    expect((await get('/api/alarms')).content).toEqual([]);
    expect(cloudwatch.calls()).toEqual([]);
    await end();
  });
});
