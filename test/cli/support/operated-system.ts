import { tmpdir } from 'node:os';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './fake-terminal';
import { world } from './jane-and-john';
import type { AwsClients } from '../../../cli/aws/aws-clients';
import { runTool, type ToolContext } from '../../../cli/program';
import { handler as relay } from '../../../handlers/publish/handler';
import { FakeBus } from '../../handlers/support/fake-bus';
import { Output } from '../../handlers/support/output';

export const BUS_ARN = 'arn:aws:events:eu-central-1:123456789012:event-bus/payment-events';
export const WORKFLOW_ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:transaction-workflow';
export const TOPIC_ARN = 'arn:aws:sns:eu-central-1:123456789012:alerts';
export const STACK = ['--stack', 'Payments'];

/** The settings of the relay, of the deployed function as of the one that the tests run. */
const SETTINGS: Record<string, string> = {
  EVENT_BUS_NAME: BUS_ARN,
  EVENT_SOURCE: 'webhook-processing-system.prod',
  SYSTEM_NAME: 'prod',
  TIERS: JSON.stringify({ medium: 1000, high: 10000 }),
  SCHEMES: JSON.stringify({ stripe: 'stripe' }),
};
const OUTPUTS: Record<string, string> = {
  TableName: 'transactions',
  ArchiveBucketName: 'the-archive',
  AlertTopicArn: TOPIC_ARN,
  WorkflowArn: WORKFLOW_ARN,
  RelayFunctionName: 'event-relay',
  WebhookUrlStripe: 'https://api.example/prod/webhook/stripe',
};

const cloudformation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
export const bus = new FakeBus();
/** A running relay publishes what it reads from the stream, and the tool what it reads elsewhere, to the same bus. */
export const settings = { ...SETTINGS };

/** Prepares a system in a stack: its outputs, the relay's settings, an empty table and an empty archive. */
export async function resetSystem(): Promise<void> {
  new Output().capture();
  await world.reset();
  resetStack();
}

/** Prepares the outputs and the relay's settings only. */
export function resetStack(outputs: Record<string, string> = {}): void {
  bus.reset();
  Object.keys(settings).forEach((name) => delete settings[name]);
  Object.assign(settings, SETTINGS);
  cloudformation.reset();
  const Outputs = Object.entries({ ...OUTPUTS, ...outputs }).map(([name, value]) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue: value }));
  cloudformation.on(DescribeStacksCommand).resolves({ Stacks: [{ Outputs }] as never });
  lambda.reset();
  lambda.on(GetFunctionConfigurationCommand, { FunctionName: 'event-relay' }).callsFake(async () => ({ Environment: { Variables: settings } }));
}

type RunOptions = Partial<ToolContext> & { readonly terminal?: FakeTerminal; readonly clients?: AwsClients };

/** Runs the tool. */
export async function tool(args: readonly string[], { terminal = new FakeTerminal(), clients = world.clients, ...context }: RunOptions = {}) {
  const code = await runTool(args, {
    terminal,
    version: '1.2.3',
    connect: () => clients,
    signal: new AbortController().signal,
    now: () => new Date(),
    folder: tmpdir(),
    sleep: async () => undefined,
    ...context,
  });
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), terminal };
}

