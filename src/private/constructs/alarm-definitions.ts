import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { AlarmDefinition } from './alarm-definition';
import { OPTIONAL_PROVIDER_ALARMS, providerAlarmDefinitions } from './provider-alarm-definitions';
import type { MeasuredApi } from './webhook-ingress';
import type { BoundProvider } from '../bound-provider';
import { Metric as MetricName } from '../contract';
import type { PhysicalNames } from '../physical-names';
import { systemMetric } from '../system-metric';

/** The resources that alarms watch. */
export interface WatchedResources {
  readonly names: PhysicalNames;
  readonly providers: readonly BoundProvider[];
  readonly api: MeasuredApi;
  readonly throttledRequests: IMetric;
  readonly tooLargeRequests: IMetric;
  readonly eventRelay: IFunction;
  readonly transactionArchival: IFunction;
  readonly stateMachine: StateMachine;
  readonly deadLetterQueue: IQueue;
  readonly alertTopic: ITopic;
  /** Whether the sweep checks that the recipients of alerts have confirmed. */
  readonly confirmsRecipients: boolean;
}

/** The alarms that not every system has. */
export const OPTIONAL_ALARMS: readonly string[] = [...OPTIONAL_PROVIDER_ALARMS, 'alerts-unconfirmed'];

const PERIOD = { period: Duration.minutes(5) };

/** Every alarm, in the order of the data. */
export function alarmDefinitions(watched: WatchedResources): AlarmDefinition[] {
  const { names, eventRelay, transactionArchival, stateMachine, deadLetterQueue, alertTopic } = watched;
  const progressOf = (metric: string) => ({ metric: filled(systemMetric(names, metric, PERIOD)), ...NO_PROGRESS });
  return [
    ...watched.providers.flatMap((provider) => providerAlarmDefinitions(names, provider)),
    {
      id: 'ServerErrors',
      name: 'server-errors',
      severity: 'page',
      description: 'The API answered at least 2 webhooks with 5xx within 15 minutes. Providers retry them.',
      metric: watched.api.metricServerError({ period: Duration.minutes(15), statistic: Stats.SUM }),
      // A single failure is the provider's to retry, and happens on a normal day.
      threshold: 2,
    },
    {
      id: 'Throttled',
      name: 'throttled',
      severity: 'ticket',
      description: 'The API answered requests to the path of a provider with 429, because they exceed its limit. Providers retry webhooks, and events are late.',
      metric: watched.throttledRequests,
      threshold: 1,
    },
    {
      id: 'Concurrency',
      name: 'concurrency',
      severity: 'ticket',
      description: 'The functions of the account use 80 % of its concurrency. At 100 %, Lambda throttles this system: webhooks are answered with 5xx.',
      metric: claimedConcurrency(),
      threshold: 80,
    },
    {
      id: 'TooLarge',
      name: 'too-large',
      severity: 'ticket',
      description: 'The API answered requests with 413, because they are larger than about 4.4 MB or contain more than 100 notifications. Webhooks '
        + 'among them are lost when the provider stops its retries.',
      metric: watched.tooLargeRequests,
      threshold: 1,
    },
    {
      id: 'RelayErrors',
      name: 'relay-errors',
      severity: 'page',
      description: 'The event relay fails. Events and alerts are late. They are lost after 24 hours.',
      metric: eventRelay.metricErrors(PERIOD),
      threshold: 1,
    },
    {
      id: 'RelayLate',
      name: 'relay-late',
      severity: 'page',
      description: 'The event relay is more than 5 minutes behind. Events and alerts are late.',
      metric: iteratorAge(eventRelay),
      threshold: Duration.minutes(5).toMilliseconds(),
    },
    {
      id: 'RelayStopped',
      name: 'relay-stopped',
      severity: 'page',
      description: 'The event relay has published nothing for 15 minutes, not even the heartbeat. Webhooks are stored, but there are no events, '
        + 'verdicts and alerts.',
      ...progressOf(MetricName.RELAY_PROGRESS),
      periods: 3,
    },
    {
      id: 'RelayRecordsLost',
      name: 'relay-records-lost',
      severity: 'page',
      description: 'Changes that the event relay could not publish for 23 hours could not be written to the bucket for failed records either. '
        + 'Their events are lost unless you publish them from the table.',
      metric: lostRecords(eventRelay),
      threshold: 1,
    },
    {
      id: 'SweepStopped',
      name: 'sweep-stopped',
      severity: 'page',
      description: 'No sweep has completed for 15 minutes. Transactions whose workflow failed are not assessed and alerted again.',
      ...progressOf(MetricName.SWEEP_COMPLETED),
      periods: 3,
    },
    {
      id: 'OpenTooLong',
      name: 'open-too-long',
      severity: 'page',
      description: 'A transaction is not assessed and alerted 20 minutes after its receipt. Its workflow failed or died, and the first '
        + 'attempt of the sweep too.',
      metric: systemMetric(names, MetricName.OLDEST_OPEN, { ...PERIOD, statistic: Stats.MAXIMUM }),
      threshold: OPEN_TOO_LONG.toSeconds(),
      // A sweep that cannot read the index measures nothing, which closes no transaction. The alarm `sweep-stopped` covers that.
      missing: TreatMissingData.IGNORE,
    },
    {
      id: 'AwaitingRedrive',
      name: 'awaiting-redrive',
      severity: 'ticket',
      description: 'The sweep gave up transactions, and nobody has redriven them. They are not assessed and alerted.',
      metric: systemMetric(names, MetricName.AWAITING_REDRIVE, { period: Duration.minutes(15), statistic: Stats.MAXIMUM }),
      threshold: 1,
    },
    {
      id: 'SweepRepublishes',
      name: 'sweep-republishes',
      severity: 'ticket',
      description: 'The sweep republished at least 5 transactions within an hour. Their events do not reach the bus, or their workflow '
        + 'fails or dies. Transactions of other tiers can be affected too.',
      metric: systemMetric(names, MetricName.SWEPT, { period: Duration.hours(1) }),
      threshold: 5,
    },
    {
      id: 'ArchivalLate',
      name: 'archival-late',
      severity: 'ticket',
      description: 'Archiving is more than 30 minutes behind. DynamoDB Streams keeps records for 24 hours.',
      metric: iteratorAge(transactionArchival),
      threshold: Duration.minutes(30).toMilliseconds(),
    },
    {
      id: 'ArchivalStopped',
      name: 'archival-stopped',
      severity: 'ticket',
      description: 'Nothing was archived for 30 minutes, not even the heartbeat was read. DynamoDB Streams keeps records for 24 hours.',
      ...progressOf(MetricName.ARCHIVAL_PROGRESS),
      periods: 6,
    },
    {
      id: 'ArchivalRecordsLost',
      name: 'archival-records-lost',
      severity: 'page',
      description: 'Changes that could not be archived for 23 hours could not be written to the bucket for failed records either. '
        + 'The archive is not complete.',
      metric: lostRecords(transactionArchival),
      threshold: 1,
    },
    {
      id: 'WorkflowFailed',
      name: 'workflow-failed',
      severity: 'page',
      description: 'The workflow could not assess or alert transactions. The dead-letter queue has the events.',
      metric: stateMachine.metricFailed(PERIOD),
      threshold: 1,
    },
    {
      id: 'WorkflowTimedOut',
      name: 'workflow-timed-out',
      severity: 'page',
      description: 'Executions of the workflow timed out. The sweep republishes their transactions.',
      metric: stateMachine.metricTimedOut(PERIOD),
      threshold: 1,
    },
    {
      id: 'AlertsNotDelivered',
      name: 'alerts-not-delivered',
      severity: 'ticket',
      description: 'SNS could not deliver alerts to a subscriber. Somebody who acts on alerts does not get them.',
      metric: alertTopic.metricNumberOfNotificationsFailed(PERIOD),
      threshold: 1,
    },
    ...watched.confirmsRecipients ? [recipientsUnconfirmed(names)] : [],
    {
      id: 'DeadLetters',
      name: 'dead-letters',
      severity: 'ticket',
      description: 'The dead-letter queue contains messages. Something could not be delivered or processed.',
      metric: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: Stats.MAXIMUM }),
      threshold: 1,
      // SQS stops the metrics of an unused queue after six hours. The alarm then keeps its state instead of closing.
      missing: TreatMissingData.IGNORE,
    },
    {
      id: 'DeadLetterArrived',
      name: 'dead-letter-arrived',
      severity: 'page',
      description: 'A message arrived in the dead-letter queue. Something could not be delivered or processed.',
      // The metrics of a queue that becomes active are up to 15 minutes late. A shorter period would be over when the first value arrives
      // (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html).
      metric: deadLetterQueue.metricNumberOfMessagesSent({ period: Duration.minutes(20) }),
      threshold: 1,
    },
  ];
}

