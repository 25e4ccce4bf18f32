import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, QueryCommand, ResourceNotFoundException as NoTable } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ResourceNotFoundException as NoRule } from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeStateMachineCommand, StateMachineDoesNotExist } from '@aws-sdk/client-sfn';
import { GetSMSAttributesCommand, GetSMSSandboxAccountStatusCommand, ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { connectToAws } from '../../../cli/aws/aws-clients';
import { allChecks } from '../../../cli/doctor/check-list';
import { CheckedSystem } from '../../../cli/doctor/checked-system';
import { ADYEN_KEY, alarmOf, DoctorWorld, NOW, RUNBOOK_PAGE } from '../support/doctor-world';

const world = new DoctorWorld();
const named = (name: string, message: string) => Object.assign(new Error(message), { name });

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(() => world.reset());

describe('a healthy system', () => {
  test('is ok in every line, in the order of the data', async () => {
    const { code, lines } = await world.doctor(['--strict']);

    expect(lines.map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'ok | secret stripe | set and usable',
      'ok | secret adyen | set and usable',
      'ok | secret adyen 2 | set and usable',
      'ok | secret wise | public keys verify its webhooks, no secret is needed',
      'ok | key for guests | set',
      'ok | API keys of reconciliation | set for stripe',
      'ok | endpoint stripe | answers (400 not_a_webhook to a request without a signature)',
      'ok | endpoint adyen | answers (400 not_a_webhook to a request without a signature)',
      'ok | endpoint wise | answers (400 not_a_webhook to a request without a signature)',
      'ok | clock of this machine | is that of AWS',
      'ok | webhooks stripe | last one in the hour from 2026-01-31T10:00Z; 8 stored, 0 duplicate, 0 rejected in 14 days',
      'ok | webhooks adyen | last one in the hour from 2026-01-31T10:00Z; 8 stored, 0 duplicate, 0 rejected in 14 days',
      'ok | webhooks wise | last one in the hour from 2026-01-31T10:00Z; 8 stored, 0 duplicate, 0 rejected in 14 days',
      'ok | function validator | active (nodejs24.x, arm64)',
      'ok | function relay | active (nodejs24.x, arm64)',
      'ok | function detector | active (nodejs24.x, arm64)',
      'ok | function archival | active (nodejs24.x, arm64)',
      'ok | stream to relay | enabled, no failed batch',
      'ok | stream to archival | enabled, no failed batch',
      'ok | concurrency | 1000 in the account, 900 unreserved, validator without a reservation',
      'ok | table | active, with point-in-time recovery and deletion protection',
      'ok | open transactions | none',
      'ok | rules | 3 enabled',
      'ok | workflow | active (express)',
      'ok | dead letters | none',
      'ok | alert topic | 2 confirmed (email, sms)',
      'ok | SMS alerts | 1 recipient, at most 50 USD a month',
      'ok | alarms | 2, none fires',
      'ok | alarm notifications | 2 alarms notify a topic with confirmed subscriptions',
      '',
      '0 failed, 0 warnings, 0 not checked, 29 ok.',
    ]);
    expect(code).toBe(0);
  });

  test('gets one empty post without a signature for each provider, and none with --no-probe', async () => {
    await world.doctor();
    expect(world.posts).toEqual(['stripe', 'adyen', 'wise'].map((name) => ({ url: `/webhook/${name}`, body: '' })));

    world.posts = [];
    const { lineOf, code } = await world.doctor(['--no-probe']);

    expect([world.posts, code]).toEqual([[], 0]);
    expect([lineOf('endpoint stripe'), lineOf('clock of this machine')]).toEqual([expect.stringMatching(/^not checked .*left out by --no-probe$/), expect.stringMatching(/^not checked .*left out by --no-probe$/)]);
  });

  test('is read only', async () => {
    await world.doctor();

    const calls = world.clients.flatMap((client) => client.calls().map(({ args }) => args[0].constructor.name));
    expect([...new Set(calls)].filter((name) => !/^(Get|List|Describe|Query)/.test(name))).toEqual([]);
  });
});