/** Runs the relay over the insertion of an item, or over its verdict, and returns what it put on the bus. */
export async function relayed(after: Awaited<ReturnType<typeof world.items>>[number], before?: typeof after) {
  Object.assign(process.env, settings);
  delete process.env.INCLUDE_BODY;
  Object.assign(process.env, settings.INCLUDE_BODY ? { INCLUDE_BODY: settings.INCLUDE_BODY } : {});
  bus.reset();
  const invokedFunctionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:event-relay';
  const context = { getRemainingTimeInMillis: () => 60_000, awsRequestId: 'request-1', invokedFunctionArn };
  await relay({ Records: [world.recordOf({ before, after })] } as unknown as DynamoDBStreamEvent, context);
  const { published } = bus;
  bus.reset();
  return published;
export interface RunOptions {
  readonly terminal?: FakeTerminal;
  readonly clients?: AwsClients;
  readonly signal?: AbortSignal;
  readonly folder?: string;
}

/** A deployed system that operators work on. The table is dynalite, and everything else is in memory. */
export class OperatedSystem {
  public readonly queue = new QueueInMemory();
  public readonly bus = new FakeBus();
  public readonly buckets = new VersionedBuckets();
  public readonly lambda = mockClient(LambdaClient);
  public readonly ssm = mockClient(SSMClient);
  public readonly cloudformation = mockClient(CloudFormationClient);
  public clients!: AwsClients;
  /** The answer of an invoked function, by its name. */
  public readonly answers = new Map<string, { FunctionError?: string; text?: string }>();
  public readonly invocations: { readonly name: string; readonly event: object }[] = [];
  public now = START;
  /** Milliseconds that the tool waited. */
  public waited = 0;
  /** Called when the tool waits. */
  public onSleep?: () => void;
  private dynamodb!: LocalDynamoDb;

  public async start(): Promise<void> {
    this.dynamodb = await LocalDynamoDb.start();
    this.dynamodb.useForHandlers();
    this.clients = connectToAws({ region: 'us-east-1' });
  }

  public async stop(): Promise<void> {
    await this.dynamodb.stop();
  }

  public async reset(): Promise<void> {
    this.queue.reset();
    this.bus.reset();
    this.buckets.reset([BUCKET], [BUCKET]);
    this.answers.clear();
    this.invocations.length = 0;
    this.waited = 0;
    this.onSleep = undefined;
    this.now = START;
    for (const { transaction_id, timestamp } of await this.items()) {
      await this.clients.dynamodb.send(new DeleteItemCommand({ TableName: 'transactions', Key: { transaction_id, timestamp } }));
    }
    this.lambda.reset();
    this.ssm.reset();
    this.settings('event-relay', RELAY_SETTINGS);
    this.rules(RULES);
    this.lambda.on(InvokeCommand).callsFake(async ({ FunctionName = '', Payload }: InvokeCommandInput) => {
      this.invocations.push({ name: FunctionName, event: JSON.parse(Buffer.from(Payload as Uint8Array).toString()) as object });
      const { FunctionError, text } = this.answers.get(FunctionName) ?? { text: FunctionName === RELAY ? '{"batchItemFailures":[]}' : 'null' };
      return { FunctionError, ...text !== undefined && { Payload: Buffer.from(text) } };
    });
    this.outputs();
  }

  /** Sets the outputs of the stack, without some of them. */
  public outputs(...without: readonly string[]): void {
    const values = {
      TableName: 'transactions',
      DeadLetterQueueUrl: QUEUE_URL,
      FailedRecordsBucketName: BUCKET,
      RelayFunctionName: RELAY,
      ArchivalFunctionName: ARCHIVAL,
      DetectorFunctionName: 'fraud-detector',
      WebhookUrlStripe: 'https://api.example.com/prod/webhook/stripe',
    };
    const Outputs = Object.entries(values).filter(([name]) => !without.includes(name)).map(([name, OutputValue]) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue }));
    this.cloudformation.reset();
    this.cloudformation.on(DescribeStacksCommand).resolves({ Stacks: [{ Outputs }] as never });
  }

  public settings(FunctionName: string, Variables: Record<string, string> | undefined): void {
    this.lambda.on(GetFunctionConfigurationCommand, { FunctionName }).resolves({ Environment: Variables && { Variables } });
  }

  /** Sets the rules of the fraud detector, in its environment or in a parameter. */
  public rules(config: FraudConfig, inParameter = false): void {
    this.settings('fraud-detector', inParameter ? { FRAUD_RULES_PARAMETER: '/rules' } : { FRAUD_RULES: JSON.stringify(config) });
    this.ssm.on(GetParameterCommand, { Name: '/rules' }).resolves({ Parameter: { Value: JSON.stringify(config) } });
  }

  public async put(...items: readonly Item[]): Promise<void> {
    for (const item of items) {
      await this.clients.dynamodb.send(new PutItemCommand({ TableName: 'transactions', Item: item }));
    }
  }

  public async items(): Promise<Item[]> {
    const { Items = [] } = await this.clients.dynamodb.send(new ScanCommand({ TableName: 'transactions' }));
    return Items;
  }

  public async find({ transaction_id, timestamp }: Item): Promise<Item | undefined> {
    const { Item: item } = await this.clients.dynamodb.send(new GetItemCommand({ TableName: 'transactions', Key: { transaction_id, timestamp } }));
    return item;
  }

  /** Runs the tool on the stack. */
  public async run(args: readonly string[], options: RunOptions = {}) {
    const { terminal = new FakeTerminal(), clients = this.clients, signal = new AbortController().signal, folder = '/nowhere' } = options;
    const exitCode = await runTool([...args, '--stack', 'Payments'], {
      terminal,
      version: '1.2.3',
      connect: () => clients,
      signal,
      now: () => new Date(this.now),
      folder,
      sleep: async (millis) => {
        this.onSleep?.();
        signal.throwIfAborted();
        this.waited += millis;
        this.now += millis;
      },
    });
    return { exitCode, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n'), questions: terminal.questions };
  }
}
