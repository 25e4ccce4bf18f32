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

const RUNBOOK = 'https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/runbook.md';
const PERIOD = { period: Duration.minutes(5) };

/** The alarms. Each has an entry in docs/runbook.md, under its name. */
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
      'A provider has no usable signing secret. Its webhooks are answered with 503, and it retries them.');
    this.add('ServerErrors', 'server-errors', props.api.metricServerError({ ...PERIOD, statistic: Stats.SUM }), 1,
      'The API answered webhooks with 5xx. Providers retry them.');
    this.add('RelayErrors', 'relay-errors', eventRelay.metricErrors(PERIOD), 1,
      'The event relay fails. Events and alerts are late. They are lost after 24 hours.');
    this.add('RelayLate', 'relay-late', iteratorAge(eventRelay), Duration.minutes(5).toMilliseconds(),
      'The event relay is more than 5 minutes behind. Events and alerts are late.');
    this.add('ArchivalLate', 'archival-late', iteratorAge(transactionArchival), Duration.minutes(30).toMilliseconds(),
      'Archiving is more than 30 minutes behind. DynamoDB Streams keeps records for 24 hours.');
    this.add('WorkflowFailed', 'workflow-failed', stateMachine.metricFailed(PERIOD), 1,
      'The workflow could not assess or alert high-value transactions. The dead-letter queue has the events.');
    this.add('WorkflowTimedOut', 'workflow-timed-out', stateMachine.metricTimedOut(PERIOD), 1,
      'Executions of the workflow timed out. The sweep republishes their transactions.');
    // SQS stops the metrics of an unused queue after six hours. The alarm then keeps its state instead of closing.
    this.add('DeadLetters', 'dead-letters', deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: Stats.MAXIMUM }), 1,
      'The dead-letter queue contains messages. Something could not be delivered or processed.', TreatMissingData.IGNORE);
    this.add('DeadLetterArrived', 'dead-letter-arrived', deadLetterQueue.metricNumberOfMessagesSent(PERIOD), 1,
      'A message arrived in the dead-letter queue. Something could not be delivered or processed.');
  }

  private add(
    id: string, name: string, metric: IMetric, threshold: number, description: string, treatMissingData = TreatMissingData.NOT_BREACHING,
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: this.props.names.optional(`webhooks-${name}`),
      alarmDescription: `${description} Runbook: ${RUNBOOK}#webhooks-${name}-suffix`,
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
