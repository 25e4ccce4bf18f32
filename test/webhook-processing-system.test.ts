import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { RULES } from '../handlers/assess/rules/rules';
import { HandlerCode, HandlerRepositories, WebhookProcessingSystem, type WebhookProcessingSystemProps, WebhookProvider } from '../src';
import { widgetsOf } from './support/dashboard';
import { providersOf, statementsOf, synthesize, templateOf, theResource, validatorEnvironment } from './support/system';

/** The content of a dashboard widget, with a word in place of each reference. */
function widgetOf(template: Template, title: string | undefined): any {
  return widgetsOf(template).map(({ properties }) => properties).find((properties) => properties.title === title);
}
const metricNames = (metric: any[]) => metric.filter((part) => typeof part === 'string');

const named = (props: WebhookProcessingSystemProps = {}) => templateOf({ environmentSuffix: 'test', ...props });

describe('the functions', () => {
  test.each([
    ['webhook-validator', 1_024, 30, 'Active'], ['fraud-detector', 512, 60, 'Active'],
    // A stream has no trace header to continue.
    ['event-relay', 512, 60, Match.absent()], ['transaction-archival', 512, 300, Match.absent()],
  ])('%s has %d MB, %d s, ARM64, tracing %p and a log group for 30 days', (name, memory, timeout, mode) => {
    const template = named();

    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: `${name}-test`, MemorySize: memory, Timeout: timeout, Architectures: ['arm64'], TracingConfig: typeof mode === 'string' ? { Mode: mode } : mode, Runtime: 'nodejs24.x',
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: `/aws/lambda/${name}-test`, RetentionInDays: 30 });
  });

  test.each([
    ['webhook-validator-test', ['dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:PutObject', 'secretsmanager:GetSecretValue']],
    ['fraud-detector-test', [
      'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem', 'logs:CreateLogStream', 'logs:PutLogEvents',
    ]],
    ['transaction-archival-test', [
      'dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', 'logs:CreateLogStream', 'logs:PutLogEvents',
      's3:ListBucket', 's3:PutObject',
    ]],
    ['event-relay-test', [
      'dynamodb:DescribeStream', 'dynamodb:GetItem', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams', 'dynamodb:Query', 'dynamodb:UpdateItem',
      'events:PutEvents', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:ListBucket', 's3:PutObject', 'sqs:SendMessage',
    ]],
  ])('%s has only the rights that it uses, on named resources', (role, actions) => {
    const statements = statementsOf(named(), role);

    const onNamed = statements.filter(({ Resource }) => Resource !== '*').flatMap(({ Action }) => Action);
    const onAny = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);

    expect([...new Set(onNamed)].sort()).toEqual(actions);
    // X-Ray has no resource to name.
    expect(onAny.filter((action) => !/^xray:.*$/.test(action))).toEqual([]);
  });

  test('have roles whose names end in the region', () => {
    const roles = Object.values(named().findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.RoleName).filter(Boolean);

    expect(roles.map((name) => name['Fn::Join'][1][0]).sort()).toEqual([
      'event-relay-test-', 'eventbridge-targets-test-', 'fraud-detector-test-', 'step-functions-test-', 'transaction-archival-test-', 'webhook-validator-test-',
    ]);
    expect(new Set(roles.map((name) => JSON.stringify(name['Fn::Join'][1][1])))).toEqual(new Set(['{"Ref":"AWS::Region"}']));
  });

  test('of images are built for ARM64 by default', () => {
    const template = synthesize({ handlerCode: undefined }).template;

    template.resourcePropertiesCountIs('AWS::Lambda::Function', { PackageType: 'Image', Architectures: ['arm64'] }, 4);
  });

  test('of repositories use their tag', () => {
    const { template } = synthesize((stack) => ({ handlerCode: new HandlerRepositories(stack, 'Images').code('1.2.3') }));

    const images = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { PackageType: 'Image' } }))
      .map(({ Properties }) => JSON.stringify(Properties.Code.ImageUri));

    expect(new Set(images).size).toBe(4);
    expect(images.every((uri) => uri.includes(':1.2.3'))).toBe(true);
  });
});

