import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  Alarm, AlarmRule, AlarmState, ComparisonOperator, CompositeAlarm, MathExpression, Metric, Stats, TreatMissingData, type AlarmProps, type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { FIVE_MINUTES, PROVIDER, type MetricCatalog } from './metric-catalog';

export interface OperationalAlarmsProps {
  readonly metrics: MetricCatalog;
  readonly api: RestApi;
  readonly throttledRequests: IMetric;
  readonly tooLargeRequests: IMetric;
  readonly relay: IFunction;
  readonly archival: IFunction;
  readonly workflow: StateMachine;
  readonly alerts: ITopic;
  readonly deadLetters: IQueue;
}

const RUNBOOK = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';
const QUARTER_HOUR = Duration.minutes(15);

/** An alarm for each way to fail, and one for all of them. */
export class OperationalAlarms extends Construct {
  public readonly all: Alarm[] = [];

  constructor(scope: Construct, id: string, private readonly props: OperationalAlarmsProps) {
    super(scope, id);
    this.watchWebhooks();
    this.watchApi();
    this.watchRelay();
    this.watchSweep();
    this.watchArchival();
    this.watchAlerts();
    new CompositeAlarm(this, 'Health', {
      alarmDescription: `At least one alarm of the system is in the state ALARM. It notifies nobody: each alarm does. Runbook: ${RUNBOOK}#webhooks-health-suffix`,
      alarmRule: AlarmRule.anyOf(...this.all.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
  }

  private watchWebhooks(): void {
    const { metrics } = this.props;
    const ofQuarterHour = (name: string) => metrics.ofProvider(name, { period: QUARTER_HOUR });
    this.add('MostlyRejected', 'mostly-rejected-provider', `For 45 minutes, more webhooks of ${PROVIDER} had a signature that no secret made than were `
      + 'accepted. The secret is probably wrong: genuine webhooks are rejected, and are lost when the provider stops its retries.', new MathExpression({
      expression: 'IF(mismatched > FILL(stored, 0) + FILL(duplicates, 0), mismatched, 0)',
      usingMetrics: {
        mismatched: ofQuarterHour('SignaturesMismatched'), stored: ofQuarterHour('WebhooksStored'), duplicates: ofQuarterHour('WebhooksDuplicate'),
      },
      period: QUARTER_HOUR,
    }), { threshold: 3, evaluationPeriods: 3 });
    this.add('Unparsed', 'unparsed-provider', `Authentic webhooks of ${PROVIDER} are stored but cannot be parsed. Their payments are not assessed and alerted.`,
      metrics.ofProvider('WebhooksUnparsed', { period: Duration.hours(1) }), { threshold: 10 });
    this.add('SecretNotSet', 'secret-not-set-provider', `The provider ${PROVIDER} has no usable signing secret. Its webhooks are answered with 503, `
      + 'and it retries them.', metrics.ofProvider('SecretNotSet'));
  }

  private watchApi(): void {
    const ofAccount = (metricName: string) => new Metric({
      namespace: 'AWS/Lambda', metricName, statistic: Stats.MAXIMUM, period: FIVE_MINUTES,
    });
    this.add('ServerErrors', 'server-errors', 'The API answered at least 2 webhooks with 5xx within 15 minutes. Providers retry them.',
      this.props.api.metricServerError({ period: QUARTER_HOUR, statistic: Stats.SUM }), { threshold: 2 });
    this.add('Throttled', 'throttled', 'The API answered requests to the path of a provider with 429, because they exceed its limit. '
      + 'Providers retry webhooks, and events are late.', this.props.throttledRequests);
    this.add('Concurrency', 'concurrency', 'The functions of the account use 80 % of its concurrency. At 100 %, Lambda throttles this system: '
      + 'webhooks are answered with 5xx.', new MathExpression({
      expression: 'claimed / SERVICE_QUOTA(executions) * 100',
      usingMetrics: { claimed: ofAccount('ClaimedAccountConcurrency'), executions: ofAccount('ConcurrentExecutions') },
      period: FIVE_MINUTES,
    }), { threshold: 80 });
    this.add('TooLarge', 'too-large', 'The API answered requests with 413, because they are larger than about 4.4 MB or contain more than 100 '
      + 'notifications. Webhooks among them are lost when the provider stops its retries.', this.props.tooLargeRequests);
  }

  private watchRelay(): void {
    const { relay } = this.props;
    this.add('RelayErrors', 'relay-errors', 'The event relay fails. Events and alerts are late. They are lost after 24 hours.',
      relay.metricErrors({ period: FIVE_MINUTES }));
    this.add('RelayLate', 'relay-late', 'The event relay is more than 5 minutes behind. Events and alerts are late.',
      iteratorAge(relay), { threshold: FIVE_MINUTES.toMilliseconds() });
    this.addProgress('RelayStopped', 'relay-stopped', 'The event relay has published nothing for 15 minutes, not even the heartbeat. Webhooks are '
      + 'stored, but there are no events, verdicts and alerts.', 'RelayHeartbeats', 3);
    this.add('RelayRecordsLost', 'relay-records-lost', 'Changes that the event relay could not publish for 23 hours could not be written to the '
      + 'bucket for failed records either. Their events are lost unless you publish them from the table.', lostRecords(relay));
  }

  private watchSweep(): void {
    const { metrics } = this.props;
    this.addProgress('SweepStopped', 'sweep-stopped', 'No sweep has completed for 15 minutes. Transactions whose workflow failed are not '
      + 'assessed and alerted again.', 'SweepsCompleted', 3);
    this.add('OpenTooLong', 'open-too-long', 'A transaction is not assessed and alerted 20 minutes after its receipt. Its workflow failed or '
      + 'died, and the first attempt of the sweep too.', metrics.of('OldestOpenTransactionAge', { statistic: Stats.MAXIMUM }), {
      threshold: Duration.minutes(20).toSeconds(), treatMissingData: TreatMissingData.IGNORE,
    });
    this.add('AwaitingRedrive', 'awaiting-redrive', 'The sweep gave up transactions, and nobody has redriven them. They are not assessed and '
      + 'alerted.', metrics.of('TransactionsAwaitingRedrive', { period: QUARTER_HOUR, statistic: Stats.MAXIMUM }));
    this.add('SweepRepublishes', 'sweep-republishes', 'The sweep republished at least 5 transactions within an hour. Their events do not reach '
      + 'the bus, or their workflow fails or dies. Transactions of other tiers can be affected too.',
    metrics.of('TransactionsSwept', { period: Duration.hours(1) }), { threshold: 5 });
  }

  private watchArchival(): void {
    const { archival } = this.props;
    this.add('ArchivalLate', 'archival-late', 'Archiving is more than 30 minutes behind. DynamoDB Streams keeps records for 24 hours.',
      iteratorAge(archival), { threshold: Duration.minutes(30).toMilliseconds() });
    this.addProgress('ArchivalStopped', 'archival-stopped', 'Nothing was archived for 30 minutes, not even the heartbeat was read. DynamoDB '
      + 'Streams keeps records for 24 hours.', 'ArchivalHeartbeats', 6);
    this.add('ArchivalRecordsLost', 'archival-records-lost', 'Changes that could not be archived for 23 hours could not be written to the '
      + 'bucket for failed records either. The archive is not complete.', lostRecords(archival));
  }

  private watchAlerts(): void {
    const { workflow, alerts, deadLetters } = this.props;
    this.add('WorkflowFailed', 'workflow-failed', 'The workflow could not assess or alert transactions. The dead-letter queue has the events.',
      workflow.metricFailed({ period: FIVE_MINUTES }));
    this.add('WorkflowTimedOut', 'workflow-timed-out', 'Executions of the workflow timed out. The sweep republishes their transactions.',
      workflow.metricTimedOut({ period: FIVE_MINUTES }));
    this.add('AlertsNotDelivered', 'alerts-not-delivered', 'SNS could not deliver alerts to a subscriber. Somebody who acts on alerts does not '
      + 'get them.', alerts.metricNumberOfNotificationsFailed({ period: FIVE_MINUTES }));
    this.add('DeadLetters', 'dead-letters', 'The dead-letter queue contains messages. Something could not be delivered or processed.',
      deadLetters.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }), {
        treatMissingData: TreatMissingData.IGNORE,
      });
    this.add('DeadLetterArrived', 'dead-letter-arrived', 'A message arrived in the dead-letter queue. Something could not be delivered or '
      + 'processed.', deadLetters.metricNumberOfMessagesSent({ period: Duration.minutes(20) }));
  }

  /** An alarm on a function that must publish a metric in each period. */
  private addProgress(id: string, entry: string, description: string, metricName: string, evaluationPeriods: number): void {
    const progress = this.props.metrics.of(metricName);
    this.add(id, entry, description, new MathExpression({ expression: 'FILL(progress, 0)', usingMetrics: { progress }, period: FIVE_MINUTES }), {
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private add(id: string, entry: string, description: string, metric: IMetric, options: Partial<AlarmProps> = {}): void {
    this.all.push(new Alarm(this, id, {
      alarmDescription: `${description} Runbook: ${RUNBOOK}#webhooks-${entry}-suffix`,
      metric,
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    }));
  }
}

function iteratorAge(consumer: IFunction): IMetric {
  return consumer.metric('IteratorAge', { period: FIVE_MINUTES, statistic: Stats.MAXIMUM });
}

function lostRecords(consumer: IFunction): IMetric {
  return consumer.metric('DestinationDeliveryFailures', { period: FIVE_MINUTES, statistic: Stats.SUM });
}
