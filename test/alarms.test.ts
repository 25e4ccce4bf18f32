import { Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { WebhookProvider } from '../src';
import { synthesize, templateOf } from './support/system';

const alarmOf = (name: string, properties: object) => ({ AlarmName: `webhooks-${name}-test`, ...properties });

describe('alarms on progress', () => {
  test.each([
    ['relay-stopped', 'RelayHeartbeats', 3], ['sweep-stopped', 'SweepsCompleted', 3], ['archival-stopped', 'ArchivalHeartbeats', 6],
  ])('%s fires after its periods without data, because a function that is stopped publishes none', (name, MetricName, EvaluationPeriods) => {
    templateOf({ environmentSuffix: 'test' }).hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf(name, {
      EvaluationPeriods,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
      Metrics: [
        Match.objectLike({ Expression: 'FILL(progress, 0)' }),
        Match.objectLike({ MetricStat: { Metric: Match.objectLike({ MetricName }), Period: 300, Stat: 'Sum' } }),
      ],
    }));
  });
});

describe('alarms on open transactions', () => {
  const template = templateOf({ environmentSuffix: 'test' });

  test('fire if one is older than its workflow and the first attempt of the sweep can take, and keep their state without data', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('open-too-long', {
      MetricName: 'OldestOpenTransactionAge',
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1_200,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'ignore',
    }));
  });

  test('fire as long as one waits for a redrive, and if the sweep republishes many', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('awaiting-redrive', {
      MetricName: 'TransactionsAwaitingRedrive', Statistic: 'Maximum', Period: 900, Threshold: 1, TreatMissingData: 'notBreaching',
    }));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('sweep-republishes', {
      MetricName: 'TransactionsSwept', Statistic: 'Sum', Period: 3_600, Threshold: 5, TreatMissingData: 'notBreaching',
    }));
  });
});

describe('the alarm on the concurrency of the account', () => {
  test('compares what is claimed with the quota, for all functions', () => {
    const ofTheAccount = (Id: string, MetricName: string) => ({
      Id, ReturnData: false, MetricStat: { Metric: { Namespace: 'AWS/Lambda', MetricName }, Period: 300, Stat: 'Maximum' },
    });

    templateOf({ environmentSuffix: 'test' }).hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('concurrency', {
      Threshold: 80,
      TreatMissingData: 'notBreaching',
      Metrics: [
        Match.objectLike({ Expression: 'claimed / SERVICE_QUOTA(executions) * 100' }),
        ofTheAccount('claimed', 'ClaimedAccountConcurrency'), ofTheAccount('executions', 'ConcurrentExecutions'),
      ],
    }));
  });
});

describe('the alarm on recipients without a confirmation', () => {
  test('fires after a day, before SNS deletes the subscription', () => {
    templateOf({ environmentSuffix: 'test', alertEmails: ['a@example.com'] }).hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('alerts-unconfirmed', {
      MetricName: 'AlertRecipientsUnconfirmed',
      Statistic: 'Maximum',
      Period: 3_600,
      EvaluationPeriods: 24,
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    }));
  });

  test('exists only with `alertEmails`, and its override is accepted in each system', () => {
    const template = templateOf({ environmentSuffix: 'test', alertPhoneNumbers: ['+12025550123'], alarmOverrides: { 'alerts-unconfirmed': { evaluationPeriods: 48 } } });

    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', alarmOf('alerts-unconfirmed', {}), 0);
  });
});

