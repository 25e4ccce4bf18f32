import { Match } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { synthesize, templateOf } from './support/system';

const alarmOf = (name: string, properties: object) => ({ AlarmName: `webhooks-${name}-test`, ...properties });

describe('alarms on progress', () => {
  test.each([
    ['relay-stopped', 'RelayHeartbeats', 3], ['sweep-stopped', 'SweepsCompleted', 3], ['archival-stopped', 'ArchivalHeartbeats', 6],
  ])('%s fires without data, because a function that is stopped publishes none', (name, MetricName, EvaluationPeriods) => {
    templateOf({ environmentSuffix: 'test' }).hasResourceProperties('AWS::CloudWatch::Alarm', alarmOf(name, {
      MetricName, EvaluationPeriods, ComparisonOperator: 'LessThanThreshold', Threshold: 1, TreatMissingData: 'breaching', Period: 300, Statistic: 'Sum',
    }));
  });
});

describe('the metric filter of throttled requests', () => {
  test('counts by the id of the API, which the access log contains', () => {
    const template = templateOf({ environmentSuffix: 'test' });

    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.status = "429" }',
      MetricTransformations: [{ Dimensions: [{ Key: 'Api', Value: '$.apiId' }], MetricName: 'RequestsThrottled', MetricNamespace: 'WebhookProcessingSystem', MetricValue: '1' }],
    });
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      AccessLogSetting: { Format: Match.serializedJson(Match.objectLike({ apiId: '$context.apiId', status: '$context.status' })) },
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

    expect(namesOf('^Tickets')).toEqual(['throttled', 'archival-late', 'archival-stopped', 'alerts-not-delivered', 'dead-letters']);
    expect(namesOf('^Pages')).toEqual([
      'secret-not-set', 'server-errors', 'relay-errors', 'relay-late', 'relay-stopped', 'sweep-stopped', 'workflow-failed', 'workflow-timed-out',
      'dead-letter-arrived',
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
    template.resourceCountIs('AWS::CloudWatch::Alarm', 13);
  });

  test.each([
    ['an unknown name', { 'relay-slow': {} }, /`alarmOverrides` must have names of alarms as keys, got: 'relay-slow'. Did you mean 'relay-late'\? Use one of secret-not-set, .+\./],
    ['a threshold of 0', { 'relay-late': { threshold: 0 } }, /`alarmOverrides.relay-late.threshold` must be above 0, got: 0/],
    ['no number', { 'relay-late': { threshold: NaN } }, /`alarmOverrides.relay-late.threshold` must be above 0, got: NaN/],
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
    expect(Properties.AlarmActions).toBeUndefined();
    expect(system.healthAlarm.alarmName).toBeDefined();
  });
});
