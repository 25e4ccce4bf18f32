import { type AwsRule, type CfnTemplate, lengthRule, rangeRule, resourcesOf, textOf } from './aws-rule';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const EVENTS_QUOTAS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html';
const MAX_EVENT_NUMBER = 5e9;
const SCHEMAS_API = 'https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname-schemas-name-schemaname.html';

/** The statements of a policy of a topic or a queue. */
function statementsFor(template: CfnTemplate, type: string, list: string, logicalId: string): any[] {
  return resourcesOf(template, type)
    .filter(([, { Properties }]) => Properties[list].some(({ Ref }: any) => Ref === logicalId))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}
const admits = (statements: any[], service: string, action: string) => statements
  .some(({ Effect, Principal, Action }) => Effect === 'Allow' && Principal.Service === service && [Action].flat().includes(action));
const principalsOf = (template: CfnTemplate, keyId: string): any[] => template.Resources[keyId].Properties.KeyPolicy.Statement;

/** The numbers that an event pattern compares. */
function numbersIn(pattern: any): number[] {
  return typeof pattern === 'number' ? [pattern] : typeof pattern === 'object' && pattern !== null ? Object.values(pattern).flatMap(numbersIn) : [];
}

/** EventBridge, SNS, SQS, KMS and CloudWatch. */
export const MESSAGING_RULES: readonly AwsRule[] = [
  {
    rule: 'An event pattern has at most 2,048 characters',
    source: EVENTS_QUOTAS,
    type: 'AWS::Events::Rule',
    violation: ({ EventPattern }) => EventPattern && JSON.stringify(EventPattern).length > 2_048 && `${JSON.stringify(EventPattern).length} characters`,
    breakIt: (properties) => {
      properties.EventPattern = { source: ['x'.repeat(2_048)] };
    },
  },
  {
    rule: 'Numbers in an event pattern are within 5e9, and a range has two different ends',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching',
    type: 'AWS::Events::Rule',
    violation: ({ EventPattern }) => numbersIn(EventPattern).find((number) => Math.abs(number) > MAX_EVENT_NUMBER)?.toString(),
    breakIt: (properties) => {
      properties.EventPattern = { detail: { amount: [{ numeric: ['>', 6e9] }] } };
    },
  },
  {
    rule: 'A rule has at most five targets',
    source: EVENTS_QUOTAS,
    type: 'AWS::Events::Rule',
    violation: ({ Targets = [] }) => Targets.length > 5 && `${Targets.length} targets`,
    breakIt: (properties) => {
      properties.Targets = Array(6).fill({});
    },
  },
  {
    rule: 'A target retries for 60 to 86,400 seconds and at most 185 times',
    source: `${CFN}/aws-properties-events-rule-retrypolicy.html`,
    type: 'AWS::Events::Rule',
    violation: ({ Targets = [] }) => Targets.map(({ RetryPolicy = {} }: any) => RetryPolicy)
      .some(({ MaximumEventAgeInSeconds: age = 60, MaximumRetryAttempts: attempts = 0 }: any) => age < 60 || age > 86_400 || attempts > 185)
      && 'out of range',
    breakIt: (properties) => {
      properties.Targets = [{ RetryPolicy: { MaximumRetryAttempts: 186 } }];
    },
  },
  {
    rule: 'An encrypted bus has a dead-letter queue, whose policy admits EventBridge for that bus',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html',
    type: 'AWS::Events::EventBus',
    violation: ({ KmsKeyIdentifier, DeadLetterConfig }, template, logicalId) => KmsKeyIdentifier
      && !statementsFor(template, 'AWS::SQS::QueuePolicy', 'Queues', DeadLetterConfig?.Arn['Fn::GetAtt'][0])
        .some(({ Condition }) => Condition?.ArnEquals?.['aws:SourceArn']['Fn::GetAtt']?.[0] === logicalId) && 'no queue that admits it',
    breakIt: (properties) => Object.assign(properties, { KmsKeyIdentifier: 'key', DeadLetterConfig: undefined }),
  },
  {
    rule: "The policy of a target's dead-letter queue admits EventBridge",
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
    type: 'AWS::Events::Rule',
    violation: ({ Targets = [] }, template) => Targets
      .map(({ DeadLetterConfig }: any) => DeadLetterConfig?.Arn['Fn::GetAtt'][0])
      .find((queue: string | undefined) => queue && !admits(statementsFor(template, 'AWS::SQS::QueuePolicy', 'Queues', queue), 'events.amazonaws.com', 'sqs:SendMessage')),
    breakIt: (properties) => {
      properties.Targets = [{ DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['OtherQueue', 'Arn'] } } }];
    },
  },
  {
    rule: 'The unit of a rate is singular for 1 and plural for other numbers',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-rate-expressions',
    type: 'AWS::Events::Rule',
    violation: ({ ScheduleExpression }) => ScheduleExpression && !/^rate\((1 (minute|hour|day)|(?!1 |0)\d+ (minutes|hours|days))\)$/.test(ScheduleExpression) && ScheduleExpression,
    breakable: ({ ScheduleExpression }) => ScheduleExpression !== undefined,
    breakIt: (properties) => {
      properties.ScheduleExpression = 'rate(1 hours)';
    },
  },
  lengthRule('AWS::Events::Rule', 'Name', 64, `${CFN}/aws-resource-events-rule.html`),
  lengthRule('AWS::Events::Rule', 'Description', 512, `${CFN}/aws-resource-events-rule.html`),
  {
    rule: 'A queue is encrypted by SQS or by a key of KMS, not by both',
    source: `${CFN}/aws-resource-sqs-queue.html`,
    type: 'AWS::SQS::Queue',
    violation: ({ KmsMasterKeyId, SqsManagedSseEnabled }) => KmsMasterKeyId && SqsManagedSseEnabled && 'both',
    breakIt: (properties) => Object.assign(properties, { KmsMasterKeyId: 'key', SqsManagedSseEnabled: true }),
  },
  {
    rule: 'A queue that EventBridge sends to is encrypted by a key that admits EventBridge, without conditions',
    source: 'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
    type: 'AWS::SQS::Queue',
    violation: ({ KmsMasterKeyId }, template) => {
      const key = KmsMasterKeyId?.['Fn::GetAtt']?.[0];
      return key && !admits(principalsOf(template, key).filter(({ Condition }) => !Condition), 'events.amazonaws.com', 'kms:Decrypt') && key;
    },
    breakable: ({ KmsMasterKeyId }) => KmsMasterKeyId?.['Fn::GetAtt'],
    breakIt: ({ KmsMasterKeyId }, template) => principalsOf(template, KmsMasterKeyId['Fn::GetAtt'][0])
      .forEach((statement) => Object.assign(statement, { Condition: { StringEquals: { 'aws:SourceAccount': 'account' } } })),
  },
  {
    rule: 'A policy replaces the default one of SNS: a topic that alarms notify admits CloudWatch',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html',
    type: 'AWS::CloudWatch::Alarm',
    violation: ({ AlarmActions = [] }, template) => AlarmActions.map(({ Ref }: any) => Ref)
      .find((topic: string) => !admits(statementsFor(template, 'AWS::SNS::TopicPolicy', 'Topics', topic), 'cloudwatch.amazonaws.com', 'sns:Publish')),
    breakIt: (properties, template) => {
      properties.AlarmActions = [{ Ref: 'OtherTopic' }];
      template.Resources.OtherPolicy = {
        Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'OtherTopic' }], PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*' }] } },
      };
    },
  },
  {
    rule: 'The subject of an SMS, the display name, has at most ten characters',
    source: 'https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html',
    type: 'AWS::SNS::Topic',
    violation: ({ DisplayName }) => (DisplayName ?? '').length > 10 && DisplayName,
    breakIt: (properties) => {
      properties.DisplayName = 'Payment alerts';
    },
  },
  {
    rule: 'A log group with a key of KMS: the key admits the log service of the region',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    type: 'AWS::Logs::LogGroup',
    violation: ({ KmsKeyId }, template) => {
      const key = KmsKeyId?.['Fn::GetAtt']?.[0];
      return key && !principalsOf(template, key).some(({ Principal }) => textOf(Principal.Service).startsWith('logs.')) && key;
    },
    breakable: ({ KmsKeyId }) => KmsKeyId?.['Fn::GetAtt'],
    breakIt: ({ KmsKeyId }, template) => {
      template.Resources[KmsKeyId['Fn::GetAtt'][0]].Properties.KeyPolicy.Statement = [];
    },
  },
  {
    rule: 'Dashboard names are global in an account: they contain the region',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Dashboards.html',
    type: 'AWS::CloudWatch::Dashboard',
    violation: ({ DashboardName }) => DashboardName !== undefined && !JSON.stringify(DashboardName).includes('AWS::Region') && JSON.stringify(DashboardName),
    breakIt: (properties) => {
      properties.DashboardName = 'transaction-metrics-prod';
    },
  },
  {
    rule: 'The rule of a composite alarm has at most 10,240 characters and 100 alarms',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html',
    type: 'AWS::CloudWatch::CompositeAlarm',
    violation: ({ AlarmRule }) => {
      const rule = JSON.stringify(AlarmRule);
      const alarms = rule.match(/ALARM\(/g)!.length;
      return (rule.length > 10_240 || alarms > 100) && `${alarms} alarms, ${rule.length} characters`;
    },
    breakIt: (properties) => {
      properties.AlarmRule = Array(101).fill('ALARM("any")').join(' OR ');
    },
  },
  {
    rule: 'A metric filter has at most three dimensions',
    source: `${CFN}/aws-properties-logs-metricfilter-metrictransformation.html`,
    type: 'AWS::Logs::MetricFilter',
    violation: ({ MetricTransformations }) => MetricTransformations.find(({ Dimensions = [] }: any) => Dimensions.length > 3)?.MetricName,
    breakIt: ({ MetricTransformations: [transformation] }) => {
      transformation.Dimensions = Array(4).fill({ Key: 'Api', Value: '$.apiId' });
    },
  },
  {
    rule: 'A metric filter with dimensions has no default value',
    source: `${CFN}/aws-properties-logs-metricfilter-metrictransformation.html`,
    type: 'AWS::Logs::MetricFilter',
    violation: ({ MetricTransformations }) => MetricTransformations
      .find(({ DefaultValue, Dimensions }: any) => DefaultValue !== undefined && Dimensions !== undefined)?.MetricName,
    breakIt: ({ MetricTransformations: [transformation] }) => {
      transformation.DefaultValue = 0;
    },
  },
  {
    rule: 'A rule gets the events of a bucket only if the bucket sends them to EventBridge',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html',
    type: 'AWS::Events::Rule',
    violation: ({ EventPattern }, { Resources }) => EventPattern?.source?.includes('aws.s3') && EventPattern.detail.bucket.name
      .find(({ Ref }: any) => !Resources[Ref].Properties.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled),
    breakable: ({ EventPattern }) => EventPattern?.source?.includes('aws.s3'),
    breakIt: ({ EventPattern }, { Resources }) => {
      delete Resources[EventPattern.detail.bucket.name[0].Ref].Properties.NotificationConfiguration;
    },
  },
  lengthRule('AWS::CloudWatch::Alarm', 'AlarmName', 255, `${CFN}/aws-resource-cloudwatch-alarm.html`),
  lengthRule('AWS::CloudWatch::Alarm', 'AlarmDescription', 1_024, 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'),
  {
    rule: 'The periods of an alarm are at most 7 days in total, and at most one day if a period is shorter than an hour',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    type: 'AWS::CloudWatch::Alarm',
    violation: ({ Period, Metrics = [], EvaluationPeriods }) => {
      const period = Period ?? Metrics.find(({ MetricStat }: any) => MetricStat).MetricStat.Period;
      const total = period * EvaluationPeriods;
      return total > (period < 3_600 ? 1 : 7) * 86_400 && `${total} seconds`;
    },
    breakIt: (properties) => Object.assign(properties, { Period: 3_600, EvaluationPeriods: 169 }),
  },
  {
    rule: 'SERVICE_QUOTA takes the metric of the quota: Lambda names ConcurrentExecutions, which has no dimension for the whole account',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html#claimed-account-concurrency-example',
    type: 'AWS::CloudWatch::Alarm',
    violation: ({ Metrics = [] }) => Metrics
      .flatMap(({ Expression }: any) => /SERVICE_QUOTA\((\w+)\)/.exec(Expression ?? '')?.[1] ?? [])
      .map((id: string) => Metrics.find(({ Id }: any) => Id === id).MetricStat.Metric)
      .find(({ MetricName, Dimensions }: any) => MetricName !== 'ConcurrentExecutions' || Dimensions)?.MetricName,
    breakable: ({ Metrics = [] }) => Metrics.some(({ Expression }: any) => Expression?.includes('SERVICE_QUOTA')),
    breakIt: ({ Metrics }) => Metrics.forEach(({ MetricStat }: any) => Object.assign(MetricStat?.Metric ?? {}, { Dimensions: [{ Name: 'FunctionName', Value: 'a' }] })),
  },
  {
    rule: 'An alarm has at most 10 metrics, and only one of them is its result',
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html',
    type: 'AWS::CloudWatch::Alarm',
    violation: ({ Metrics }) => Metrics && (Metrics.length > 10 || Metrics.filter(({ ReturnData = true }: any) => ReturnData).length !== 1) && `${Metrics.length} metrics`,
    breakable: ({ Metrics }) => Metrics !== undefined,
    breakIt: ({ Metrics }) => Metrics.forEach((metric: any) => Object.assign(metric, { ReturnData: true })),
  },
  rangeRule('AWS::CloudWatch::Alarm', 'Period', 10, 86_400, 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html'),
  {
    rule: 'The content of a schema has at most 100,000 characters, and is JSON of OpenAPI 3.0 with the component AWSEvent',
    source: SCHEMAS_API,
    type: 'AWS::EventSchemas::Schema',
    violation: ({ Content, Type }) => {
      const { openapi, paths, components } = JSON.parse(Content);
      return (Content.length > 100_000 || Type !== 'OpenApi3' || !/^3\.0\.\d$/.test(openapi) || !paths || !components.schemas.AWSEvent) && `${Content.length} characters of ${Type}`;
    },
    breakIt: (properties) => {
      properties.Type = 'JSONSchemaDraft4';
    },
  },
  lengthRule('AWS::EventSchemas::Schema', 'Description', 256, SCHEMAS_API),
  lengthRule('AWS::EventSchemas::Registry', 'Description', 256, 'https://docs.aws.amazon.com/eventbridge/latest/schema-reference/v1-registries-name-registryname.html'),
  {
    rule: 'The name of a schema has at most 385 characters: letters, digits and . - _ @',
    // The reference names the parameter. The limit is that of Terraform's provider (hashicorp/terraform-provider-aws, schemas/schema.go).
    source: SCHEMAS_API,
    type: 'AWS::EventSchemas::Schema',
    violation: ({ SchemaName }) => !/^[\w.@-]{1,385}$/.test(textOf(SchemaName)) && textOf(SchemaName),
    breakIt: (properties) => {
      properties.SchemaName = 'transaction/received';
    },
  },
];
