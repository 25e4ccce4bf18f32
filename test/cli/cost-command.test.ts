import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { Duration } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeTerminal } from './support/fake-terminal';
import { connectToAws } from '../../cli/aws/aws-clients';
import { sharesOf } from '../../cli/cost/webhook-mix';
import { runTool } from '../../cli/program';
import { FraudRule, WebhookProvider } from '../../src';
import { calculate, type Calculation } from '../cost/calculation';
import { renderSizes, SIZES_FILE } from '../cost/sample-sizes';
import { REFERENCE, tablesOf } from '../cost/tables';
import { Output } from '../handlers/support/output';
import { synthesize } from '../support/system';

const cloudFormation = mockClient(CloudFormationClient);
const folder = mkdtempSync(join(tmpdir(), 'cost-'));
const templateOf = (props: Parameters<typeof synthesize>[0] = {}) => JSON.stringify(synthesize(props).template.toJSON());
let smallest: string;
let calculation: Calculation;
beforeAll(async () => {
  new Output().capture();
  calculation = await calculate();
  smallest = join(folder, 'smallest.template.json');
  writeFileSync(smallest, templateOf({ environmentSuffix: 'prod' }));
});
beforeEach(() => cloudFormation.reset());

async function cost(args: readonly string[], from = folder) {
  const terminal = new FakeTerminal();
  const code = await runTool(['cost', ...args], {
    terminal, version: '0', connect: connectToAws, signal: new AbortController().signal, now: () => new Date(), folder: from, sleep: async () => undefined,
  });
  return { code, printed: terminal.printed.join('\n'), noted: terminal.noted.join('\n') };
}
async function costOfTemplate(template: string, ...args: readonly string[]) {
  const file = join(folder, 'a.template.json');
  writeFileSync(file, template);
  const { code, printed } = await cost(['--template', file, '--json', ...args]);
  expect(code).toBe(0);
  return JSON.parse(printed);
}
const lineOf = ({ lines }: { lines: { what: string; usd: number }[] }, what: string) => lines.find((line) => line.what === what)?.usd;

