import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allowAlarms } from '../alarm-publishing';
import { validateSameEnvironment, validateStandardTopic } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';

export interface AlarmsProps extends SystemSettings {
  readonly secretNotSet: IMetric;
  readonly api: RestApi;
  readonly eventRelay: IFunction;
  readonly transactionArchival: IFunction;
  readonly stateMachine: StateMachine;
  readonly deadLetterQueue: IQueue;
  readonly topic?: ITopic;
}

const PERIOD = { period: Duration.minutes(5) };

/** What an operator has to know of. Each alarm has a heading of its name in docs/runbook.md. */
export class Alarms extends Construct {
  public readonly alarms: Alarm[] = [];

  constructor(scope: Construct, id: string, private readonly props: AlarmsProps) {
    super(scope, id);
    const { eventRelay, transactionArchival, stateMachine, deadLetterQueue, topic } = props;
    validateSameEnvironment('`alarmTopic`', topic, this);
    validateStandardTopic('alarmTopic', topic);
    if (topic) {
      allowAlarms(topic);
    }

    this.add('SecretNotSet', 'secret-not-set', props.secretNotSet, 1,
      'Webhooks are answered 503 because the signing secret of their provider is not set');
    this.add('ServerErrors', 'server-errors', props.api.metricServerError({ ...PERIOD, statistic: Stats.SUM }), 1,
      'Webhooks were answered with 5xx; the providers send them again');
    this.add('RelayErrors', 'relay-errors', eventRelay.metricErrors(PERIOD), 1,
      'The event relay fails; events are late, none is lost before the stream ends after 24 hours');
    this.add('RelayLate', 'relay-late', iteratorAge(eventRelay), Duration.minutes(5).toMilliseconds(),
      'The event relay is behind; events and alerts are late');
    this.add('ArchivalLate', 'archival-late', iteratorAge(transactionArchival), Duration.minutes(30).toMilliseconds(),
      'The archival is behind; the stream forgets after 24 hours');
    this.add('WorkflowFailed', 'workflow-failed', stateMachine.metricFailed(PERIOD), 1,
      'High-value transactions could not be assessed or alerted; see the dead-letter queue');
    this.add('WorkflowTimedOut', 'workflow-timed-out', stateMachine.metricTimedOut(PERIOD), 1,
      'Executions of the workflow ended before they were done; the sweep takes their transactions again');
    // SQS stops the metrics of a queue that nobody uses after six hours: the alarm then keeps its state instead of closing over what waits.
    this.add('DeadLetters', 'dead-letters', deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: Stats.MAXIMUM }), 1,
      'Messages wait in the dead-letter queue: something could not be delivered or processed', TreatMissingData.IGNORE);
    this.add('DeadLetterArrived', 'dead-letter-arrived', deadLetterQueue.metricNumberOfMessagesSent(PERIOD), 1,
      'A message arrived in the dead-letter queue: an event could not be delivered or processed');
  }

  private add(
    id: string, name: string, metric: IMetric, threshold: number, alarmDescription: string, treatMissingData = TreatMissingData.NOT_BREACHING,
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: this.props.names.optional(`webhooks-${name}`),
      alarmDescription,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData,
    });
    if (this.props.topic) {
      alarm.addAlarmAction(new SnsAction(this.props.topic));
      alarm.addOkAction(new SnsAction(this.props.topic));
    }
    this.alarms.push(alarm);
  }
}

/** How long the oldest unread change of the stream has waited, in milliseconds. */
function iteratorAge(consumer: IFunction): IMetric {
  return consumer.metric('IteratorAge', { ...PERIOD, statistic: Stats.MAXIMUM });
}
