import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteItemCommand, GetItemCommand, PutItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './fake-terminal';
import { QueueInMemory } from './queue-in-memory';
import { VersionedBuckets } from './versioned-buckets';
import { connectToAws, type AwsClients } from '../../../cli/aws/aws-clients';
import { runTool } from '../../../cli/program';
import type { FraudConfig } from '../../../src/private/contract';
import { LocalDynamoDb } from '../../handlers/support/dynamodb';
import { FakeBus } from '../../handlers/support/fake-bus';
import { TIERS } from '../../handlers/support/items';

type Item = Record<string, AttributeValue>;

export const BUCKET = 'failed-records';
export const RELAY = 'event-relay';
export const ARCHIVAL = 'transaction-archival';
/** The key that hashes addresses, and the name of the caller in AWS. */
export const GUEST_KEY = 'the key of guests';
export const CALLER = 'jane';
const QUEUE_URL = 'https://sqs.us-east-1.amazonaws.com/123456789012/dead-letters';
const RELAY_SETTINGS = { EVENT_BUS_NAME: 'the-bus', EVENT_SOURCE: 'payments', TIERS: JSON.stringify(TIERS), SCHEMES: '{"stripe":"stripe"}', SYSTEM_NAME: 'test' };
const START = Date.parse('2025-03-05T00:00:00.000Z');
const RULES: FraudConfig = { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: [{ rule: 'blocked', score: 100 }, { rule: 'allowed', score: 0 }] };

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
  public readonly sts = mockClient(STSClient);
  public readonly secrets = mockClient(SecretsManagerClient);
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
    for (const item of await this.items()) {
      await this.remove(item);
    }
    this.lambda.reset();
    this.ssm.reset();
    this.sts.reset();
    this.sts.on(GetCallerIdentityCommand).resolves({ Arn: `arn:aws:sts::123456789012:assumed-role/Operators/${CALLER}` });
    this.secrets.reset();
    this.secrets.on(GetSecretValueCommand, { SecretId: 'arn:guests' }).resolves({ SecretString: GUEST_KEY });
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
      GuestKeyArn: 'arn:guests',
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

  public async remove({ transaction_id, timestamp }: Item): Promise<void> {
    await this.clients.dynamodb.send(new DeleteItemCommand({ TableName: 'transactions', Key: { transaction_id, timestamp } }));
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