describe('the store', () => {
  test('is on demand, encrypted, recoverable for 35 days, and streams both images', () => {
    named().hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      TableName: 'transactions-test',
      KeySchema: [{ AttributeName: 'transaction_id', KeyType: 'HASH' }, { AttributeName: 'timestamp', KeyType: 'RANGE' }],
      BillingMode: 'PAY_PER_REQUEST',
      // One replica, in the stack's region: billed as a table of a single region.
      Replicas: [{
        Region: { Ref: 'AWS::Region' },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
        DeletionProtectionEnabled: Match.absent(),
        GlobalSecondaryIndexes: Match.anyValue(),
      }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      SSESpecification: { SSEEnabled: true },
    });
  });

  test('deletes expired items, and transactions do not expire', () => {
    named().hasResourceProperties('AWS::DynamoDB::GlobalTable', { TimeToLiveSpecification: { AttributeName: 'expires_at', Enabled: true } });
  });

  test('has the sparse indexes', () => {
    const { GlobalSecondaryIndexes } = theResource(named(), 'AWS::DynamoDB::GlobalTable').Properties;

    expect(GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: any) => [
      IndexName, KeySchema.map(({ AttributeName }: any) => AttributeName), Projection.ProjectionType,
    ])).toEqual([
      ['customer-index', ['customer_key', 'occurred_at'], 'INCLUDE'],
      ['card-index', ['card_fingerprint', 'occurred_at'], 'INCLUDE'],
      ['email-index', ['email_hash', 'occurred_at'], 'INCLUDE'],
      ['open-high-value-index', ['sweep_partition', 'sweep_at'], 'INCLUDE'],
    ]);
  });

  test('is read from its beginning by relay and archival, whose failures are retried by age', () => {
    const template = named();

    template.resourcePropertiesCountIs('AWS::Lambda::EventSourceMapping', {
      StartingPosition: 'TRIM_HORIZON',
      MaximumRecordAgeInSeconds: 23 * 3_600,
      MaximumRetryAttempts: Match.absent(),
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('FailedRecords'), 'Arn'] } } },
    }, 2);
    template.resourcePropertiesCountIs('AWS::Lambda::EventSourceMapping', { FunctionResponseTypes: ['ReportBatchItemFailures'] }, 1);
  });
});

const isSigningSecret = ({ Description }: { readonly Description: string }) => Description.startsWith('Signing secret');

describe('the secrets', () => {
  test('consist of one secret of letters and digits in a system without providers', () => {
    const template = named();

    template.resourceCountIs('AWS::SecretsManager::Secret', 2);
    const { ExcludeCharacters, PasswordLength } = theResource(template, 'AWS::SecretsManager::Secret', isSigningSecret).Properties.GenerateSecretString;
    const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
    expect(printable.filter((character) => !ExcludeCharacters.includes(character)).join('')).toMatch(/^[0-9A-Za-z]{62}$/);
    expect(PasswordLength).toBe(32);
    const [config] = providersOf(template);
    expect(config).toMatchObject({ name: 'standard-webhooks', scheme: 'standard-webhooks', strict: true, toleranceSeconds: 300 });
  });

  test('are empty for a provider that issues its own', () => {
    const template = named({ providers: [WebhookProvider.stripe()] });

    const secret = theResource(template, 'AWS::SecretsManager::Secret', isSigningSecret);

    expect(Object.keys(secret.Properties)).toEqual(['Description']);
  });

  test('accept any body if a user names the provider', () => {
    const [config] = providersOf(named({ providers: [WebhookProvider.standardWebhooks()] }));

    expect(config.strict).toBeUndefined();
  });

  test('are accepted in their previous version for a day, or as configured', () => {
    expect(validatorEnvironment(named()).PREVIOUS_SECRET_GRACE_SECONDS).toBe('86400');
  });

  test('can be passed in and are found by provider', () => {
    const { system, template } = synthesize({ environmentSuffix: 'test' });

    expect(system.providerSecrets('standard-webhooks')).toHaveLength(1);
    expect(theResource(template, 'AWS::SecretsManager::Secret', isSigningSecret)).toBeDefined();
  });
});

