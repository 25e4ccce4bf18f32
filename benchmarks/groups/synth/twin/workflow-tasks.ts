import { Duration, type IResolvable } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { JsonPath, TaskInput, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue, DynamoUpdateItem, LambdaInvoke, SnsPublish, SqsSendMessage, type DynamoUpdateItemProps, type MessageAttribute,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';

export interface WorkflowTasksProps {
  readonly table: ITable;
  readonly detector: IFunction;
  readonly alerts: ITopic;
  readonly deadLetters: IQueue;
}

const EXECUTION = { ':execution': DynamoAttributeValue.fromString(JsonPath.executionId) };
const NOW = { ':now': DynamoAttributeValue.fromString(JsonPath.stateEnteredTime) };

/** The tasks of the workflow. */
export class WorkflowTasks extends Construct {
  public readonly claim: DynamoUpdateItem;
  public readonly close: DynamoUpdateItem;
  public readonly release: DynamoUpdateItem;
  public readonly detectFraud: LambdaInvoke;
  public readonly notifyHighValue: SnsPublish;
  public readonly notifyVerdict: SnsPublish;

  constructor(scope: Construct, id: string, private readonly props: WorkflowTasksProps) {
    super(scope, id);
    this.claim = this.update('ClaimTransaction', {
      updateExpression: 'SET #claimOwner = :execution, #claimedAt = :now, '
        + '#sweepPartition = if_not_exists(#sweepPartition, :sweepPartition), #sweepAt = if_not_exists(#sweepAt, :now)',
      conditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#closedAt) '
        + 'AND (attribute_not_exists(#claimOwner) OR #claimOwner = :execution)',
      expressionAttributeNames: {
        '#id': 'transaction_id',
        '#closedAt': 'closed_at',
        '#claimOwner': 'claim_owner',
        '#claimedAt': 'claimed_at',
        '#sweepPartition': 'sweep_partition',
        '#sweepAt': 'sweep_at',
      },
      expressionAttributeValues: { ...EXECUTION, ...NOW, ':sweepPartition': DynamoAttributeValue.fromString('0') },
    });
    this.close = this.update('CloseTransaction', {
      updateExpression: 'SET #closedAt = :now REMOVE #sweepPartition, #sweepAt, #givenUpAt',
      conditionExpression: '#claimOwner = :execution',
      expressionAttributeNames: {
        '#closedAt': 'closed_at', '#sweepPartition': 'sweep_partition', '#sweepAt': 'sweep_at', '#givenUpAt': 'given_up_at', '#claimOwner': 'claim_owner',
      },
      expressionAttributeValues: { ...EXECUTION, ...NOW },
    });
    this.release = this.update('ReleaseClaim', {
      updateExpression: 'REMOVE #claimOwner, #claimedAt',
      conditionExpression: '#claimOwner = :execution AND attribute_not_exists(#closedAt)',
      expressionAttributeNames: { '#closedAt': 'closed_at', '#claimOwner': 'claim_owner', '#claimedAt': 'claimed_at' },
      expressionAttributeValues: EXECUTION,
    });
    this.detectFraud = new LambdaInvoke(this, 'DetectFraud', {
      stateName: 'DetectFraud',
      lambdaFunction: props.detector,
      payload: TaskInput.fromObject({
        detail: JsonPath.objectAt('$.detail'), execution: JsonPath.executionId, started_at: JsonPath.executionStartTime,
      }),
      taskTimeout: Timeout.duration(Duration.seconds(25)),
      retryOnServiceExceptions: false,
      resultSelector: {
        outcome: 'done',
        verdict: JsonPath.stringAt('$.Payload.verdict'),
        score: JsonPath.numberAt('$.Payload.score'),
        alert_subject: JsonPath.stringAt('$.Payload.alert_subject'),
        alert_text: JsonPath.stringAt('$.Payload.alert_text'),
        alert_sms: JsonPath.stringAt('$.Payload.alert_sms'),
      },
    });
    this.notifyHighValue = this.notify('NotifyHighValue', '$.detail', { resultSelector: { outcome: 'done' } });
    this.notifyVerdict = this.notify('NotifyVerdict', '$.branches[0]', { resultPath: JsonPath.DISCARD }, {
      verdict: { value: JsonPath.stringAt('$.branches[0].verdict') },
    });
  }

  /** Sends the event of a failed state to the dead-letter queue. */
  public deadLetter(failedState: string, error: string | IResolvable, resultPath?: string): SqsSendMessage {
    return new SqsSendMessage(this, `${failedState}ToDeadLetters`, {
      stateName: `${failedState}ToDeadLetters`,
      queue: this.props.deadLetters,
      messageBody: TaskInput.fromObject({
        origin: 'transaction-workflow', state: failedState, execution: JsonPath.executionId, error, event: JsonPath.objectAt('$.detail'),
      }),
      taskTimeout: Timeout.duration(Duration.seconds(5)),
      resultSelector: { outcome: 'failed' },
      resultPath,
    });
  }

  private update(stateName: string, props: Omit<DynamoUpdateItemProps, 'table' | 'key'>): DynamoUpdateItem {
    return new DynamoUpdateItem(this, stateName, {
      ...props,
      stateName,
      table: this.props.table,
      key: {
        transaction_id: DynamoAttributeValue.fromString(JsonPath.stringAt('$.detail.transaction_id')),
        timestamp: DynamoAttributeValue.fromString(JsonPath.stringAt('$.detail.timestamp')),
      },
      taskTimeout: Timeout.duration(Duration.seconds(5)),
      resultPath: JsonPath.DISCARD,
    });
  }

  private notify(stateName: string, texts: string, result: object, attributes: { [name: string]: MessageAttribute } = {}): SnsPublish {
    return new SnsPublish(this, stateName, {
      ...result,
      stateName,
      topic: this.props.alerts,
      subject: JsonPath.stringAt(`${texts}.alert_subject`),
      messagePerSubscriptionType: true,
      message: TaskInput.fromObject({ default: JsonPath.stringAt(`${texts}.alert_text`), sms: JsonPath.stringAt(`${texts}.alert_sms`) }),
      messageAttributes: {
        tier: { value: JsonPath.stringAt('$.detail.tier') },
        provider: { value: JsonPath.stringAt('$.detail.provider') },
        currency: { value: JsonPath.stringAt('$.detail.currency') },
        ...attributes,
      },
      taskTimeout: Timeout.duration(Duration.seconds(10)),
    });
  }
}