describe('the output', () => {
  test('shows what to do below a failed check, and first of all at the end', async () => {
    world.values.set('arn:adyen AWSCURRENT', 'not hexadecimal');

    const { code, lines } = await world.doctor();

    const line = lines.findIndex((each) => each.includes('secret adyen '));
    expect(lines.slice(line, line + 3).map((each) => each.trim())).toEqual([
      expect.stringMatching(/^FAILED +secret adyen +set, but not in the format of adyen$/),
      '→ Store the secret from adyen\'s dashboard: `aws secretsmanager put-secret-value --secret-id arn:adyen --secret-string file://secret.txt`. Without a usable secret, webhooks are answered with 503, and the provider retries them.',
      `${RUNBOOK_PAGE}#webhooks-secret-not-set-provider-suffix`,
    ]);
    expect(lines.slice(-2)).toEqual(['1 failed, 0 warnings, 0 not checked, 28 ok.', expect.stringMatching(/^Start with: secret adyen\. Store the secret/)]);
    expect(code).toBe(3);
  });

  test('never contains a secret or a part of one', async () => {
    world.values.set('arn:adyen AWSCURRENT', 'not hexadecimal');
    world.values.set('arn:adyen AWSPREVIOUS', ADYEN_KEY);

    const { printed, noted } = await world.doctor();

    for (const value of world.values.values()) {
      const parts = value.length < 8 ? [] : Array.from({ length: value.length - 7 }, (_, start) => value.slice(start, start + 8));
      expect(parts.filter((part) => `${printed}${noted.join('')}`.includes(part))).toEqual([]);
    }
  });

  test('starts with a warning if nothing failed, and exits with 3 for it with --strict only', async () => {
    world.dynamodb.on(DescribeTableCommand).resolves({ Table: { TableStatus: 'ACTIVE' } });

    const { code, lines } = await world.doctor();

    expect([code, lines.at(-1)]).toEqual([0, 'Start with: table. Set `deletionProtection` to true for a system in production.']);
    expect((await world.doctor(['--strict'])).code).toBe(3);
  });

  test('is JSON with --json', async () => {
    world.stepFunctions.on(DescribeStateMachineCommand).rejects(new StateMachineDoesNotExist({ message: '', $metadata: {} }));

    const { code, printed } = await world.doctor(['--json']);

    const result = JSON.parse(printed);
    expect([code, result.stack, result.counts]).toEqual([3, 'Payments', { 'ok': 28, 'warning': 0, 'failed': 1, 'not-checked': 0 }]);
    expect(result.checks.filter(({ status }: { status: string }) => status !== 'ok')).toEqual([{
      name: 'workflow',
      status: 'failed',
      text: 'does not exist',
      remedy: 'Deploy the stack again. Until then, no transaction is assessed, and high-value transactions are not alerted.',
      runbook: `${RUNBOOK_PAGE}#webhooks-workflow-failed-suffix`,
    }]);
  });

  test('links to headings of the runbook only', () => {
    const anchors = new Set(readFileSync(join(__dirname, '../../../docs/runbook.md'), 'utf8').split('\n').filter((line) => line.startsWith('#'))
      .map((line) => line.replace(/^#+ /, '').toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-')));
    const folder = join(__dirname, '../../../cli/doctor');
    const files = ['secret-checks', 'endpoint-checks', 'activity-checks', 'function-checks', 'quota-checks', 'table-checks', 'routing-checks', 'dead-letter-check', 'alert-checks', 'alarm-checks'];
    const linked = files.flatMap((file) => [...readFileSync(join(folder, `${file}.ts`), 'utf8').matchAll(/'([a-z]+(?:-[a-z]+){2,})'/g)].map(([, text]) => text))
      .filter((text) => /^webhooks-|^find-|^batches-/.test(text));

    expect(linked.length).toBeGreaterThan(20);
    expect(linked.filter((heading) => !anchors.has(heading))).toEqual([]);
  });
});

describe('a check that cannot be made', () => {
  test('names the missing right, and hides no other check', async () => {
    world.cloudWatch.on(DescribeAlarmsCommand).rejects(named('AccessDenied', 'User: x is not authorized to perform: cloudwatch:DescribeAlarms because'));

    const { code, lineOf, printed } = await world.doctor();

    expect(lineOf('alarms')).toMatch(/^not checked .* needs cloudwatch:DescribeAlarms$/);
    expect(printed).toContain('0 failed, 0 warnings, 2 not checked, 27 ok.');
    expect(code).toBe(0);
  });

  test('names the rights of the check if the error names none', async () => {
    world.secrets.on(GetSecretValueCommand).rejects(named('AccessDeniedException', 'Access to KMS is not allowed'));

    expect((await world.doctor()).lineOf('key for guests')).toMatch(/needs secretsmanager:GetSecretValue, kms:Decrypt$/);
  });

  test('leaves the others alone if the settings and the resources cannot be read', async () => {
    world.lambda.on(GetFunctionConfigurationCommand).rejects(named('AccessDeniedException', 'not authorized to perform: lambda:GetFunctionConfiguration'));
    world.cloudFormation.on(ListStackResourcesCommand).rejects(named('ThrottlingException', 'Rate exceeded\nat line 2'));

    const { lineOf, printed } = await world.doctor();

    expect(lineOf('secret stripe')).toMatch(/needs lambda:GetFunctionConfiguration$/);
    expect(lineOf('rules')).toMatch(/not checked .*ThrottlingException: Rate exceeded$/);
    expect(lineOf('dead letters')).toMatch(/^ok/);
    expect(printed).toContain('ok.');
  });

  test('says so if an older version deployed the stack', async () => {
    world.setOutputs('WorkflowArn', 'ValidatorFunctionName', 'GuestKeyArn');

    const { lineOf, printed } = await world.doctor();

    expect(lineOf('workflow')).toMatch(/not checked .*the stack has no output WorkflowArn, because an older version deployed it$/);
    expect(lineOf('webhooks stripe')).toMatch(/no output ValidatorFunctionName/);
    expect(printed).not.toContain('key for guests');
  });

  test('does not happen at all if the stack cannot be read', async () => {
    world.cloudFormation.on(DescribeStacksCommand).rejects(named('ExpiredToken', 'expired'));

    const { code, noted, lines } = await world.doctor();

    expect([code, lines]).toEqual([1, []]);
    expect(noted).toEqual(['error: the AWS credentials have expired. Sign in again, such as with `aws sso login`, or refresh the keys in the environment.']);
  });

  test('is an interruption if the command is interrupted', async () => {
    const interruption = new AbortController();
    world.cloudFormation.on(ListStackResourcesCommand).callsFake(async () => {
      interruption.abort();
      return {};
    });

    const { code, lines } = await world.doctor([], { signal: interruption.signal });

    expect([code, lines]).toEqual([130, []]);
  });
});

describe('a fault', () => {
  test.each<[string, string, () => unknown, RegExp]>([
    ['an API key that is a placeholder', 'API keys of reconciliation', () => world.values.set('arn:api-key AWSCURRENT', 'changeme'), /^FAILED .*not set for stripe$/],
    ['an API key that is missing', 'API keys of reconciliation', () => world.values.delete('arn:api-key AWSCURRENT'), /^FAILED .*not set for stripe$/],
    ['a key for guests that is missing', 'key for guests', () => world.values.delete('arn:guests AWSCURRENT'), /^FAILED .*not set$/],
    ['a key for guests that is empty', 'key for guests', () => world.values.set('arn:guests AWSCURRENT', '\n'), /^FAILED .*not set$/],
    ['an alarm that fires', 'alarms', () => world.cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [alarmOf('webhooks-relay-late', { StateValue: 'ALARM' })] as never }), /^FAILED .*in ALARM: webhooks-relay-late$/],
    ['a topic that nobody confirmed', 'alarm notifications', () => world.sns.on(ListSubscriptionsByTopicCommand).resolves({}), /^warning .*nobody has confirmed a subscription to arn:aws:sns:us-east-1:1:alarms$/],
    ['a table that is gone', 'table', () => world.dynamodb.on(DescribeTableCommand).rejects(new NoTable({ message: '', $metadata: {} })), /^FAILED .*the table transactions does not exist$/],
    ['a table of an unknown state', 'table', () => world.dynamodb.on(DescribeTableCommand).resolves({}), /^FAILED .*is unknown$/],
    ['a rule that is gone', 'rules', () => world.eventBridge.on(DescribeRuleCommand, { Name: 'high', EventBusName: 'bus' }).rejects(new NoRule({ message: '', $metadata: {} })), /^FAILED .*bus\|high is missing$/],
    ['a rule that is disabled', 'rules', () => world.eventBridge.on(DescribeRuleCommand, { Name: 'sweep' }).resolves({ State: 'DISABLED' }), /^FAILED .*sweep is disabled$/],
    ['a rule on the bus whose id has no bus', 'rules', () => world.eventBridge.on(DescribeRuleCommand, { Name: 'low', EventBusName: 'bus' }).resolves({ State: 'DISABLED' }), /^FAILED .*low is disabled$/],
    ['a mapping that is disabled', 'stream to relay', () => world.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [{ UUID: 'u', State: 'Disabled' }] }), /^FAILED .*event source mapping is disabled$/],
    ['no mapping', 'stream to relay', () => world.lambda.on(ListEventSourceMappingsCommand).resolves({}), /^FAILED .*no event source mapping/],
    ['dead letters', 'dead letters', () => world.sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '2' } }), /^FAILED .* 2, the oldest 0 hours old$/],
  ])('%s is found', async (_, name, breakIt, line) => {
    breakIt();

    const { code, lineOf } = await world.doctor();

    expect(lineOf(name)).toMatch(line);
    expect(code).toBe(line.source.startsWith('^FAILED') ? 3 : 0);
  });

  test('shows dead letters without their age if the metrics cannot be read', async () => {
    world.sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '1' } });
    world.cloudWatch.on(GetMetricDataCommand).rejects(named('AccessDenied', 'no'));
    expect((await world.doctor()).lineOf('dead letters')).toMatch(/^FAILED .* 2 \(1 in flight\)$/);

    world.cloudWatch.on(GetMetricDataCommand).resolves({});
    expect((await world.doctor()).lineOf('dead letters')).toMatch(/^FAILED .* 2 \(1 in flight\)$/);
  });

  test('asks the alarms in hundreds', async () => {
    const names = Array.from({ length: 150 }, (_, number) => `alarm-${number}`);
    world.cloudFormation.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: names.map((name) => ({
        LogicalResourceId: `Payments${name}`, ResourceType: 'AWS::CloudWatch::Alarm', PhysicalResourceId: name, ResourceStatus: 'CREATE_COMPLETE',
      })) as never,
    });
    world.cloudWatch.on(DescribeAlarmsCommand).callsFake(({ AlarmNames }: { AlarmNames: string[] }) => ({
      MetricAlarms: AlarmNames.map((name) => alarmOf(name)),
    }));

    expect((await world.doctor()).lineOf('alarms')).toMatch(/^ok .*150, none fires$/);
    expect(world.cloudWatch.commandCalls(DescribeAlarmsCommand).map(({ args }) => args[0].input.AlarmNames!.length)).toEqual([100, 50]);
  });
});

