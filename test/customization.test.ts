import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { HandlerCode, WebhookProcessingSystem, WebhookProvider } from '../src';
import { isArchive, synthesize, theResource, validatorEnvironment } from './support/system';

/** The source of the events of a system with the suffix `test`. */
const SOURCE = 'webhook-processing-system.test';
const suffixed = (props = {}) => synthesize({ environmentSuffix: 'test', ...props });

/** The only rule with a pattern of one detail type and no condition on the amount. */
const ruleOf = (template: Template, detailType: string) => theResource(
  template, 'AWS::Events::Rule', ({ EventPattern }) => EventPattern?.['detail-type']?.includes(detailType) && !EventPattern.detail?.money_movement,
);

describe('a customization', () => {
  test('adds an environment variable to the validator', () => {
    const { stack, system } = suffixed();

    system.webhookValidator.addEnvironment('FEATURE_FLAGS', 'beta');

    const template = Template.fromStack(stack);
    expect(validatorEnvironment(template)).toMatchObject({ FEATURE_FLAGS: 'beta', SYSTEM_NAME: 'test' });
  });

  test('adds a lifecycle rule to the created archive bucket', () => {
    const { stack, system } = suffixed();

    system.createdArchive!.addLifecycleRule({
      id: 'deep-archive', transitions: [{ storageClass: StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(180) }],
    });

    const template = Template.fromStack(stack);
    const { Rules } = theResource(template, 'AWS::S3::Bucket', isArchive).Properties.LifecycleConfiguration;
    expect(Rules.map(({ Id }: any) => Id)).toEqual(['age', 'noncurrent-versions', 'deep-archive']);
    expect(Rules).toContainEqual({ Id: 'deep-archive', Status: 'Enabled', Transitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 180 }] });
    expect(system.createdArchive).toBe(system.archive);
  });

  test('does not create an archive bucket if one is passed in', () => {
    const { stack, system } = synthesize((scope) => ({ archiveBucket: new Bucket(scope, 'Own') }));

    expect(system.createdArchive).toBeUndefined();
    expect(system.archive).toBe(stack.node.findChild('Own'));
  });

  test('adds a usage plan with an API key for a method of your own', () => {
    const { stack, system } = suffixed();

    const plan = system.api.addUsagePlan('Plan', {
      apiStages: [{ api: system.api, stage: system.api.deploymentStage }], throttle: { rateLimit: 10, burstLimit: 20 },
    });
    plan.addApiKey(system.api.addApiKey('Key'));
    system.api.root.addResource('status').addMethod('GET', new MockIntegration(), { apiKeyRequired: true });

    const template = Template.fromStack(stack);
    const idOf = (type: string) => Object.keys(template.findResources(type))[0];
    template.hasResourceProperties('AWS::ApiGateway::UsagePlan', {
      ApiStages: [{ ApiId: { Ref: idOf('AWS::ApiGateway::RestApi') }, Stage: { Ref: idOf('AWS::ApiGateway::Stage') } }],
      Throttle: { RateLimit: 10, BurstLimit: 20 },
    });
    template.hasResourceProperties('AWS::ApiGateway::UsagePlanKey', {
      KeyId: { Ref: idOf('AWS::ApiGateway::ApiKey') }, UsagePlanId: { Ref: idOf('AWS::ApiGateway::UsagePlan') }, KeyType: 'API_KEY',
    });
    template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'GET', ApiKeyRequired: true });
    template.resourcePropertiesCountIs('AWS::ApiGateway::Method', { HttpMethod: 'POST', ApiKeyRequired: Match.absent() }, 3);
  });

  test('adds a global secondary index to the table', () => {
    const { stack, system } = suffixed();

    system.table.addGlobalSecondaryIndex({
      indexName: 'provider-index', partitionKey: { name: 'provider', type: AttributeType.STRING }, projectionType: ProjectionType.KEYS_ONLY,
    });

    const template = Template.fromStack(stack);
    const { AttributeDefinitions, GlobalSecondaryIndexes } = theResource(template, 'AWS::DynamoDB::GlobalTable').Properties;
    expect(AttributeDefinitions).toContainEqual({ AttributeName: 'provider', AttributeType: 'S' });
    expect(GlobalSecondaryIndexes.map(({ IndexName }: any) => IndexName)).toEqual([
      'customer-index', 'card-index', 'email-index', 'open-high-value-index', 'provider-index',
    ]);
  });

  test('creates an alarm on a metric by name', () => {
    const { stack, system } = suffixed();

    system.metric('RulesFired', { dimensionsMap: { Rule: 'velocity' }, period: Duration.hours(1) })
      .createAlarm(stack, 'Velocity', { threshold: 50, evaluationPeriods: 1 });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'WebhookProcessingSystem',
      MetricName: 'RulesFired',
      Dimensions: [{ Name: 'Rule', Value: 'velocity' }, { Name: 'System', Value: 'test' }],
      Statistic: 'Sum',
      Period: 3_600,
      Threshold: 50,
    });
  });

  test('adds a target to blocked transactions', () => {
    const { stack, system } = suffixed();

    system.onTransactionBlocked('Blocked', { target: new SqsQueue(new Queue(stack, 'Queue')) });

    const template = Template.fromStack(stack);
    const queue = Object.entries(template.findResources('AWS::SQS::Queue')).find(([, { Properties }]) => Properties?.QueueName === undefined)![0];
    expect(ruleOf(template, 'transaction.blocked').Properties).toMatchObject({
      EventPattern: { 'source': [SOURCE], 'detail-type': ['transaction.blocked'] },
      Targets: [{ Arn: { 'Fn::GetAtt': [queue, 'Arn'] } }],
    });
  });

  test.each(['webhookValidator', 'eventRelay', 'fraudDetector', 'transactionArchival'] as const)('sets a variable of %s', (name) => {
    const { stack, system } = suffixed();

    system[name].addEnvironment('OWN', 'value');

    const template = Template.fromStack(stack);
    const own = theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.OWN === 'value');
    expect(own).toBe(template.findResources('AWS::Lambda::Function')[stack.getLogicalId(system[name].node.defaultChild as any)]);
  });

  test('uses the classes of the resources that the construct always creates', () => {
    const { system } = suffixed();
    const { api, table, stateMachine, deadLetterQueue, dashboard } = system;
    const functions: LambdaFunction[] = [system.webhookValidator, system.eventRelay, system.fraudDetector, system.transactionArchival];
    const rules: Rule[] = [system.highRule, system.mediumRule, system.lowRule];
    const alarms: Alarm[] = system.alarms;
    const parts: [RestApi, TableV2, StateMachine, Queue, Dashboard] = [api, table, stateMachine, deadLetterQueue, dashboard];

    expect(parts.map(({ constructor }) => constructor)).toEqual([RestApi, TableV2, StateMachine, Queue, Dashboard]);
    expect([...functions, ...rules, ...alarms].map(({ constructor }) => constructor)).toEqual([
      ...Array(4).fill(LambdaFunction), ...Array(3).fill(Rule), ...Array(23).fill(Alarm),
    ]);
  });
});

