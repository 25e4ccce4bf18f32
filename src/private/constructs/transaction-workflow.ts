import { Duration, type IResolvable } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice, Condition, DefinitionBody, Errors, Fail, type IChainable, JitterType, JsonPath, LogLevel, Parallel, StateMachine,
  StateMachineType, Succeed, type TaskStateBase, TaskInput, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import {
  DynamoAttributeValue, DynamoUpdateItem, LambdaInvoke, type MessageAttribute, SnsPublish, SqsSendMessage,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { Attr, type TransactionDetail } from '../contract';
import { allowKeyThrough } from '../key-grants';
import type { SystemSettings } from '../settings/system-settings';
import { encryptWorkflow } from '../workflow-encryption';
import { TraceSampling } from './trace-sampling';

/** The error has a service prefix in AWS, and no prefix in emulators. */
const CONDITION_FAILED = ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'];

/**
 * An Express execution ends silently after five minutes. The time-outs with all
 * retries, along the longest path, add up to less than four minutes, so that a
 * failure always reaches its Catch.
 */
const TIMEOUT = {
  update: Timeout.duration(Duration.seconds(5)),
  detectFraud: Timeout.duration(Duration.seconds(25)),
  publish: Timeout.duration(Duration.seconds(10)),
  deadLetter: Timeout.duration(Duration.seconds(5)),
};
/** Waits of at most 1, 2 and 3 seconds. Full jitter uses any time up to that, so that executions do not retry at the same time. */
const RETRY = {
  errors: [Errors.ALL],
  interval: Duration.seconds(1),
  maxAttempts: 3,
  backoffRate: 2,
  maxDelay: Duration.seconds(3),
  jitterStrategy: JitterType.FULL,
};

/** The outcome of a branch. A failure must not end the other branch. */
const OUTCOME = { DONE: 'done', FAILED: 'failed' };
/** Values in the expressions of updates. */
const EXECUTION = { ':execution': DynamoAttributeValue.fromString(JsonPath.executionId) };
const NOW = { ':now': DynamoAttributeValue.fromString(JsonPath.stateEnteredTime) };

const BRANCHES = '$.branches';
/** The result of the fraud detector, after both branches are done. */
const ASSESSMENT = `${BRANCHES}[0]`;
const NOTIFICATION = `${BRANCHES}[1]`;

/** The fields that the states below read from an event. A path to a missing field ends an execution immediately, without a Catch. */
const NEEDED: readonly (keyof TransactionDetail)[] = [
  'transaction_id', 'timestamp', 'provider', 'currency', 'tier', 'alert_subject', 'alert_text', 'alert_sms',
];

export interface TransactionWorkflowProps extends SystemSettings {
  readonly table: ITable;
  readonly fraudDetector: IFunction;
  readonly alertTopic: ITopic;
  readonly deadLetterQueue: IQueue;
  readonly includeExecutionData: boolean;
  /** Share of the executions that are traced, from 0 to 1. */
  readonly tracingSampleRate: number;
}

/**
 * The workflow of a high-value transaction. It claims the transaction, then
 * assesses it and sends an alert in parallel. A review or a block sends a second,
 * more prominent alert. Then the workflow closes the transaction.
 *
 * Express executions start at least once. The claim ends a second execution. If an
 * execution fails or dies after claiming a transaction, the sweep republishes it.
 * Alerts can be duplicated then, but are never lost.
 */
export class TransactionWorkflow extends Construct {
  public readonly stateMachine: StateMachine;
  private readonly queue: IQueue;

  constructor(scope: Construct, id: string, props: TransactionWorkflowProps) {
    super(scope, id);
    const { queueArn, queueUrl } = props.deadLetterQueue;
    // Imported like a queue of another stack. Otherwise CDK would grant its key without a condition, in addition to the right to send.
    this.queue = Queue.fromQueueAttributes(this, 'DeadLetters', { queueArn, queueUrl });

    const role = new Role(this, 'Role', {
      roleName: props.names.optionalInAccount('step-functions'),
      description: 'Rights of the transaction workflow',
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    const name = props.names.optional('transaction-workflow');
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(this.define(props)),
      timeout: Duration.minutes(4),
      tracingEnabled: true,
      role,
      logs: {
        // With this prefix, CloudWatch needs no resource policy for each group. The size of the policy is limited.
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${name ?? props.names.perDeployment('transaction-workflow')}`,
          retention: props.logRetention,
          removalPolicy: props.removalPolicy,
          encryptionKey: props.encryptionKey,
        }),
        level: LogLevel.ALL,
        // The data would be half of the system's cost and is personal.
        includeExecutionData: props.includeExecutionData,
      },
    });
    // An execution gets no trace, because the relay's stream has no trace. With X-Ray's default rule, each would start its own.
    new TraceSampling(this, 'TraceSampling', {
      ...props, noun: 'workflow', resourceArn: this.stateMachine.stateMachineArn, rate: props.tracingSampleRate,
    });
    if (props.encryptionKey) {
      allowKeyThrough(props.encryptionKey, role, this, ['dynamodb', 'sns', 'sqs']);
      encryptWorkflow(this.stateMachine, name, role, props.encryptionKey);
    }
  }

  private define(props: TransactionWorkflowProps): IChainable {
    const failed = new Fail(this, 'Failed', {
      error: 'TransactionWorkflowFailed',
      cause: 'The event and the error are in the dead-letter queue',
    });
    // A failed execution gives its claim back, so that the sweep does not need to wait for the claim's end.
    const release = this.release(props.table);
    release.addCatch(failed, { resultPath: JsonPath.DISCARD });
    const released = release.next(failed);
    const claim = this.claim(props.table);
    this.endQuietlyIfConditionFails(claim, 'AlreadyClaimed');
    const assessAndNotify = new Parallel(this, 'AssessAndNotify', { resultPath: BRANCHES })
      .branch(this.guarded('DetectFraud', this.detectFraud(props.fraudDetector)))
      .branch(this.guarded('NotifyHighValue', this.notifyHighValue(props.alertTopic)));
    const close = this.close(props.table);
    this.endQuietlyIfConditionFails(close, 'ClaimReleased');

    const notified = new Choice(this, 'OnNotification')
      .when(Condition.stringEquals(`${NOTIFICATION}.outcome`, OUTCOME.FAILED), released)
      .otherwise(this.guarded('CloseTransaction', close, released).next(new Succeed(this, 'Completed')));
    const verdictNotified = this.guarded('NotifyVerdict', this.notifyVerdict(props.alertTopic), released).next(notified);
    const assessed = new Choice(this, 'OnVerdict')
      .when(Condition.stringEquals(`${ASSESSMENT}.outcome`, OUTCOME.FAILED), released)
      .when(Condition.stringEquals(`${ASSESSMENT}.verdict`, 'approve'), notified)
      // Even if the less urgent alert has failed.
      .otherwise(verdictNotified);
    const incomplete = this.deadLetter('OnEvent', `the event lacks one of: ${NEEDED.join(', ')}`);
    return new Choice(this, 'OnEvent')
      .when(Condition.and(...NEEDED.map((field) => Condition.isPresent(`$.detail.${field}`))),
        this.guarded('ClaimTransaction', claim, released).next(assessAndNotify).next(assessed))
      .otherwise(incomplete.next(failed));
  }

  /**
   * The item of an event that is high-value only since its receipt, because a threshold was lowered in between, has no time of
   * the sweep. It gets one here: a time for every movement would cost the index a write and a deletion for each.
   */
  private claim(table: ITable): DynamoUpdateItem {
    return new DynamoUpdateItem(this, 'ClaimTransaction', {
      ...this.updateOf(table),
      updateExpression: 'SET #claimOwner = :execution, #claimedAt = :now, '
        + '#sweepPartition = if_not_exists(#sweepPartition, :sweepPartition), #sweepAt = if_not_exists(#sweepAt, :now)',
      conditionExpression: 'attribute_exists(#id) AND attribute_not_exists(#closedAt) '
        + 'AND (attribute_not_exists(#claimOwner) OR #claimOwner = :execution)',
      expressionAttributeNames: {
        '#id': Attr.TRANSACTION_ID,
        '#closedAt': Attr.CLOSED_AT,
        '#claimOwner': Attr.CLAIM_OWNER,
        '#claimedAt': Attr.CLAIMED_AT,
        '#sweepPartition': Attr.SWEEP_PARTITION,
        '#sweepAt': Attr.SWEEP_AT,
      },
      // Any partition: such items are rare.
      expressionAttributeValues: { ...EXECUTION, ...NOW, ':sweepPartition': DynamoAttributeValue.fromString('0') },
    });
  }

  /** Removes the transaction from the open ones, unless a sweep has released it to another execution. */
  private close(table: ITable): DynamoUpdateItem {
    return new DynamoUpdateItem(this, 'CloseTransaction', {
      ...this.updateOf(table),
      updateExpression: 'SET #closedAt = :now REMOVE #sweepPartition, #sweepAt, #givenUpAt',
      conditionExpression: '#claimOwner = :execution',
      expressionAttributeNames: {
        '#closedAt': Attr.CLOSED_AT,
        '#sweepPartition': Attr.SWEEP_PARTITION,
        '#sweepAt': Attr.SWEEP_AT,
        '#givenUpAt': Attr.GIVEN_UP_AT,
        '#claimOwner': Attr.CLAIM_OWNER,
      },
      expressionAttributeValues: { ...EXECUTION, ...NOW },
    });
  }

  /**
   * Removes the claim of this execution. A retry would not fit in the time of an Express execution, and is not necessary:
   * without the release, the sweep waits until the claim is old. The same if the claim is not this execution's.
   */
  private release(table: ITable): DynamoUpdateItem {
    return new DynamoUpdateItem(this, 'ReleaseClaim', {
      ...this.updateOf(table),
      updateExpression: 'REMOVE #claimOwner, #claimedAt',
      conditionExpression: '#claimOwner = :execution AND attribute_not_exists(#closedAt)',
      expressionAttributeNames: { '#closedAt': Attr.CLOSED_AT, '#claimOwner': Attr.CLAIM_OWNER, '#claimedAt': Attr.CLAIMED_AT },
      expressionAttributeValues: EXECUTION,
    });
  }

  private updateOf(table: ITable) {
    return {
      table,
      key: {
        [Attr.TRANSACTION_ID]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TRANSACTION_ID}`)),
        [Attr.TIMESTAMP]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TIMESTAMP}`)),
      },
      taskTimeout: TIMEOUT.update,
      resultPath: JsonPath.DISCARD,
    };
  }

  private detectFraud(fraudDetector: IFunction): LambdaInvoke {
    return new LambdaInvoke(this, 'DetectFraud', {
      lambdaFunction: fraudDetector,
      // An `AssessmentRequest`.
      payload: TaskInput.fromObject({
        detail: JsonPath.objectAt('$.detail'),
        execution: JsonPath.executionId,
        started_at: JsonPath.executionStartTime,
      }),
      taskTimeout: TIMEOUT.detectFraud,
      // CDK would add its own retries, which the time-outs do not include.
      retryOnServiceExceptions: false,
      resultSelector: {
        outcome: OUTCOME.DONE,
        verdict: JsonPath.stringAt('$.Payload.verdict'),
        score: JsonPath.numberAt('$.Payload.score'),
        alert_subject: JsonPath.stringAt('$.Payload.alert_subject'),
        alert_text: JsonPath.stringAt('$.Payload.alert_text'),
        alert_sms: JsonPath.stringAt('$.Payload.alert_sms'),
      },
    });
  }

  private notifyHighValue(topic: ITopic): SnsPublish {
    return new SnsPublish(this, 'NotifyHighValue', {
      ...this.alertOf(topic, '$.detail'),
      resultSelector: { outcome: OUTCOME.DONE },
    });
  }

  private notifyVerdict(topic: ITopic): SnsPublish {
    return new SnsPublish(this, 'NotifyVerdict', {
      ...this.alertOf(topic, ASSESSMENT, { verdict: { value: JsonPath.stringAt(`${ASSESSMENT}.verdict`) } }),
      resultPath: JsonPath.DISCARD,
    });
  }

  /** An alert with the texts at a path. Subscribers can filter by its attributes. */
  private alertOf(topic: ITopic, path: string, attributes: { [name: string]: MessageAttribute } = {}) {
    return {
      topic,
      subject: JsonPath.stringAt(`${path}.alert_subject`),
      // SNS uses `default` for every kind of subscription that is not listed.
      messagePerSubscriptionType: true,
      message: TaskInput.fromObject({ default: JsonPath.stringAt(`${path}.alert_text`), sms: JsonPath.stringAt(`${path}.alert_sms`) }),
      messageAttributes: {
        tier: { value: JsonPath.stringAt('$.detail.tier') },
        provider: { value: JsonPath.stringAt('$.detail.provider') },
        currency: { value: JsonPath.stringAt('$.detail.currency') },
        ...attributes,
      },
      taskTimeout: TIMEOUT.publish,
    };
  }

  /** Another execution processes or has processed the transaction. This is not a failure, and a retry would have the same result. */
  private endQuietlyIfConditionFails(update: DynamoUpdateItem, end: string): void {
    update.addRetry({ errors: CONDITION_FAILED, maxAttempts: 0 });
    update.addCatch(new Succeed(this, end), { errors: CONDITION_FAILED });
  }

  /** Retries a task, and sends its failure to the dead-letter queue. Without `then`, the branch ends as failed. */
  private guarded<T extends TaskStateBase>(name: string, task: T, then?: IChainable): T {
    task.addRetry(RETRY);
    // The states after it need the event, and a branch ends with its outcome.
    const deadLetter = this.deadLetter(name, JsonPath.objectAt('$.failure'), then && JsonPath.DISCARD);
    task.addCatch(then ? deadLetter.next(then) : deadLetter, { resultPath: '$.failure' });
    return task;
  }

  private deadLetter(failedState: string, error: string | IResolvable, resultPath?: string): SqsSendMessage {
    const send = new SqsSendMessage(this, `${failedState}ToDeadLetters`, {
      queue: this.queue,
      messageBody: TaskInput.fromObject({
        origin: 'transaction-workflow',
        state: failedState,
        execution: JsonPath.executionId,
        error,
        event: JsonPath.objectAt('$.detail'),
      }),
      taskTimeout: TIMEOUT.deadLetter,
      resultSelector: { outcome: OUTCOME.FAILED },
      resultPath,
    });
    send.addRetry(RETRY);
    return send;
  }
}