describe('an unexpected answer', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['workflow', () => world.stepFunctions.on(DescribeStateMachineCommand).rejects(named('InternalError', 'no')), /^not checked .*InternalError: no$/],
    ['workflow', () => world.stepFunctions.on(DescribeStateMachineCommand).resolves({}), /^FAILED .*is in an unknown state$/],
    ['workflow', () => world.stepFunctions.on(DescribeStateMachineCommand).resolves({ status: 'DELETING' }), /^FAILED .*is deleting$/],
    ['workflow', () => world.stepFunctions.on(DescribeStateMachineCommand).resolves({ status: 'ACTIVE' }), /^ok .*active \(unknown type\)$/],
    ['rules', () => world.eventBridge.on(DescribeRuleCommand).rejects(named('InternalError', 'no')), /^not checked .*InternalError: no$/],
    ['table', () => world.dynamodb.on(DescribeTableCommand).rejects(named('InternalError', 'no')), /^not checked .*InternalError: no$/],
    ['open transactions', () => world.dynamodb.on(QueryCommand).resolves({}), /^ok .*none$/],
    ['dead letters', () => world.sqs.on(GetQueueAttributesCommand).resolves({}), /^ok .*none$/],
    ['webhooks stripe', () => world.cloudWatch.on(GetMetricDataCommand).resolves({}), /^warning .*none in 14 days$/],
    ['webhooks stripe', () => world.cloudWatch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'm0' }] }), /^warning .*none in 14 days$/],
    ['alarms', () => world.cloudWatch.on(DescribeAlarmsCommand).resolves({}), /^warning .*the stack has no alarms$/],
    ['alarms', () => world.cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{}] }), /^warning .*without data: $/],
    ['alarm notifications', () => world.cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [alarmOf('a', { ActionsEnabled: false })] as never }), /^warning .*the alarms notify nobody$/],
    ['concurrency', () => world.lambda.on(GetAccountSettingsCommand).resolves({}), /^FAILED .*0 in the account/],
    ['SMS alerts', () => world.sns.on(GetSMSAttributesCommand).resolves({}), /^warning .*at most 1 USD a month$/],
    ['SMS alerts', () => world.sns.on(GetSMSSandboxAccountStatusCommand).resolves({} as never), /^ok .*at most 50 USD a month$/],
    ['alert topic', () => world.sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [{}] }), /^warning .*no subscription/],
    ['SMS alerts', () => world.sns.on(ListSubscriptionsByTopicCommand).resolves({}), /^ok .*no recipient gets SMS$/],
    ['API keys of reconciliation', () => world.lambda.on(GetFunctionConfigurationCommand, { FunctionName: 'reconciler' }).resolves({}), /^ok .*set for/],
    ['key for guests', () => world.secrets.on(GetSecretValueCommand).resolves({}), /^FAILED .*not set$/],
    ['secret stripe', () => world.secrets.on(GetSecretValueCommand).resolves({ SecretString: 'whsec_abcdefgh' }), /^ok .*set and usable; a rotation is pending$/],
  ])('of the check %s has a meaning', async (name, answer, line) => {
    answer();

    expect((await world.doctor()).lineOf(name)).toMatch(line);
  });

  test('without a reconciler means that nothing is reconciled', async () => {
    world.cloudFormation.on(ListStackResourcesCommand).resolves({});

    const { lineOf } = await world.doctor();

    expect(lineOf('API keys of reconciliation')).toMatch(/^ok .*no provider is reconciled$/);
    expect(lineOf('concurrency')).toMatch(/^not checked/);
  });
});

