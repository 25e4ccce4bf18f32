import { Duration, type IResolvable } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { type IQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice, Condition, DefinitionBody, Fail, type IChainable, JsonPath, LogLevel, Parallel, Pass, Result, StateMachine, StateMachineType,
  Succeed, type TaskStateBase, TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { type DynamoUpdateItem, LambdaInvoke, SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { notifyTierState, notifyVerdictState } from './alert-states';
import { claimState, closeState, releaseState } from './claim-states';
import type { TransactionDetail } from '../contract';
import { allowKeyThrough } from '../key-grants';
import type { SystemSettings } from '../settings/system-settings';
import { encryptWorkflow } from '../workflow-encryption';
import { BRANCH_OUTCOME, TASK_RETRY, TASK_TIMEOUT } from '../workflow-tasks';
import { TraceSampling } from './trace-sampling';

/** The error has a service prefix in AWS, and no prefix in emulators. */
const CONDITION_FAILED = ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'];

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
 * The workflow of a transaction that is assessed. It claims the transaction, then
 * assesses it and sends the alert of the high tier in parallel. A review or a
 * block sends a second, more prominent alert, which is the only one below the
 * high tier. Then the workflow closes the transaction.
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
        // ALL would log about 36 lines of a success, for 7 USD per million executions, and the runbook needs none of them: the item has
        // its claim, verdict and close. ERROR logs each failed attempt. The dead-letter queue has a failure with its event.
        level: props.includeExecutionData ? LogLevel.ALL : LogLevel.ERROR,
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
    const release = releaseState(this, props.table);
    release.addCatch(failed, { resultPath: JsonPath.DISCARD });
    const released = release.next(failed);
    const claim = claimState(this, props.table);
    this.endQuietlyIfConditionFails(claim, 'AlreadyClaimed');
    const assessAndNotify = new Parallel(this, 'AssessAndNotify', { resultPath: BRANCHES })
      .branch(this.guarded('DetectFraud', this.detectFraud(props.fraudDetector)))
      .branch(this.notifyHighValue(props.alertTopic));
    const close = closeState(this, props.table);
    this.endQuietlyIfConditionFails(close, 'ClaimReleased');

    const notified = new Choice(this, 'OnNotification')
      .when(Condition.stringEquals(`${NOTIFICATION}.outcome`, BRANCH_OUTCOME.FAILED), released)
      .otherwise(this.guarded('CloseTransaction', close, released).next(new Succeed(this, 'Completed')));
    const verdictNotified = this.guarded('NotifyVerdict', notifyVerdictState(this, props.alertTopic, ASSESSMENT), released).next(notified);
    const assessed = new Choice(this, 'OnVerdict')
      .when(Condition.stringEquals(`${ASSESSMENT}.outcome`, BRANCH_OUTCOME.FAILED), released)
      .when(Condition.stringEquals(`${ASSESSMENT}.verdict`, 'approve'), notified)
      // Even if the less urgent alert has failed.
      .otherwise(verdictNotified);
    const incomplete = this.deadLetter('OnEvent', `the event lacks one of: ${NEEDED.join(', ')}`);
    return new Choice(this, 'OnEvent')
      .when(Condition.and(...NEEDED.map((field) => Condition.isPresent(`$.detail.${field}`))),
        this.guarded('ClaimTransaction', claim, released).next(assessAndNotify).next(assessed))
      .otherwise(incomplete.next(failed));
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
      taskTimeout: TASK_TIMEOUT.detectFraud,
      // CDK would add its own retries, which the time-outs do not include.
      retryOnServiceExceptions: false,
      resultSelector: {
        outcome: BRANCH_OUTCOME.DONE,
        verdict: JsonPath.stringAt('$.Payload.verdict'),
        score: JsonPath.numberAt('$.Payload.score'),
        alert_subject: JsonPath.stringAt('$.Payload.alert_subject'),
        alert_text: JsonPath.stringAt('$.Payload.alert_text'),
        alert_sms: JsonPath.stringAt('$.Payload.alert_sms'),
      },
    });
  }

  /** The alert of the tier. Below the high tier, the rule of the tier decides on it. */
  private notifyHighValue(topic: ITopic): IChainable {
    return new Choice(this, 'OnTier')
      .when(Condition.stringEquals('$.detail.tier', 'high'), this.guarded('NotifyHighValue', notifyTierState(this, topic)))
      .otherwise(new Pass(this, 'NoTierAlert', { result: Result.fromObject({ outcome: BRANCH_OUTCOME.DONE }) }));
  }

  /** Another execution processes or has processed the transaction. This is not a failure, and a retry would have the same result. */
  private endQuietlyIfConditionFails(update: DynamoUpdateItem, end: string): void {
    update.addRetry({ errors: CONDITION_FAILED, maxAttempts: 0 });
    update.addCatch(new Succeed(this, end), { errors: CONDITION_FAILED });
  }

  /** Retries a task, and sends its failure to the dead-letter queue. Without `then`, the branch ends as failed. */
  private guarded<T extends TaskStateBase>(name: string, task: T, then?: IChainable): T {
    task.addRetry(TASK_RETRY);
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
      taskTimeout: TASK_TIMEOUT.deadLetter,
      resultSelector: { outcome: BRANCH_OUTCOME.FAILED },
      resultPath,
    });
    send.addRetry(TASK_RETRY);
    return send;
  }
}