/**
 * The workflow takes under 4 minutes, and the sweep republishes a transaction after 10. At 15 minutes, the workflow has failed
 * twice. The rest is for a relay that is late, which has an alarm of its own.
 */
const OPEN_TOO_LONG = Duration.minutes(20);

/** SNS deletes a subscription that was not confirmed for 48 hours. After one day there is time to act. */
function recipientsUnconfirmed(names: PhysicalNames): AlarmDefinition {
  return {
    id: 'AlertsUnconfirmed',
    name: 'alerts-unconfirmed',
    severity: 'ticket',
    description: 'A recipient of alerts has not confirmed the subscription for a day, or has unsubscribed, and gets no alerts.',
    metric: systemMetric(names, MetricName.UNCONFIRMED_RECIPIENTS, { period: Duration.hours(1), statistic: Stats.MAXIMUM }),
    threshold: 1,
    periods: 24,
  };
}

/**
 * The share of the account's concurrency in a Region that functions use or reserve, in percent.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
function claimedConcurrency(): IMetric {
  const ofTheAccount = (metricName: string) => new Metric({ ...PERIOD, namespace: 'AWS/Lambda', metricName, statistic: Stats.MAXIMUM });
  return new MathExpression({
    ...PERIOD,
    expression: 'claimed / SERVICE_QUOTA(executions) * 100',
    usingMetrics: { claimed: ofTheAccount('ClaimedAccountConcurrency'), executions: ofTheAccount('ConcurrentExecutions') },
  });
}

/** A function that is stopped publishes no metric at all. */
const NO_PROGRESS = { threshold: 1, firesBelow: true, missing: TreatMissingData.BREACHING };

/**
 * The metric with 0 for each period without a value. CloudWatch evaluates more than
 * the periods of an alarm if some have no value, so that missing values alone fire
 * it 10 minutes later
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
 */
function filled(progress: Metric): IMetric {
  return new MathExpression({ expression: 'FILL(progress, 0)', usingMetrics: { progress }, period: PERIOD.period });
}

/** Deliveries to the failure destination that failed (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html). */
function lostRecords(consumer: IFunction): IMetric {
  return consumer.metric('DestinationDeliveryFailures', { ...PERIOD, statistic: Stats.SUM });
}

/** How long the oldest unread change of the stream has waited, in milliseconds. */
function iteratorAge(consumer: IFunction): IMetric {
  return consumer.metric('IteratorAge', { ...PERIOD, statistic: Stats.MAXIMUM });
}