test('an HTTP API has no known burst, and the concurrency is still checked', async () => {
  world.cloudFormation.on(ListStackResourcesCommand).resolves({
    StackResourceSummaries: [{ LogicalResourceId: 'PaymentsHttpIngressApi', ResourceType: 'AWS::ApiGatewayV2::Api', PhysicalResourceId: 'api1' }] as never,
  });

  const { lineOf } = await world.doctor();

  expect(lineOf('concurrency')).toMatch(/^ok .*validator without a reservation$/);
  expect(world.apiGateway.calls()).toEqual([]);
});

describe('a local system', () => {
  test('leaves out what the emulator does not have', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    mkdirSync(join(folder, '.webhooks'));
    const endpoint = new URL(world.url).origin;
    writeFileSync(join(folder, '.webhooks/local.json'), JSON.stringify({ endpoint, region: 'us-east-1', stack: 'Payments', pid: process.pid }));

    const { code, lineOf } = await world.doctor([], { folder });

    expect(code).toBe(0);
    expect([lineOf('concurrency'), lineOf('table'), lineOf('SMS alerts')].map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'not checked | concurrency | the emulator has no quotas', 'not checked | table | active; the emulator does not report the protection',
      'not checked | SMS alerts | the emulator has no limits of SMS',
    ]);
    expect(world.posts.map(({ url }) => url)).toEqual(['stripe', 'adyen', 'wise'].map((name) => `/_aws/execute-api/127/webhook/${name}`));
  });
});

test('the documentation lists the actions of all checks', () => {
  const page = readFileSync(join(__dirname, '../../../docs/command-line.md'), 'utf8').split(/^## /m).find((section) => section.startsWith('`cdk-webhooks doctor`'))!;
  const deployed = {
    stack: 'Payments', id: 'Payments', resources: { GuestKeyArn: 'arn:guests' }, providers: [{ name: 'stripe', url: world.url, secrets: ['arn:stripe'] }],
  };
  const system = new CheckedSystem({ deployed, clients: connectToAws({ region: 'us-east-1' }), isLocal: false, now: () => NOW, reachable: (url) => url });

  const actions = new Set(['cloudformation:DescribeStacks', ...allChecks(system, true).flatMap((check) => check.actions)]);

  expect([...page.matchAll(/"([a-z0-9-]+:[A-Za-z]+)"/g)].map(([, action]) => action).sort()).toEqual([...actions].sort());
});
