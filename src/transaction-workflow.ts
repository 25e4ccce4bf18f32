import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import {
  Choice, Condition, DefinitionBody, Errors, Fail, type IChainable, type INextable, JitterType, JsonPath, LogLevel, Parallel, StateMachine,
  StateMachineType, Succeed, type TaskStateBase, TaskInput, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { DynamoAttributeValue, DynamoUpdateItem, LambdaInvoke, SnsPublish, SqsSendMessage } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { Attr } from './private/contract';
import type { SystemSettings } from './private/system-settings';

/** AWS names the error with its service, emulators without. */
const CLAIM_REFUSED = ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'];

/**
 * An Express execution ends after five minutes without a word. The time-outs
 * with all retries sum up to less than four, so that a failure always reaches
 * its Catch.
 */
const TIMEOUT = {
  claim: Timeout.duration(Duration.seconds(5)),
  detectFraud: Timeout.duration(Duration.seconds(40)),
  notify: Timeout.duration(Duration.seconds(10)),
  deadLetter: Timeout.duration(Duration.seconds(5)),
};
const RETRY = {
  errors: [Errors.ALL],
  interval: Duration.seconds(1),
  maxAttempts: 3,
  backoffRate: 2,
  jitterStrategy: JitterType.FULL,
};

/** What a branch ends with: a failure must not end the other branch. */
const OUTCOME = { DONE: 'done', FAILED: 'failed' };

export interface TransactionWorkflowProps extends SystemSettings {
  readonly table: ITable;
  readonly fraudDetector: IFunction;
  readonly alertTopic: ITopic;
  readonly deadLetterQueue: IQueue;
  readonly logExecutionData: boolean;
}

/**
 * What happens to a high-value transaction: claimed, then assessed and
 * announced side by side.
 *
 * Express executions are started at least once. The claim makes the second
 * one end quietly; an execution that dies after its claim is swept by the
 * event relay.
 */
export class TransactionWorkflow extends Construct {
  public readonly stateMachine: StateMachine;
  private readonly queue: IQueue;

  constructor(scope: Construct, id: string, props: TransactionWorkflowProps) {
    super(scope, id);
    this.queue = props.deadLetterQueue;

    const role = new Role(this, 'Role', {
      roleName: props.names.ofRole('step-functions'),
      description: 'Rights of the transaction workflow',
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    props.encryptionKey?.grantEncryptDecrypt(role);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: props.names.of('transaction-workflow'),
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(this.define(props)),
      timeout: Duration.minutes(4),
      tracingEnabled: true,
      role,
      logs: {
        // Below this prefix CloudWatch needs no resource policy for each group, whose size is limited.
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${props.names.always('transaction-workflow')}`,
          retention: props.logRetention,
          removalPolicy: props.removalPolicy,
        }),
        level: LogLevel.ALL,
        // The data would be half of the system's cost, and personal.
        includeExecutionData: props.logExecutionData,
      },
    });
  }

  private define(props: TransactionWorkflowProps): IChainable {
    const failed = new Fail(this, 'Failed', {
      error: 'TransactionWorkflowFailed',
      cause: 'The event and the error are in the dead-letter queue',
    });
    const claim = this.claim(props.table);
    claim.addRetry({ errors: CLAIM_REFUSED, maxAttempts: 0 });
    claim.addRetry(RETRY);
    claim.addCatch(new Succeed(this, 'AlreadyClaimed'), { errors: CLAIM_REFUSED });
    claim.addCatch(this.deadLetter('ClaimTransaction').next(failed), { resultPath: '$.failure' });

    const assessAndAnnounce = new Parallel(this, 'AssessAndAnnounce', { resultPath: '$.branches' })
      .branch(this.guarded('DetectFraud', this.detectFraud(props.fraudDetector)))
      .branch(this.guarded('NotifyHighValue', this.notify(props.alertTopic)));

    return claim.next(assessAndAnnounce).next(new Choice(this, 'Complete')
      .when(Condition.or(
        Condition.stringEquals('$.branches[0].outcome', OUTCOME.FAILED),
        Condition.stringEquals('$.branches[1].outcome', OUTCOME.FAILED),
      ), failed)
      .otherwise(new Succeed(this, 'Completed')));
  }

  private claim(table: ITable): DynamoUpdateItem {
    return new DynamoUpdateItem(this, 'ClaimTransaction', {
      table,
      key: {
        [Attr.TRANSACTION_ID]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TRANSACTION_ID}`)),
        [Attr.TIMESTAMP]: DynamoAttributeValue.fromString(JsonPath.stringAt(`$.detail.${Attr.TIMESTAMP}`)),
      },
      updateExpression: `SET ${Attr.CLAIM_OWNER} = :execution, ${Attr.CLAIMED_AT} = :now`,
      conditionExpression: `attribute_exists(${Attr.TRANSACTION_ID}) AND attribute_not_exists(${Attr.VERDICT}) `
        + `AND (attribute_not_exists(${Attr.CLAIM_OWNER}) OR ${Attr.CLAIM_OWNER} = :execution)`,
      expressionAttributeValues: {
        ':execution': DynamoAttributeValue.fromString(JsonPath.executionId),
        ':now': DynamoAttributeValue.fromString(JsonPath.stateEnteredTime),
      },
      taskTimeout: TIMEOUT.claim,
      resultPath: JsonPath.DISCARD,
    });
  }

  private detectFraud(fraudDetector: IFunction): LambdaInvoke {
    return new LambdaInvoke(this, 'DetectFraud', {
      lambdaFunction: fraudDetector,
      payload: TaskInput.fromJsonPathAt('$.detail'),
      taskTimeout: TIMEOUT.detectFraud,
      // CDK would add retries of its own, which time-outs do not count.
      retryOnServiceExceptions: false,
      resultSelector: {
        outcome: OUTCOME.DONE,
        verdict: JsonPath.stringAt('$.Payload.verdict'),
        score: JsonPath.numberAt('$.Payload.score'),
      },
    });
  }

  private notify(topic: ITopic): SnsPublish {
    return new SnsPublish(this, 'NotifyHighValue', {
      topic,
      subject: JsonPath.stringAt('$.detail.alert_subject'),
      message: TaskInput.fromJsonPathAt('$.detail.alert_text'),
      taskTimeout: TIMEOUT.notify,
      resultSelector: { outcome: OUTCOME.DONE },
    });
  }

  /** Retries a task, and sends what it cannot do to the dead-letter queue. */
  private guarded(name: string, task: TaskStateBase & INextable): IChainable {
    task.addRetry(RETRY);
    task.addCatch(this.deadLetter(name), { resultPath: '$.failure' });
    return task;
  }

  private deadLetter(failedState: string): SqsSendMessage {
    const send = new SqsSendMessage(this, `${failedState}ToDeadLetters`, {
      queue: this.queue,
      messageBody: TaskInput.fromObject({
        origin: 'transaction-workflow',
        state: failedState,
        execution: JsonPath.executionId,
        error: JsonPath.objectAt('$.failure'),
        event: JsonPath.objectAt('$.detail'),
      }),
      taskTimeout: TIMEOUT.deadLetter,
      resultSelector: { outcome: OUTCOME.FAILED },
    });
    send.addRetry(RETRY);
    return send;
  }
}