describe('the key for guests', () => {
  test('is a generated secret of letters and digits, whose ARN the validator has', () => {
    const { system, stack, template } = synthesize({ environmentSuffix: 'test' });

    const { Properties } = theResource(template, 'AWS::SecretsManager::Secret', (properties) => !isSigningSecret(properties));

    expect(Properties.GenerateSecretString).toEqual({ ExcludeCharacters: expect.any(String), PasswordLength: 32 });
    expect(validatorEnvironment(template).GUEST_KEY_ARN).toEqual(stack.resolve(system.guestKey!.secretArn));
  });

  test('can be read by the validator only', () => {
    const { system, stack, template } = synthesize({ environmentSuffix: 'test', providers: [WebhookProvider.stripe()] });
    const arn = stack.resolve(system.guestKey!.secretArn);
    const readers = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([, policy]) => JSON.stringify(policy).includes(JSON.stringify(arn)));

    expect(readers.map(([id]) => id)).toEqual([expect.stringContaining('WebhookValidator')]);
    expect(statementsOf(template, 'webhook-validator-test')).toContainEqual({ Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: arn });
  });

  test('is not created if guests are not identified', () => {
    const { system, template } = synthesize({ environmentSuffix: 'test', identifyGuests: false });

    expect(system.guestKey).toBeUndefined();
    expect(theResource(template, 'AWS::SecretsManager::Secret')).toMatchObject({ Properties: { Description: expect.stringContaining('Signing secret') } });
    expect(validatorEnvironment(template)).not.toHaveProperty('GUEST_KEY_ARN');
  });
});

describe('the bus and the sweep', () => {
  test('have names, and the sweep runs each minute without retries', () => {
    const template = named();

    template.hasResourceProperties('AWS::Events::EventBus', { Name: 'payment-events-test' });
    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'transaction-sweep-test',
      ScheduleExpression: 'rate(1 minute)',
      Targets: [Match.objectLike({ Input: '{"task":"sweep"}', RetryPolicy: { MaximumRetryAttempts: 0 } })],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });
});

describe('the alerts', () => {
  test('go to email addresses and phone numbers', () => {
    const template = named({ alertEmails: ['a@example.com'], alertPhoneNumbers: ['+491701234567'] });

    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'transaction-alerts-test' });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'email', Endpoint: 'a@example.com' });
    template.hasResourceProperties('AWS::SNS::Subscription', { Protocol: 'sms', Endpoint: '+491701234567' });
  });
});

describe('the archive', () => {
  test('is versioned, private, encrypted and TLS-only, and has a lifecycle', () => {
    const template = named();

    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['transaction-audit-logs-test-', { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }]] },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        // S3's default: objects below 128 KB do not move, because this would cost more than it saves.
        TransitionDefaultMinimumObjectSize: Match.absent(),
        Rules: Match.arrayWith([Match.objectLike({
          ExpirationInDays: 365,
          Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 30 }, { StorageClass: 'GLACIER', TransitionInDays: 90 }],
        }), Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 30 }, ExpiredObjectDeleteMarker: true })]),
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
    });
  });
});

describe('the bucket for failed records', () => {
  test('is private, encrypted and TLS-only, and deletes objects after 90 days', () => {
    const template = named();
    const [[id]] = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([name]) => name.includes('FailedRecords'));

    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: { 'Fn::Join': ['', ['failed-stream-records-test-', { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }]] },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 90, Status: 'Enabled' })] },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: id },
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
    });
  });

  test.each(['event-relay-test', 'transaction-archival-test'])('lets %s put objects of Lambda and list, and nothing else', (role) => {
    const statements = statementsOf(named(), role).filter(({ Resource }) => JSON.stringify(Resource).includes('FailedRecords'));

    expect(statements.map(({ Action }) => Action).sort()).toEqual(['s3:ListBucket', 's3:PutObject']);
    expect(JSON.stringify(statements)).toContain('/aws/lambda/*');
  });

  test('reports each object to the dead-letter queue, which accepts only this rule', () => {
    const template = named();
    const [rule] = Object.keys(template.findResources('AWS::Events::Rule', { Properties: { Name: 'failed-stream-records-test' } }));

    template.hasResourceProperties('AWS::Events::Rule', {
      Name: 'failed-stream-records-test',
      EventBusName: Match.absent(),
      EventPattern: {
        'source': ['aws.s3'],
        'detail-type': ['Object Created'],
        'detail': { bucket: { name: [{ Ref: Match.stringLikeRegexp('FailedRecords') }] } },
      },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetters'), 'Arn'] } })],
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [rule, 'Arn'] } } },
        })]),
      },
    });
  });
});

