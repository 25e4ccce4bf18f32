import { Duration, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HandlerCode, WebhookProvider, type Reconciliation, type WebhookProcessingSystemProps } from '../../../src';
import { statementsOf, synthesize, theResource } from '../../support/system';

const reconciled = (stack: Stack, more: Partial<Reconciliation> = {}): Reconciliation => ({ apiKey: new Secret(stack, 'ApiKey'), ...more });
const withStripe = (more: Partial<Reconciliation> = {}, props: WebhookProcessingSystemProps = {}) => synthesize((stack) => ({
  environmentSuffix: 'test', providers: [WebhookProvider.stripe({ reconciliation: reconciled(stack, more) }), WebhookProvider.adyen()], ...props,
}));
const RECONCILER = { FunctionName: 'webhook-reconciler-test' };
const isReconciler = ({ FunctionName }: { FunctionName?: string }) => FunctionName === RECONCILER.FunctionName;

const { template, system } = withStripe();
const environment = theResource(template, 'AWS::Lambda::Function', isReconciler).Properties.Environment.Variables;
const configs = (text: any) => JSON.parse(text['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : 'an-arn')).join('')) as object[];

test('a system without it has no function, index, schedule and alarm for it', () => {
  const { template: plain, system: own } = synthesize({ environmentSuffix: 'test', providers: [WebhookProvider.stripe()] });
  const text = JSON.stringify(plain.toJSON());

  expect(own.webhookReconciler).toBeUndefined();
  expect([/event-index/, /reconciler|reconciliation/i, /events-missed/].filter((pattern) => pattern.test(text))).toEqual([]);
});

test('a function with its own role runs for 15 minutes at most', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    ...RECONCILER, Timeout: 900, Architectures: ['arm64'], Handler: 'reconciler.handler', ReservedConcurrentExecutions: Match.absent(),
  });
  expect(system.webhookReconciler!.node.path).toBe('Stack/Payments/WebhookReconciler/Handler/Function');
});

test('it knows only the reconciled providers, without their signing secrets', () => {
  expect(configs(environment.RECONCILED_PROVIDERS)).toEqual([
    { name: 'stripe', scheme: 'stripe', secretArns: [], toleranceSeconds: 300, reconciliation: { apiKeyArn: 'an-arn' } },
  ]);
});

test('it normalizes and keeps events as the validator does', () => {
  const same = withStripe({ eventNames: ['charge.succeeded'] }, { processTestEvents: true, transactionRetention: Duration.days(400), thresholds: { medium: 5, high: 6 } });
  const of = (name: string) => theResource(same.template, 'AWS::Lambda::Function', ({ FunctionName }) => FunctionName === `${name}-test`).Properties.Environment.Variables;
  const [validator, own] = [of('webhook-validator'), of('webhook-reconciler')];

  for (const name of ['TABLE_NAME', 'TIERS', 'GUEST_KEY_ARN', 'TRANSACTION_RETENTION_SECONDS']) {
    expect([name, own[name]]).toEqual([name, validator[name]]);
  }
  expect(configs(own.RECONCILED_PROVIDERS)).toEqual([expect.objectContaining({
    processTestEvents: true, reconciliation: { apiKeyArn: 'an-arn', eventNames: ['charge.succeeded'] },
  })]);
});

test('without guests, it has no key for them', () => {
  const { template: without } = withStripe({}, { identifyGuests: false });

  expect(theResource(without, 'AWS::Lambda::Function', isReconciler).Properties.Environment.Variables.GUEST_KEY_ARN).toBeUndefined();
});

test('its role reads the API key and the key for guests, and no other secret', () => {
  const statements = statementsOf(template, 'webhook-reconciler-test');
  const secrets = statements.filter(({ Action }) => Action === 'secretsmanager:GetSecretValue').flatMap(({ Resource }) => Resource.Ref as string);

  expect(secrets.map((id) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual(['ApiKey', 'PaymentsWebhookValidatorGuestKey']);
});

test('the role of the validator cannot read the API key', () => {
  expect(JSON.stringify(statementsOf(template, 'webhook-validator-test'))).not.toContain('ApiKey');
});

test('its role can query the index, and use single items of the table', () => {
  const ofTable = statementsOf(template, 'webhook-reconciler-test').filter(({ Action }) => JSON.stringify(Action).includes('dynamodb:'));

  expect(ofTable.map(({ Action }) => Action)).toEqual([['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'], 'dynamodb:Query']);
  expect(JSON.stringify(ofTable[1].Resource)).toMatch(/\/index\/event-index"/);
});

test('the table has an index of the events, with keys only', () => {
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    GlobalSecondaryIndexes: Match.arrayWith([
      { IndexName: 'event-index', KeySchema: [{ AttributeName: 'event_id', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } },
    ]),
  });
});

test('each reconciled provider has a schedule, which is its own retry', () => {
  const { template: both } = synthesize((stack) => {
    const apiKey = new Secret(stack, 'ApiKey');
    return {
      environmentSuffix: 'test',
      providers: [
        WebhookProvider.payPal({ reconciliation: { apiKey } }), WebhookProvider.square({ name: 'shop', reconciliation: { apiKey, every: Duration.minutes(15) } }),
      ],
    };
  });

  for (const [name, rate] of [['paypal', 'rate(1 hour)'], ['shop', 'rate(15 minutes)']]) {
    both.hasResourceProperties('AWS::Events::Rule', {
      Name: `reconciliation-${name}-test`,
      ScheduleExpression: rate,
      Targets: [Match.objectLike({ Input: `{"task":"reconcile","provider":"${name}"}`, RetryPolicy: { MaximumRetryAttempts: 0 } })],
    });
  }
  both.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 900 });
});

