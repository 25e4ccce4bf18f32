import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  GetAccountSettingsCommand, GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, LambdaClient, ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetSMSAttributesCommand, GetSMSSandboxAccountStatusCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './fake-terminal';
import { connectToAws } from '../../../cli/aws/aws-clients';
import { runTool } from '../../../cli/program';

export const NOW = new Date('2026-01-31T12:00:00.000Z');
export const ADYEN_KEY = 'AB'.repeat(32);
const PROVIDERS = [
  { name: 'stripe', scheme: 'stripe', secretArns: ['arn:stripe'] }, { name: 'adyen', scheme: 'adyen', secretArns: ['arn:adyen', 'arn:adyen-2'] },
  { name: 'wise', scheme: 'wise', secretArns: [] },
];
const RECONCILED = [{ name: 'stripe', scheme: 'stripe', secretArns: [], reconciliation: { apiKeyArn: 'arn:api-key' } }];
const RESOURCES: ReadonlyArray<readonly [id: string, type: string, physicalId: string]> = [
  ['WebhookReconcilerHandlerFunction0015B5E7', 'AWS::Lambda::Function', 'reconciler'],
  ['IngressApi9964E397', 'AWS::ApiGateway::RestApi', 'api1'],
  ['IngressApiDeploymentStageprod693C2E03', 'AWS::ApiGateway::Stage', 'prod'],
  ['EventRelaySweep37BB1238', 'AWS::Events::Rule', 'sweep'],
  ['RoutingHighRule44394BA0', 'AWS::Events::Rule', 'bus|high'],
  ['RoutingLowRule44394BA0', 'AWS::Events::Rule', 'low'],
  ['AlarmsRelayErrors686FEA6C', 'AWS::CloudWatch::Alarm', 'webhooks-relay-errors'],
  ['AlarmsDeadLetters8813C6CC', 'AWS::CloudWatch::Alarm', 'webhooks-dead-letters'],
  ['AlarmsHealthBE295C57', 'AWS::CloudWatch::CompositeAlarm', 'arn:aws:cloudwatch:us-east-1:1:alarm:webhooks-health'],
];
export const RUNBOOK_PAGE = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';

/** A metric alarm as CloudWatch describes it. */
export const alarmOf = (name: string, more: object = {}) => ({
  AlarmName: name, StateValue: 'OK', AlarmActions: ['arn:aws:sns:us-east-1:1:alarms'], AlarmDescription: `It fails. Runbook: ${RUNBOOK_PAGE}#${name}-suffix`, ...more,
});