describe('the dead-letter queue', () => {
  test('keeps messages for 14 days, encrypted without a key that EventBridge cannot use', () => {
    named().hasResourceProperties('AWS::SQS::Queue', { QueueName: 'eventbridge-dlq-test', MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });
});

describe('monitoring', () => {
  test('shows the widgets in the order of the questions of an operator', () => {
    const dashboard = theResource(named(), 'AWS::CloudWatch::Dashboard');

    const titles = JSON.stringify(dashboard.Properties.DashboardBody).match(/\\"title\\":\\"[^\\]+/g)!.map((match) => match.split('\\"').pop());

    // Dashboards are global in an account.
    expect(dashboard.Properties.DashboardName).toEqual({ 'Fn::Join': ['', ['transaction-metrics-test-', { Ref: 'AWS::Region' }]] });
    expect(titles).toEqual([
      'Alarms', 'Webhooks in the time range', 'Now', 'Webhooks stored by provider', 'Webhooks rejected by provider',
      'Webhooks', 'Failures', 'Assessed amounts by currency (major units)', 'Transactions assessed', 'Verdicts', 'Fraud rules that applied (1 of 2)',
      'Fraud rules that applied (2 of 2)',
      'Time from event to verdict (ms)', 'Progress each minute', 'Open transactions',
      'API requests', 'Lambda invocations', 'Lambda durations (p99)', 'Lambda errors',
      'DynamoDB capacity', 'EventBridge invocations', 'Workflow executions', 'SNS messages',
    ]);
  });

  test('shows the status of each alarm, and links to where an operator continues', () => {
    const { system, template } = synthesize({ environmentSuffix: 'test' }, { env: { account: '123456789012', region: 'cn-north-1' } });

    expect(widgetOf(template, 'Alarms').alarms).toHaveLength(system.alarms.length);
    expect(system.alarms).toHaveLength(23);
    const links = widgetOf(template, undefined).markdown.split('\n')[0].split(' | ');
    expect(links).toEqual(['Runbook', 'Table', 'Logs', 'Queues'].map((name) => expect.stringMatching(new RegExp(`^\\[${name}\\]\\(https://.+\\)$`))));
    expect(links[1]).toContain('(https://cn-north-1.console.amazonaws.cn/dynamodbv2/home?region=cn-north-1#table?name=');
  });

  test('shows the totals by provider, and what waits now', () => {
    const template = templateOf({ environmentSuffix: 'test', providers: [WebhookProvider.stripe(), WebhookProvider.wise()] });
    const labelsOf = (title: string) => widgetOf(template, title).metrics.map((metric: any[]) => metric.at(-1).label);

    expect(labelsOf('Webhooks in the time range')).toEqual(['stripe stored', 'wise stored', 'stripe rejected', 'wise rejected']);
    expect(labelsOf('Now')).toEqual(['waiting dead letters', 'oldest open transaction (s)', 'oldest unpublished change (ms)']);
    expect(widgetOf(template, 'Webhooks in the time range').metrics[0]).toEqual([
      'WebhookProcessingSystem', 'WebhooksStored', 'Provider', 'stripe', 'System', 'test', expect.objectContaining({ stat: 'Sum' }),
    ]);
  });

  test.each([
    ['Transactions assessed', [['TransactionsAssessed', 'System', 'test'], ['SuspiciousTransactions', 'System', 'test']]],
    ['Verdicts', ['approve', 'review', 'block'].map((verdict) => ['Verdicts', 'System', 'test', 'Verdict', verdict])],
    ['Fraud rules that applied (1 of 2)', Object.keys(RULES).slice(0, 10).map((rule) => ['RulesFired', 'Rule', rule, 'System', 'test'])],
    ['Fraud rules that applied (2 of 2)', Object.keys(RULES).slice(10).map((rule) => ['RulesFired', 'Rule', rule, 'System', 'test'])],
  ])('draws in "%s" the sums that the fraud detector publishes', (title, expected) => {
    const metrics = widgetOf(named(), title).metrics;

    expect(metrics.map(metricNames)).toEqual(expected.map((metric) => ['WebhookProcessingSystem', ...metric]));
    expect(new Set(metrics.map((metric: any[]) => metric.at(-1).stat))).toEqual(new Set(['Sum']));
  });

  test('finds the currencies of assessed amounts by a search, because only the events contain them', () => {
    const [[metric]] = widgetOf(named(), 'Assessed amounts by currency (major units)').metrics;

    expect(metric).toEqual({
      expression: 'SEARCH(\'{WebhookProcessingSystem,System,Currency} MetricName="AssessedAmount" System="test"\', \'Sum\', 300)',
      label: "${PROP('Dim.Currency')}",
    });
  });

  test('shows the median and the slowest time to a verdict', () => {
    const { metrics } = widgetOf(named(), 'Time from event to verdict (ms)');

    expect(metrics.map(metricNames)).toEqual(Array(2).fill(['WebhookProcessingSystem', 'TimeToVerdict', 'System', 'test']));
    expect(metrics.map((metric: any[]) => metric.at(-1))).toEqual([{ label: 'p50', stat: 'p50' }, { label: 'p99', stat: 'p99' }]);
  });

  test('alarms notify the topic that is passed in', () => {
    const { template, system } = synthesize((stack) => ({ environmentSuffix: 'test', alarmTopic: new Topic(stack, 'Alarms') }));

    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmActions: Match.anyValue(), OKActions: Match.anyValue() }, 23);
    expect(system.alarms).toHaveLength(23);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'webhooks-secret-not-set-standard-webhooks-test',
      Namespace: 'WebhookProcessingSystem',
      MetricName: 'SecretNotSet',
      Dimensions: [{ Name: 'Provider', Value: 'standard-webhooks' }, { Name: 'System', Value: 'test' }],
      Threshold: 1,
    });
  });

  test.each([
    ['metricStored', 'WebhooksStored'], ['metricDuplicates', 'WebhooksDuplicate'], ['metricAltered', 'WebhooksAltered'], ['metricRejected', 'WebhooksRejected'],
    ['metricUnparsed', 'WebhooksUnparsed'], ['metricSwept', 'TransactionsSwept'], ['metricGivenUp', 'TransactionsGivenUp'],
    ['metricArchivedUnrendered', 'ChangesArchivedUnrendered'], ['metricAssessed', 'TransactionsAssessed'],
  ] as const)('%s is the sum of %s', (method, metricName) => {
    const { stack, system } = synthesize({ environmentSuffix: 'test' });

    const metric = stack.resolve(system[method]().toMetricConfig().metricStat);

    expect(metric).toMatchObject({ metricName, namespace: 'WebhookProcessingSystem', statistic: 'Sum', dimensions: [{ name: 'System', value: 'test' }] });
  });
});

