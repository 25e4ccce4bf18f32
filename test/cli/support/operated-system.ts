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
}