/** A healthy system in AWS: every call that the checks make is answered, and a server plays the endpoint. */
export class DoctorWorld {
  public readonly apiGateway = mockClient(APIGatewayClient);
  public readonly cloudFormation = mockClient(CloudFormationClient);
  public readonly cloudWatch = mockClient(CloudWatchClient);
  public readonly dynamodb = mockClient(DynamoDBClient);
  public readonly eventBridge = mockClient(EventBridgeClient);
  public readonly lambda = mockClient(LambdaClient);
  public readonly secrets = mockClient(SecretsManagerClient);
  public readonly stepFunctions = mockClient(SFNClient);
  public readonly sns = mockClient(SNSClient);
  public readonly sqs = mockClient(SQSClient);
  public readonly clients = [
    this.apiGateway, this.cloudFormation, this.cloudWatch, this.dynamodb, this.eventBridge, this.lambda, this.secrets,
    this.stepFunctions, this.sns, this.sqs,
  ];
  /** By ARN and stage. */
  public values = new Map<string, string>();
  public createdAt = new Date('2025-01-01');
  public answer = { status: 400, body: '{"error":"not_a_webhook"}', date: NOW.toUTCString() };
  public posts: { readonly url?: string; readonly body: string }[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString();
    });
    request.on('end', () => {
      this.posts.push({ url: request.url, body });
      response.sendDate = false;
      response.writeHead(this.answer.status, this.answer.date === '' ? {} : { date: this.answer.date }).end(this.answer.body);
    });
  });

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook`;
  }

  /** Answers every call as for a healthy system. */
  public reset(): void {
    this.clients.forEach((client) => client.reset());
    this.values = new Map([
      ['arn:stripe AWSCURRENT', 'whsec_abcdefgh\n'], ['arn:adyen AWSCURRENT', ADYEN_KEY], ['arn:adyen-2 AWSCURRENT', ADYEN_KEY],
      ['arn:guests AWSCURRENT', 'k'], ['arn:api-key AWSCURRENT', 'sk_live_1'],
    ]);
    this.createdAt = new Date('2025-01-01');
    this.posts = [];
    this.answer = { status: 400, body: '{"error":"not_a_webhook"}', date: NOW.toUTCString() };
    this.setOutputs();
    this.cloudFormation.on(ListStackResourcesCommand).callsFake(({ NextToken }: { NextToken?: string }) => {
      const summaries = RESOURCES.map(([id, ResourceType, PhysicalResourceId]) => ({ LogicalResourceId: `Payments${id}`, ResourceType, PhysicalResourceId }));
      return NextToken === undefined
        ? { StackResourceSummaries: [...summaries.slice(0, 3), { LogicalResourceId: 'OtherRule', ResourceType: 'AWS::Events::Rule', PhysicalResourceId: 'other' }, {}], NextToken: 'more' }
        : { StackResourceSummaries: summaries.slice(3) };
    });
    this.secrets.on(GetSecretValueCommand).callsFake(({ SecretId, VersionStage }: { SecretId: string; VersionStage: string }) => {
      const value = this.values.get(`${SecretId} ${VersionStage}`);
      if (value === undefined) {
        throw new ResourceNotFoundException({ message: 'no version', $metadata: {} });
      }
      return { SecretString: value, CreatedDate: this.createdAt };
    });
    this.lambda.on(GetFunctionConfigurationCommand).resolves({
      State: 'Active',
      LastUpdateStatus: 'Successful',
      Runtime: 'nodejs24.x',
      PackageType: 'Zip',
      Architectures: ['arm64'],
      Environment: { Variables: { PROVIDERS: JSON.stringify(PROVIDERS), SYSTEM_NAME: 'prod', PREVIOUS_SECRET_GRACE_SECONDS: '86400' } },
    });
    this.lambda.on(GetFunctionConfigurationCommand, { FunctionName: 'reconciler' }).resolves({ Environment: { Variables: { RECONCILED_PROVIDERS: JSON.stringify(RECONCILED) } } });
    this.lambda.on(GetFunctionConcurrencyCommand).resolves({});
    this.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [{ UUID: 'u-1', State: 'Enabled', LastProcessingResult: 'OK' }] });
    this.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 900 } });
    this.apiGateway.on(GetStageCommand).resolves({ methodSettings: { '*/*': { throttlingBurstLimit: 500 } } });
    this.cloudWatch.on(GetMetricDataCommand).callsFake(({ NextToken }: { NextToken?: string }) => NextToken === undefined
      ? { MetricDataResults: [{ Id: 'm0', Timestamps: [new Date('2026-01-31T10:00:00Z'), new Date('2026-01-30T10:00:00Z')], Values: [2, 5] }], NextToken: 'more' }
      : { MetricDataResults: [{ Id: 'm0', Timestamps: [new Date('2026-01-29T10:00:00Z')], Values: [1] }, { Id: 'm2', Timestamps: [new Date('2026-01-31T11:00:00Z')], Values: [0] }] });
    this.cloudWatch.on(DescribeAlarmsCommand).resolves({
      MetricAlarms: [alarmOf('webhooks-relay-errors'), alarmOf('webhooks-dead-letters', { StateValue: 'INSUFFICIENT_DATA', TreatMissingData: 'ignore' })] as never,
      CompositeAlarms: [{ AlarmName: 'webhooks-health', StateValue: 'OK', AlarmRule: 'ALARM("x")' }],
    });
    this.dynamodb.on(DescribeTableCommand).resolves({ Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: true } });
    this.dynamodb.on(DescribeContinuousBackupsCommand).resolves({
      ContinuousBackupsDescription: { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' } },
    });
    this.dynamodb.on(QueryCommand).resolves({ Count: 0 });
    this.eventBridge.on(DescribeRuleCommand).resolves({ State: 'ENABLED' });
    this.stepFunctions.on(DescribeStateMachineCommand).resolves({ status: 'ACTIVE', type: 'EXPRESS' });
    this.sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' } });
    this.sns.on(ListSubscriptionsByTopicCommand).callsFake(({ NextToken }: { NextToken?: string }) => NextToken === undefined
      ? { Subscriptions: [{ SubscriptionArn: 'arn:sub', Protocol: 'email' }], NextToken: 'more' }
      : { Subscriptions: [{ SubscriptionArn: 'arn:sub-2', Protocol: 'sms' }, { SubscriptionArn: 'Deleted' }] });
    this.sns.on(GetSMSAttributesCommand).resolves({ attributes: { MonthlySpendLimit: '50' } });
    this.sns.on(GetSMSSandboxAccountStatusCommand).resolves({ IsInSandbox: false });
  }

  /** Sets the outputs of the stack, without some. */
  public setOutputs(...without: readonly string[]): void {
    const outputs = {
      TableName: 'transactions',
      ValidatorFunctionName: 'validator',
      RelayFunctionName: 'relay',
      DetectorFunctionName: 'detector',
      ArchivalFunctionName: 'archival',
      DeadLetterQueueUrl: 'https://sqs/1/dlq',
      AlertTopicArn: 'arn:aws:sns:us-east-1:1:alerts',
      WorkflowArn: 'arn:workflow',
      EventBusName: 'bus',
      GuestKeyArn: 'arn:guests',
      WebhookUrlStripe: `${this.url}/stripe`,
      WebhookSecretStripe: 'arn:stripe',
      WebhookUrlAdyen: `${this.url}/adyen`,
      WebhookSecretAdyen: 'arn:adyen',
      WebhookSecretAdyen2: 'arn:adyen-2',
      WebhookUrlWise: `${this.url}/wise`,
    };
    this.cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [{
        Outputs: Object.entries(outputs).filter(([name]) => !without.includes(name)).map(([name, OutputValue]) => ({ OutputKey: `Payments${name}1234ABCD`, OutputValue })),
      }] as never,
    });
  }

  /** Runs the command, by default on the stack. */
  public async doctor(args: readonly string[] = [], settings: { readonly signal?: AbortSignal; readonly folder?: string } = {}) {
    const terminal = new FakeTerminal();
    const target = settings.folder === undefined ? ['--stack', 'Payments', '--region', 'us-east-1'] : [];
    const code = await runTool(['doctor', ...target, ...args], {
      terminal, version: '0', connect: connectToAws, signal: settings.signal ?? new AbortController().signal, now: () => NOW, folder: settings.folder ?? tmpdir(), sleep: async () => undefined,
    });
    const lineOf = (name: string) => terminal.printed.find((line) => line.includes(`  ${name}  `) || line.trimEnd().endsWith(name)) ?? '';
    return { code, lines: terminal.printed, noted: terminal.noted, printed: terminal.printed.join('\n'), lineOf };
  }
}