describe('grantErase', () => {
  const actionsOf = (...[override]: Parameters<typeof synthesize>) => {
    const synthesized = synthesize(override);
    const { stack, system } = synthesized;
    const role = new Role(stack, 'Officer', { roleName: 'officer', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const grant = system.grantErase(role);
    return { grant, actions: statementsOf(synthesized.template, 'officer').flatMap(({ Action }: any) => Action as string | string[]) };
  };

  test('grants what the command calls, and nothing that deletes a transaction or a current object', () => {
    const { actions, grant } = actionsOf();

    expect(grant.success).toBe(true);
    expect(actions).toEqual([
      // Only of entries of the lists, see below.
      'dynamodb:DeleteItem',
      'dynamodb:Scan', 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem',
      's3:ListBucketVersions', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject',
      's3:DeleteObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold',
      'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes',
      'secretsmanager:GetSecretValue', 'cloudformation:DescribeStacks',
    ]);
  });

  test('grants to delete entries of the lists only', () => {
    const synthesized = synthesize({});
    const role = new Role(synthesized.stack, 'Officer', { roleName: 'officer', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    synthesized.system.grantErase(role);

    expect(statementsOf(synthesized.template, 'officer')).toContainEqual({
      Effect: 'Allow',
      Action: 'dynamodb:DeleteItem',
      Resource: synthesized.stack.resolve(synthesized.system.table.tableArn),
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['blocklist:*', 'allowlist:*'] },
        'Null': { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  });

  test('grants no secret if guests are not identified', () => {
    expect(actionsOf({ identifyGuests: false }).actions).not.toContain('secretsmanager:GetSecretValue');
  });

  test('grants the key of the system', () => {
    expect(actionsOf((scope) => ({ encryptionKey: new Key(scope, 'Key') })).actions).toContain('kms:Decrypt');
  });
});

describe.each(['blocklist', 'allowlist'] as const)('the right to manage the %s', (list) => {
  const synthesized = synthesize((scope) => ({ encryptionKey: new Key(scope, 'Key') }));
  const { stack, system } = synthesized;
  const role = new Role(stack, 'Operator', { roleName: 'operator', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const grant = list === 'blocklist' ? system.grantManageBlocklist(role) : system.grantManageAllowlist(role);

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
  const Resource = stack.resolve(system.table.tableArn);
  const ofTheList = {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${list}:*`] },
    'Null': { 'dynamodb:LeadingKeys': 'false' },
  };

  test('is for items of the list only, and for attributes of an entry only', () => {
    expect(statementsOf(synthesized.template, 'operator')).toEqual([
      expect.objectContaining({ Action: expect.arrayContaining(['kms:Decrypt']) }),
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource, Condition: ofTheList },
      {
        Effect: 'Allow',
        Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        Resource,
        Condition: {
          ...ofTheList,
          'ForAllValues:StringEquals': {
            'dynamodb:Attributes': ['transaction_id', 'timestamp', 'record_type', 'reason', 'author', 'created_at', 'expires_at'],
          },
        },
      },
    ]);
  });

  test('is one grant with both statements', () => {
    expect(grant.success).toBe(true);
    expect(grant.principalStatements).toHaveLength(2);
  });
});

describe('grantLabel', () => {
  const synthesized = synthesize((scope) => ({
    encryptionKey: new Key(scope, 'Key'), providers: [WebhookProvider.stripe(), WebhookProvider.square()],
  }));
  const { stack, system } = synthesized;
  const role = new Role(stack, 'Operator', { roleName: 'operator', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const grant = system.grantLabel(role);

  const Resource = stack.resolve(system.table.tableArn);
  const ofTransactions = {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['stripe:*', 'square:*'] },
    'Null': { 'dynamodb:LeadingKeys': 'false' },
  };
  const written = ['transaction_id', 'timestamp', 'label', 'labeled_by', 'labeled_at'];

  test('grants only transactions of the providers, and only the attributes of a label', () => {
    expect(statementsOf(synthesized.template, 'operator')).toEqual([
      expect.objectContaining({ Action: expect.arrayContaining(['kms:Decrypt']) }),
      {
        Effect: 'Allow',
        Action: 'dynamodb:Query',
        Resource,
        Condition: {
          ...ofTransactions,
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...written, 'record_type', 'provider', 'money_movement', 'occurred_at', 'erased_at'] },
          'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      },
      {
        Effect: 'Allow',
        Action: 'dynamodb:UpdateItem',
        Resource,
        Condition: {
          ...ofTransactions,
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': written },
          'StringEqualsIfExists': { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_OLD', 'UPDATED_NEW'] },
        },
      },
    ]);
  });

  test('returns both statements as one grant', () => {
    expect(grant.success).toBe(true);
    expect(grant.principalStatements).toHaveLength(2);
  });
});

describe('blockDisputedCards', () => {
  const environmentOf = (props: WebhookProcessingSystemProps) => theResource(named(props), 'AWS::Lambda::Function', ({ FunctionName }) => FunctionName === 'event-relay-test').Properties.Environment.Variables as object;

  test('sets the seconds for the relay', () => {
    expect(environmentOf({ blockDisputedCards: Duration.days(30) })).toMatchObject({ BLOCK_DISPUTED_CARDS_SECONDS: '2592000' });
  });

  test('is off by default', () => {
    expect(environmentOf({})).not.toHaveProperty('BLOCK_DISPUTED_CARDS_SECONDS');
  });
});

describe('metrics of verdicts', () => {
  const { stack, system } = synthesize({ environmentSuffix: 'test' });
  const stat = (metric: IMetric) => stack.resolve(metric.toMetricConfig().metricStat);

  test('metricBlocked counts the verdicts of one kind', () => {
    expect(stat(system.metricBlocked({ statistic: 'Maximum' }))).toMatchObject({
      metricName: 'Verdicts', statistic: 'Maximum', dimensions: [{ name: 'System', value: 'test' }, { name: 'Verdict', value: 'block' }],
    });
  });

  test('metricTimeToVerdict is a percentile', () => {
    expect(stat(system.metricTimeToVerdict())).toMatchObject({ metricName: 'TimeToVerdict', statistic: 'p99' });
  });
});

describe('grants', () => {
  test.each([
    ['grantReadTransactions', 'dynamodb:GetItem'], ['grantReadArchive', 's3:GetObject*'], ['grantConsumeDeadLetters', 'sqs:ReceiveMessage'],
  ] as const)('%s allows %s', (method, action) => {
    const synthesized = synthesize();
    const auditor = new Role(synthesized.stack, 'Auditor', { roleName: 'auditor', assumedBy: new ServicePrincipal('lambda.amazonaws.com') });

    synthesized.system[method](auditor);

    expect(statementsOf(synthesized.template, 'auditor').flatMap(({ Action }) => Action)).toContain(action);
  });
});

describe('names, tags and removal', () => {
  test('without a suffix are generated by CloudFormation, so that two systems fit in one account', () => {
    const template = templateOf();

    const nameOf: { [type: string]: string } = {
      'AWS::DynamoDB::GlobalTable': 'TableName',
      'AWS::S3::Bucket': 'BucketName',
      'AWS::SQS::Queue': 'QueueName',
      'AWS::SNS::Topic': 'TopicName',
      'AWS::Lambda::Function': 'FunctionName',
      'AWS::IAM::Role': 'RoleName',
      'AWS::Events::Rule': 'Name',
      'AWS::CloudWatch::Alarm': 'AlarmName',
      'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
      'AWS::StepFunctions::StateMachine': 'StateMachineName',
      'AWS::CloudWatch::Dashboard': 'DashboardName',
    };
    for (const [type, property] of Object.entries(nameOf)) {
      for (const { Properties } of Object.values(template.findResources(type))) {
        expect(Properties[property]).toBeUndefined();
      }
    }
  });

  test('destroy everything by default, including the contents of the archive', () => {
    const template = templateOf();

    template.hasResource('AWS::DynamoDB::GlobalTable', { DeletionPolicy: 'Delete' });
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 2);
  });

  test('stop the functions before the buckets are emptied', () => {
    const template = templateOf();
    const emptying = Object.keys(template.findResources('Custom::S3AutoDeleteObjects'));
    const ofFailedRecords = emptying.filter((id) => id.includes('FailedRecords'));

    const writers = Object.values(template.findResources('AWS::Lambda::Function')).filter(({ Properties }) => Properties.Environment?.Variables.ARCHIVE_BUCKET_NAME);
    const ofArchive = emptying.filter((id) => id.includes('Archive'));

    const relay = theResource(template, 'AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.EVENT_SOURCE);

    expect(emptying).toHaveLength(2);
    expect(writers.map(({ DependsOn }) => DependsOn)).toEqual([expect.arrayContaining(ofArchive), expect.arrayContaining(emptying)]);
    expect(relay.DependsOn).toEqual(expect.arrayContaining(ofFailedRecords));
  });

  test('retain the data if configured', () => {
    const { template } = synthesize({ removalPolicy: RemovalPolicy.RETAIN, logRetention: RetentionDays.ONE_YEAR });

    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::SecretsManager::Secret', 'AWS::Logs::LogGroup']) {
      template.allResources(type, { DeletionPolicy: 'Retain' });
    }
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('tag every resource that supports tags', () => {
    const { template } = synthesize({ tags: { Team: 'payments' } });

    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', { Replicas: [Match.objectLike({ Tags: [{ Key: 'Team', Value: 'payments' }] })] });
    for (const type of ['AWS::Lambda::Function', 'AWS::S3::Bucket', 'AWS::StepFunctions::StateMachine', 'AWS::SQS::Queue', 'AWS::SNS::Topic']) {
      template.hasResourceProperties(type, { Tags: Match.arrayWith([{ Key: 'Team', Value: 'payments' }]) });
    }
  });

  test('synthesize the same template twice', () => {
    const [first, second] = [1, 2].map(() => synthesize({ environmentSuffix: 'test' }).template.toJSON());

    expect(first).toEqual(second);
  });
});

test('a system in the smallest app needs no props, and then has images', () => {
  const stack = new Stack(new App(), 'Stack');
  new WebhookProcessingSystem(stack, 'Payments');

  expect(Template.fromStack(stack).toJSON()).toEqual(synthesize({ handlerCode: HandlerCode.bundledImages() }).template.toJSON());
});