describe('alarms on a provider', () => {
  const providers = [WebhookProvider.stripe({ expectWebhooksEvery: Duration.hours(12) }), WebhookProvider.wise()];
  const template = templateOf({ environmentSuffix: 'test', providers });
  const of = (provider: string, MetricName: string, Period: number) => Match.objectLike({
    MetricStat: {
      Metric: { Namespace: 'WebhookProcessingSystem', MetricName, Dimensions: [{ Name: 'Provider', Value: provider }, { Name: 'System', Value: 'test' }] },
      Period,
      Stat: 'Sum',
    },
  });
  const namesOf = (provider: string) => Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties.AlarmName as string)
    .flatMap((name) => new RegExp(`^webhooks-(.+)-${provider}-test$`).exec(name)?.[1] ?? []);

  test('exist for each provider, except for what it does not have', () => {
    expect(namesOf('stripe')).toEqual(['mostly-rejected', 'unparsed', 'secret-not-set', 'silent']);
    expect(namesOf('wise')).toEqual(['mostly-rejected', 'unparsed']);
  });

  test('name the provider, and link to one entry of the runbook', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('mostly-rejected-wise', {
      AlarmDescription: Match.stringLikeRegexp('^For 45 minutes, more webhooks of wise had .* Runbook: https://.*#webhooks-mostly-rejected-provider-suffix$'),
    }));
  });

  test('fire if more signatures mismatch than webhooks are accepted, and at least 3 do, in three periods', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('mostly-rejected-stripe', {
      Threshold: 3,
      EvaluationPeriods: 3,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [
        Match.objectLike({ Expression: 'IF(mismatched > FILL(stored, 0) + FILL(duplicates, 0), mismatched, 0)' }),
        of('stripe', 'SignaturesMismatched', 900), of('stripe', 'WebhooksStored', 900), of('stripe', 'WebhooksDuplicate', 900),
      ],
    }));
  });

  test('fire if no webhook was accepted for the expected time, in periods of one hour', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('silent-stripe', {
      Threshold: 1,
      EvaluationPeriods: 12,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
      Metrics: [
        Match.objectLike({ Expression: 'FILL(stored, 0) + FILL(duplicates, 0)' }), of('stripe', 'WebhooksStored', 3_600), of('stripe', 'WebhooksDuplicate', 3_600),
      ],
    }));
  });

  test('fire if 10 webhooks in an hour cannot be parsed', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('unparsed-wise', { MetricName: 'WebhooksUnparsed', Period: 3_600, Threshold: 10 }));
  });

  test('are changed by one override for all providers', () => {
    const overridden = templateOf({
      environmentSuffix: 'test', providers, alarmOverrides: { 'mostly-rejected': { threshold: 20 }, 'unparsed': { enabled: false } },
    });

    overridden.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmName: Match.stringLikeRegexp('mostly-rejected-(stripe|wise)'), Threshold: 20 }, 2);
    overridden.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', { AlarmName: Match.stringLikeRegexp('unparsed') }, 0);
  });

  test('are at most as many as the health alarm can watch', () => {
    // CloudWatch allows 100 (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html).
    const many = Array.from({ length: 29 }, (_, index) => WebhookProvider.wise({ name: `w${index}`, expectWebhooksEvery: Duration.days(1) }));

    expect(() => templateOf({ providers: many }))
      .toThrow('`providers` must have at most 100 alarms together with the system, which is what a composite alarm can watch, got 107. Disable some with `alarmOverrides`.');
  });
});

describe('the metric filters of the access log', () => {
  test.each([
    ['throttled', '429', 'RequestsThrottled'],
    ['too-large', '413', 'RequestsTooLarge'],
  ])('count for the alarm %s by the id of the API, which the access log contains', (alarm, status, MetricName) => {
    const template = templateOf({ environmentSuffix: 'test' });

    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: `{ ($.status = "${status}") && ($.resourcePath != "/webhook/{provider}") }`,
      MetricTransformations: [{ Dimensions: [{ Key: 'Api', Value: '$.apiId' }], MetricName, MetricNamespace: 'WebhookProcessingSystem', MetricValue: '1' }],
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf(alarm, { MetricName, Threshold: 1 }));
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      AccessLogSetting: {
        Format: Match.serializedJson(Match.objectLike({
          apiId: '$context.apiId', status: '$context.status', resourcePath: '$context.resourcePath',
        })),
      },
    });
  });
});