describe('the rules for events', () => {
  test.each([
    ['onTransactionReceived', 'transaction.received'], ['onTransactionAssessed', 'transaction.assessed'], ['onTransactionBlocked', 'transaction.blocked'],
  ] as const)('%s matches %s of this system on its bus', (method, detailType) => {
    const { stack, system } = suffixed();

    const rule = system[method]('Own', { description: 'Own rule', ruleName: 'own' });

    const template = Template.fromStack(stack);
    expect(rule.node.path).toBe('Stack/Payments/Own');
    expect(ruleOf(template, detailType).Properties).toEqual({
      Name: 'own',
      Description: 'Own rule',
      State: 'ENABLED',
      EventBusName: stack.resolve(system.eventBus.eventBusName),
      EventPattern: { 'source': [SOURCE], 'detail-type': [detailType] },
    });
  });

  test('narrow the pattern with yours', () => {
    const { stack, system } = suffixed();

    system.onTransactionBlocked('Own', { eventPattern: { detail: { provider: ['stripe'], score: [{ numeric: ['>', 100] }] } } });

    const template = Template.fromStack(stack);
    expect(ruleOf(template, 'transaction.blocked').Properties.EventPattern).toEqual({
      'source': [SOURCE], 'detail-type': ['transaction.blocked'], 'detail': { provider: ['stripe'], score: [{ numeric: ['>', 100] }] },
    });
  });

  test.each([
    ['source', { source: ['another'] }], ['detailType', { detailType: ['transaction.received'] }],
  ])('reject a pattern with %s, because it would match more events instead of fewer', (field, eventPattern) => {
    expect(() => suffixed().system.onTransactionBlocked('Own', { eventPattern }))
      .toThrow(`\`eventPattern.${field}\` must not be set, because this method sets it and EventBridge would match either value, got: [`);
  });

  test('are on a bus that is passed in', () => {
    const { stack, system } = synthesize((scope) => ({ eventBus: EventBus.fromEventBusName(scope, 'Imported', 'shared') }));

    system.onTransactionReceived('Own');

    const template = Template.fromStack(stack);
    expect(ruleOf(template, 'transaction.received').Properties.EventBusName).toBe('shared');
  });

  test('accept a target later and can be in the stack of their target', () => {
    const app = new App();
    const system = new WebhookProcessingSystem(new Stack(app, 'Stack'), 'Payments', { environmentSuffix: 'test', handlerCode: HandlerCode.zip() });
    const other = new Stack(app, 'Other');

    system.onTransactionAssessed('Own', { crossStackScope: other }).addTarget(new SqsQueue(new Queue(other, 'Queue')));

    Template.fromStack(other).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': [SOURCE], 'detail-type': ['transaction.assessed'] },
      Targets: [Match.objectLike({ Arn: Match.anyValue() })],
    });
  });
});