test('the image of the validator has its code', () => {
  const image = theResource(withStripe({}, { handlerCode: HandlerCode.bundledImages() }).template, 'AWS::Lambda::Function', isReconciler).Properties;
  const repository = (stack: Stack, name: string) => Repository.fromRepositoryName(stack, name, name);
  const { template: pushed } = synthesize((stack) => ({
    environmentSuffix: 'test',
    providers: [WebhookProvider.stripe({ reconciliation: reconciled(stack) })],
    handlerCode: HandlerCode.repositories({
      webhookValidator: repository(stack, 'validators'),
      eventRelay: repository(stack, 'relays'),
      fraudDetector: repository(stack, 'detectors'),
      transactionArchival: repository(stack, 'archives'),
    }, '1.0.0'),
  }));
  const validator = theResource(withStripe({}, { handlerCode: HandlerCode.bundledImages() }).template, 'AWS::Lambda::Function', ({ FunctionName }) => FunctionName === 'webhook-validator-test').Properties;

  expect(image.ImageConfig).toEqual({ Command: ['reconciler.handler'] });
  expect(image.Code).toEqual(validator.Code);
  expect(validator.ImageConfig).toBeUndefined();
  pushed.hasResourceProperties('AWS::Lambda::Function', {
    ...RECONCILER, ImageConfig: { Command: ['reconciler.handler'] }, Code: { ImageUri: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('validators:1.0.0$')])] } },
  });
});

test('your own key encrypts its environment and its log, and it uses the key through services only', () => {
  const { template: encrypted } = synthesize((stack) => ({
    environmentSuffix: 'test',
    encryptionKey: new Key(stack, 'Key'),
    providers: [WebhookProvider.stripe({ reconciliation: { apiKey: new Secret(stack, 'ApiKey', { encryptionKey: new Key(stack, 'OtherKey') }) } })],
  }));
  const ofKeys = statementsOf(encrypted, 'webhook-reconciler-test').filter(({ Action }) => JSON.stringify(Action).includes('kms:'));

  encrypted.hasResourceProperties('AWS::Lambda::Function', { ...RECONCILER, KmsKeyArn: Match.anyValue() });
  expect(ofKeys.map(({ Resource }) => Resource['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, ''))).toEqual(['Key', 'OtherKey']);
  expect(ofKeys.every(({ Condition }) => Condition.StringLike['kms:ViaService'].length > 0)).toBe(true);
});

test('it is in your VPC', () => {
  const { template: inVpc } = synthesize((stack) => ({
    environmentSuffix: 'test', vpc: new Vpc(stack, 'Vpc'), providers: [WebhookProvider.stripe({ reconciliation: reconciled(stack) })],
  }));

  inVpc.hasResourceProperties('AWS::Lambda::Function', { ...RECONCILER, VpcConfig: Match.anyValue() });
});

describe('the alarms', () => {
  const of = (MetricName: string, Period: number) => Match.objectLike({
    MetricStat: {
      Metric: { Namespace: 'WebhookProcessingSystem', MetricName, Dimensions: [{ Name: 'Provider', Value: 'stripe' }, { Name: 'System', Value: 'test' }] }, Period, Stat: 'Sum',
    },
  });

  // The period of two runs, so that an alarm does not return to OK between them.
  test.each([[undefined, 7_200], [Duration.minutes(30), 3_600], [Duration.hours(24), 86_400]])(
    'fire if an event was missing, or is out of reach, in the time of two runs, at most a day, with an interval of %s', (every, Period) => {
      withStripe(every && { every }).template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: 'webhooks-events-missed-stripe-test',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmDescription: Match.stringLikeRegexp('^Webhooks of stripe did not arrive.*#webhooks-events-missed-provider-suffix$'),
        Metrics: [
          Match.objectLike({ Expression: 'FILL(missed, 0) + FILL(gaps, 0)' }), of('EventsReconciled', Period), of('ReconciliationGaps', Period),
        ],
      });
    });

  test.each([[undefined, 3_600], [Duration.minutes(30), 1_800], [Duration.hours(24), 86_400]])(
    'fire if no run completed in three intervals of %s', (every, Period) => {
      withStripe(every && { every }).template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: 'webhooks-reconciliation-stopped-stripe-test',
        // Without FILL, missing values fire an alarm two intervals later.
        Metrics: [Match.objectLike({ Expression: 'FILL(completed, 0)' }), of('ReconciliationsCompleted', Period)],
        EvaluationPeriods: 3,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      });
    },
  );

  test('exist for reconciled providers only', () => {
    const names = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmName as string);

    expect(names.filter((name) => /missed|reconciliation/.test(name))).toEqual(['webhooks-events-missed-stripe-test', 'webhooks-reconciliation-stopped-stripe-test']);
  });
});

test('the dashboard shows what was found', () => {
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Dashboard'))).toContain('EventsReconciled');
});