describe('`ticketTopic`', () => {
  test('is notified of alarms that can wait, and `alarmTopic` of the others', () => {
    const { template } = synthesize((stack) => ({
      environmentSuffix: 'test', alarmTopic: new Topic(stack, 'Pages'), ticketTopic: new Topic(stack, 'Tickets'),
    }));
    const namesOf = (topic: string) => Object.values(template.findResources('AWS::CloudWatch::Alarm', {
      Properties: { AlarmActions: [{ Ref: Match.stringLikeRegexp(topic) }], OKActions: [{ Ref: Match.stringLikeRegexp(topic) }] },
    })).map(({ Properties }) => Properties.AlarmName.slice('webhooks-'.length, -'-test'.length));

    expect(namesOf('^Tickets')).toEqual([
      'unparsed-standard-webhooks', 'throttled', 'concurrency', 'too-large', 'awaiting-redrive', 'sweep-republishes', 'archival-late', 'archival-stopped',
      'alerts-not-delivered', 'dead-letters',
    ]);
    expect(namesOf('^Pages')).toEqual([
      'mostly-rejected-standard-webhooks', 'secret-not-set-standard-webhooks', 'server-errors', 'relay-errors', 'relay-late', 'relay-stopped',
      'relay-records-lost', 'sweep-stopped', 'open-too-long', 'archival-records-lost', 'workflow-failed', 'workflow-timed-out', 'dead-letter-arrived',
    ]);
  });

  test('can be the same topic, which allows alarms once', () => {
    const { template } = synthesize((stack) => {
      const topic = new Topic(stack, 'Pages');
      return { environmentSuffix: 'test', alarmTopic: topic, ticketTopic: topic };
    });

    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('^Pages') }],
      PolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'cloudwatch.amazonaws.com' } })] },
    });
  });
});

describe('`alarmOverrides`', () => {
  test('changes the threshold and the periods of an alarm, and omits another one', () => {
    const template = templateOf({
      environmentSuffix: 'test',
      alarmOverrides: { 'server-errors': { threshold: 5, evaluationPeriods: 2 }, 'relay-stopped': { evaluationPeriods: 6 }, 'throttled': { enabled: false } },
    });

    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('server-errors', { Threshold: 5, EvaluationPeriods: 2 }));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf('relay-stopped', { Threshold: 1, EvaluationPeriods: 6 }));
    template.resourcePropertiesCountIs('AWS::CloudWatch::Alarm', alarmOf('throttled', {}), 0);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 22);
  });

  test.each([
    ['an unknown name', { 'relay-slow': {} }, /`alarmOverrides` must have names of alarms as keys, got: 'relay-slow'. Did you mean 'relay-late'\? Use one of mostly-rejected, .+\./],
    ['a threshold of 0', { 'relay-late': { threshold: 0 } }, /`alarmOverrides.relay-late.threshold` must be above 0, got: 0/],
    ['no number', { 'relay-late': { threshold: NaN } }, /`alarmOverrides.relay-late.threshold` must be above 0, got: NaN/],
    ['more than a day of periods of 15 minutes', { 'mostly-rejected': { evaluationPeriods: 97 } }, /`alarmOverrides.mostly-rejected.evaluationPeriods` must be a whole number from 1 to 96, got: 97/],
    ['more than 7 days', { unparsed: { evaluationPeriods: 169 } }, /`alarmOverrides.unparsed.evaluationPeriods` must be a whole number from 1 to 168, got: 169/],
    ['more than 7 days of an alarm that the system does not have', { silent: { evaluationPeriods: 169 } }, /`alarmOverrides.silent.evaluationPeriods` must be a whole number from 1 to 168, got: 169/],
    ['more than a day', { 'relay-late': { evaluationPeriods: 289 } }, /`alarmOverrides.relay-late.evaluationPeriods` must be a whole number from 1 to 288, got: 289/],
  ])('rejects %s', (_, alarmOverrides, message) => {
    expect(() => templateOf({ alarmOverrides })).toThrow(message);
  });
});

describe('the health alarm', () => {
  test('fires if any alarm does, and notifies nobody', () => {
    const { template, system } = synthesize({ environmentSuffix: 'test', alarmOverrides: { throttled: { enabled: false } } });
    const [{ Properties }] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm'));

    expect(Properties.AlarmName).toBe('webhooks-health-test');
    expect(JSON.stringify(Properties.AlarmRule).match(/ALARM\(/g)).toHaveLength(system.alarms.length);
    expect(JSON.stringify(Properties.AlarmRule)).not.toContain('GetAtt');
    expect(Properties.AlarmActions).toBeUndefined();
    expect(system.healthAlarm.alarmName).toBeDefined();
  });
});