describe('the metrics', () => {
  const { stack, system } = suffixed();
  const resolved = (metric = system.metric('WebhooksStored')) => stack.resolve(metric.toMetricConfig().metricStat);

  test('by name are a sum over 5 minutes of this system', () => {
    expect(resolved()).toMatchObject({
      namespace: 'WebhookProcessingSystem',
      metricName: 'WebhooksStored',
      dimensions: [{ name: 'System', value: 'test' }],
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
  });

  test('by name follow their options', () => {
    expect(resolved(system.metric('TimeToVerdict', { statistic: 'p50', period: Duration.hours(1) }))).toMatchObject({
      statistic: 'p50', period: Duration.hours(1), dimensions: [{ name: 'System', value: 'test' }],
    });
  });

  test('belong to the region and account of the system', () => {
    const placed = synthesize({}, { env: { account: '123456789012', region: 'eu-central-1' } }).system;

    expect(placed.metricStored().toMetricConfig().metricStat).toMatchObject({ account: '123456789012', region: 'eu-central-1' });
  });

  test.each([
    ['metricStoreFailed', 'StoreFailed'], ['metricDeadLettered', 'RecordsDeadLettered'], ['metricSecretNotSet', 'SecretNotSet'], ['metricSecretsOutdated', 'SecretsOutdated'],
  ] as const)('%s is the sum of %s', (method, metricName) => {
    expect(resolved(system[method]())).toEqual(resolved(system.metric(metricName)));
  });

  test('of webhooks are totals, and those of a provider with its dimension', () => {
    expect([system.metricMismatched(), system.metricUnparsed({ dimensionsMap: { Provider: 'stripe' } })].map((metric) => resolved(metric))).toEqual([
      expect.objectContaining({ metricName: 'SignaturesMismatched', dimensions: [{ name: 'System', value: 'test' }] }),
      expect.objectContaining({ metricName: 'WebhooksUnparsed', dimensions: [{ name: 'Provider', value: 'stripe' }, { name: 'System', value: 'test' }] }),
    ]);
  });

  test('of a verdict keep your dimensions', () => {
    expect(resolved(system.metricBlocked({ dimensionsMap: { Stage: 'prod' } })).dimensions).toEqual([
      { name: 'Stage', value: 'prod' }, { name: 'System', value: 'test' }, { name: 'Verdict', value: 'block' },
    ]);
  });
});

describe('the providers', () => {
  const providers = synthesize((stack) => ({
    providers: [
      WebhookProvider.stripe(),
      WebhookProvider.razorpay({ secrets: [Secret.fromSecretNameV2(stack, 'Current', 'current'), Secret.fromSecretNameV2(stack, 'Former', 'former')] }),
    ],
  }));
  const { stack, system } = providers;

  test('have a URL each', () => {
    expect(stack.resolve(system.webhookUrlFor('razorpay'))).toEqual(stack.resolve(`${system.webhookUrl}/razorpay`));
  });

  test('have a secret that was created', () => {
    expect(system.providerSecret('stripe')).toBe(system.node.findChild('WebhookValidator').node.findChild('Secret-stripe'));
    expect(system.providerSecrets('stripe')).toEqual([system.providerSecret('stripe')]);
  });

  test('have the first of several secrets as their current one', () => {
    expect(system.providerSecret('razorpay').secretName).toBe('current');
    expect(system.providerSecrets('razorpay').map(({ secretName }) => secretName)).toEqual(['current', 'former']);
  });

  test('cannot be changed through the list of their secrets', () => {
    system.providerSecrets('razorpay').pop();

    expect(system.providerSecrets('razorpay')).toHaveLength(2);
  });

  test.each(['webhookUrlFor', 'providerSecret', 'providerSecrets'] as const)('%s rejects a name that is not one of them', (method) => {
    expect(() => system[method]('adyen')).toThrow("`provider` must be one of stripe, razorpay, got: 'adyen'. Pass the name of a provider in `providers`.");
    expect(() => system[method]('constructor')).toThrow("got: 'constructor'");
  });
});