describe('the estimate', () => {
  test('of the smallest system is that of the documentation', async () => {
    const page = tablesOf(calculation).summary.split('\n').find((row) => row.startsWith('| 1 million'))!.split(' | ');

    const { code, printed } = await cost(['--template', smallest, '--webhooks', String(REFERENCE.webhooks)]);

    expect(code).toBe(0);
    expect(printed).toContain('A month with 1,000,000 webhooks:');
    expect(printed).toContain(`Variable: ${page[1]} USD a month, which is ${page[1]} USD per million webhooks.`);
    expect(printed).toContain(`Fixed: ${page[3]} USD a month.`);
    expect(printed).toContain('The prices are the list prices of us-east-1 on 2026-');
    expect(printed).toMatch(/│ Lambda, webhook-validator +│ +20,000 │ GB-seconds +│ 13\.3334 per 1,000,000 +│ +0\.27 │/);
  });

  test('uses the sizes that were measured last', async () => {
    const numbersIn = (text: string) => [...text.matchAll(/\d[\d.]*/g)].map(([number]) => Number(number));
    const [written, measured] = [readFileSync(SIZES_FILE, 'utf8'), renderSizes(calculation.sorts)];

    expect(written.replace(/\d[\d.]*/g, '#')).toBe(measured.replace(/\d[\d.]*/g, '#'));
    numbersIn(written).forEach((number, index) => expect(Math.abs(number - numbersIn(measured)[index])).toBeLessThanOrEqual(0.01 + number * 0.005));
  });

  test('has the environments with provisioned concurrency, and the lower price of their execution', async () => {
    const provisioned = await costOfTemplate(templateOf({ validatorProvisionedConcurrency: 4 }));
    const usual = await costOfTemplate(templateOf());

    expect(lineOf(provisioned, 'Lambda, provisioned concurrency')).toBeCloseTo(4 * 8.64, 2);
    expect(lineOf(provisioned, 'Lambda, webhook-validator')).toBeCloseTo(0.2 + 15_000 * 0.0000077778, 4);
    expect(lineOf(usual, 'Lambda, provisioned concurrency')).toBeUndefined();
  });

  test('grows with the shares of high and medium values, and with recipients', async () => {
    const usual = await costOfTemplate(templateOf());
    const more = await costOfTemplate(templateOf(), '--high', '0.1', '--medium', '0.3', '--alert-emails', '2', '--shards', '8');

    expect(lineOf(more, 'DynamoDB, updates')).toBeCloseTo(2 * lineOf(usual, 'DynamoDB, updates')!);
    expect(lineOf(more, 'SNS, emails to 2 subscribers')).toBeCloseTo((0.3 + 0.1 * 1.03) * 2 * 20);
    expect(lineOf(usual, 'SNS, emails to 0 subscribers')).toBe(0);
    expect(more.month).toEqual({ webhooks: 1_000_000, high: 0.1, medium: 0.3, shards: 8, emailSubscribers: 2 });
    expect(lineOf(more, 'S3, PUT requests')).toBeCloseTo(8 * 8_640 * 0.005 / 1_000, 2);
  });

  test('has shares that add up to all webhooks', () => {
    expect(sharesOf({ high: 0.1, medium: 0.2 })).toEqual({ high: 0.1, medium: 0.2, low: expect.closeTo(0.2), other: 0.5 });
    expect(sharesOf({ high: 0.5, medium: 0.5 })).toEqual({ high: 0.5, medium: 0.5, low: 0, other: 0 });
  });

  test('follows the settings in the template', async () => {
    const plain = await costOfTemplate(templateOf());
    const rich = await costOfTemplate(templateOf((stack) => ({
      alertEmails: ['a@example.com', 'b@example.com'],
      logRetention: RetentionDays.INFINITE,
      encryptionKey: new Key(stack, 'OwnKey'),
      fraudRules: [],
      identifyGuests: false,
      providers: [
        WebhookProvider.stripe({ reconciliation: { apiKey: new Secret(stack, 'ApiKey'), every: Duration.hours(2) } }),
        WebhookProvider.wise(),
      ],
    })));

    expect(rich.month.emailSubscribers).toBe(2);
    expect(lineOf(rich, 'CloudWatch Logs, storage')).toBeGreaterThan(3 * lineOf(plain, 'CloudWatch Logs, storage')!);
    expect(lineOf(rich, 'KMS, customer-managed keys')).toBe(1);
    expect(lineOf(rich, 'Secrets Manager, secret')).toBeCloseTo(2 * 0.4);
    // One of 360 runs a month takes 3 seconds with 1 GB.
    expect(lineOf(rich, 'Reconciliation, Lambda')).toBeCloseTo(360 * (0.2 + 3 * 13.3334) / 1e6, 6);
    expect(lineOf(rich, 'Reconciliation, DynamoDB index writes')).toBeCloseTo(0.625);
    expect(lineOf(plain, 'Reconciliation, Lambda')).toBeUndefined();
    // Two providers, the confirmations, and the metric of reconciliation twice; without rules, no metric of the seven kinds of rules that apply in each hour.
    const metrics = (estimate: typeof rich) => Math.round(lineOf(estimate, 'CloudWatch, custom metrics')! / 0.3);
    expect(metrics(rich) - metrics(plain)).toBe(3 + 1 + 2 - 7);
    expect(rich.assumptions.join(' ')).toContain('The reconciliation lists each webhook once.');
  });

  test('counts the metrics of shadow rules', async () => {
    const metricsWith = async (props: object) => Math.round(lineOf(await costOfTemplate(templateOf(() => props)), 'CloudWatch, custom metrics')! / 0.3);
    const rules = [FraudRule.blocked({ score: 100 }), FraudRule.countryMismatch({ score: 80 })];

    // Three verdicts, and the kind of rule that applies in each hour.
    expect(await metricsWith({ shadowFraudRules: rules }) - await metricsWith({})).toBe(3 + 1);
  });

  test('follows properties that this version does not set', async () => {
    const template = JSON.parse(templateOf());
    for (const { Type, Properties } of Object.values<any>(template.Resources)) {
      if (Type === 'AWS::StepFunctions::StateMachine') {
        delete Properties.LoggingConfiguration;
        delete Properties.TracingConfiguration;
        Properties.DefinitionString = '{}';
      } else if (Type === 'AWS::DynamoDB::GlobalTable') {
        delete Properties.Replicas[0].PointInTimeRecoverySpecification;
        Properties.GlobalSecondaryIndexes[0].Projection = {};
      } else if (Type === 'AWS::Lambda::Function') {
        ['MemorySize', 'TracingConfig', 'LoggingConfig'].forEach((name) => delete Properties[name]);
      } else if (Type === 'AWS::Lambda::EventSourceMapping') {
        ['BatchSize', 'MaximumBatchingWindowInSeconds', 'FilterCriteria'].forEach((name) => delete Properties[name]);
      }
    }
    template.Resources = Object.fromEntries(Object.entries<any>(template.Resources).filter(([id, { Type }]) => Type !== 'AWS::XRay::SamplingRule' && !id.startsWith('PaymentsArchiveBucket')));
    template.Resources.Topic = { Type: 'AWS::SNS::Topic' };
    template.Resources.PaymentsTopic = { Type: 'AWS::SNS::Topic' };

    const estimate = await costOfTemplate(JSON.stringify(template));

    expect(lineOf(estimate, 'CloudWatch Logs, workflow')).toBe(0);
    expect(lineOf(estimate, 'DynamoDB, point-in-time recovery, first month')).toBe(0);
    expect(lineOf(estimate, 'X-Ray, API')).toBeGreaterThan(4);
    expect(lineOf(estimate, 'S3, transitions, once')).toBe(0);
  });

  test('includes the transitions of small objects if the bucket moves them', async () => {
    const template = JSON.parse(templateOf());
    const bucket = Object.entries<any>(template.Resources).find(([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('PaymentsArchiveBucket'))!;
    bucket[1].Properties.LifecycleConfiguration.TransitionDefaultMinimumObjectSize = 'varies_by_storage_class';

    expect(lineOf(await costOfTemplate(JSON.stringify(template)), 'S3, transitions, once')).toBeCloseTo(4 * 8_640 * 0.03 / 1_000, 2);
  });

  test('reads fraud rules that are in a parameter', async () => {
    const template = JSON.parse(templateOf());
    const [, detector] = Object.entries<any>(template.Resources).find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.includes('FraudDetector'))!;
    const { FRAUD_RULES: rules, ...others } = detector.Properties.Environment.Variables;
    detector.Properties.Environment.Variables = others;
    template.Resources.PaymentsFraudDetectorRules = { Type: 'AWS::SSM::Parameter', Properties: { Value: rules } };

    const estimate = await costOfTemplate(JSON.stringify(template));

    expect(estimate.fixedUsd).toBeCloseTo((await costOfTemplate(templateOf())).fixedUsd);
  });
});

describe('the template', () => {
  const respond = (TemplateBody: string | undefined) => cloudFormation.on(GetTemplateCommand).resolves({ TemplateBody });

  test('of a stack is read from CloudFormation, and the output says that prices differ by Region', async () => {
    respond(readFileSync(smallest, 'utf8'));

    const { code, printed } = await cost(['--stack', 'Payments', '--region', 'eu-central-1']);

    expect(code).toBe(0);
    expect(printed).toContain('The system is in eu-central-1, where prices differ.');
    expect((await cost(['--stack', 'Payments', '--region', 'us-east-1'])).printed).not.toContain('prices differ');
    expect(cloudFormation.commandCalls(GetTemplateCommand)[0].args[0].input).toEqual({ StackName: 'Payments', TemplateStage: 'Original' });
  });

  test('is that of the running local system without a stack', async () => {
    respond(readFileSync(smallest, 'utf8'));
    const local = mkdtempSync(join(tmpdir(), 'cost-'));
    mkdirSync(join(local, '.webhooks'));
    writeFileSync(join(local, '.webhooks/local.json'), JSON.stringify({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', stack: 'Local', pid: process.pid }));

    const { code, printed } = await cost([], local);
    expect(code).toBe(0);
    expect(printed).toContain('The local system lacks the resources that the emulator does not support');
    expect(cloudFormation.commandCalls(GetTemplateCommand)[0].args[0].input.StackName).toBe('Local');
  });

  test.each([
    [undefined, 'the template of the stack \'Payments\' must be JSON'], ['Resources:\n  A: 1', 'must be JSON, as the CDK writes it'], ['{}', 'has no resources'],
    ['{"Resources":{}}', 'has no outputs of a webhook processing system'],
    ['{"Resources":{},"Outputs":{"PaymentsTableName1234ABCD":{}}}', 'the template must have one AWS::DynamoDB::GlobalTable in Payments/TransactionsTable, got 0.'],
    ['{"Resources":{},"Outputs":{"ATableName1234ABCD":{},"BTableName1234ABCD":{}}}', 'has the systems A, B. Choose one with --system.'],
  ])('%s is rejected', async (text, message) => {
    respond(text);

    const { code, noted } = await cost(['--stack', 'Payments', '--region', 'us-east-1']);

    expect(code).toBe(2);
    expect(noted).toContain(message);
  });

  test('with two resources in one place is rejected', async () => {
    const template = JSON.parse(readFileSync(smallest, 'utf8'));
    template.Resources.PaymentsTransactionsTable2 = { Type: 'AWS::DynamoDB::GlobalTable' };
    respond(JSON.stringify(template));

    expect((await cost(['--stack', 'Payments', '--region', 'us-east-1'])).noted).toContain('one AWS::DynamoDB::GlobalTable in Payments/TransactionsTable, got 2.');
  });

  test('of a table in several Regions is rejected', async () => {
    const template = JSON.parse(readFileSync(smallest, 'utf8'));
    const table = Object.values<any>(template.Resources).find(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable');
    table.Properties.Replicas.push({ Region: 'eu-west-1' });
    respond(JSON.stringify(template));

    expect((await cost(['--stack', 'Payments', '--region', 'us-east-1'])).noted).toContain('a table of several Regions');
  });

  test.each([
    [[], 'name the CloudFormation stack with --stack, or a template with --template'],
    [['--template', 'none.json'], '--template must be a file that can be read, got \'none.json\' (ENOENT). Run `cdk synth` first.'],
    [['--template', 'a', '--stack', 'b'], 'not both'],
    [['--high', '0.7', '--medium', '0.4', '--template', 'a'], '--high and --medium must be at most 1 together'],
    [['--high', '2'], 'It must be a share from 0 to 1, such as 0.05.'], [['--high', ''], 'It must be a share'], [['--medium', 'x'], 'It must be a share'],
    [['--webhooks', '0'], 'It must be 1 or more.'], [['--webhooks', '1e6'], 'It must be a whole number, 0 or more.'], [['--alert-emails', '-1'], 'It must be a whole number'],
    [['--webhooks', '9'.repeat(20)], 'It must be a whole number'],
  ])('is not read with the arguments %j', async (args, message) => {
    const { code, noted } = await cost(args);

    expect([code, noted]).toEqual([2, expect.stringContaining(message)]);
    expect(cloudFormation.calls()).toEqual([]);
  });
});
