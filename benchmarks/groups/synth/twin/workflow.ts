import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice, Condition, DefinitionBody, Errors, Fail, JitterType, JsonPath, LogLevel, Parallel, Pass, Result, StateMachine, StateMachineType, Succeed,
  type IChainable, type TaskStateBase,
} from 'aws-cdk-lib/aws-stepfunctions';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';
import { WorkflowTasks, type WorkflowTasksProps } from './workflow-tasks';

const CONDITION_FAILED = ['DynamoDB.ConditionalCheckFailedException', 'ConditionalCheckFailedException'];
const NEEDED = ['transaction_id', 'timestamp', 'provider', 'currency', 'tier', 'alert_subject', 'alert_text', 'alert_sms'];
const RETRY = {
  errors: [Errors.ALL],
  interval: Duration.seconds(1),
  maxAttempts: 3,
  backoffRate: 2,
  maxDelay: Duration.seconds(3),
  jitterStrategy: JitterType.FULL,
};

/** The workflow that assesses a transaction and sends alerts. */
export class Workflow extends Construct {
  public readonly stateMachine: StateMachine;
  private readonly tasks: WorkflowTasks;

  constructor(scope: Construct, id: string, props: WorkflowTasksProps) {
    super(scope, id);
    this.tasks = new WorkflowTasks(this, 'Tasks', props);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: DefinitionBody.fromChainable(this.define()),
      timeout: Duration.minutes(4),
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${Stack.of(this).stackName}-transaction-workflow`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    new CfnSamplingRule(this, 'TraceSampling', {
      samplingRule: {
        ruleName: `${Stack.of(this).stackName}-workflow`,
        fixedRate: 0.01,
        reservoirSize: 0,
        priority: 100,
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        serviceName: '*',
        serviceType: '*',
        resourceArn: this.stateMachine.stateMachineArn,
        version: 1,
      },
    });
  }

  private define(): IChainable {
    const { claim, close, release, detectFraud, notifyHighValue, notifyVerdict } = this.tasks;
    const failed = new Fail(this, 'Failed', {
      error: 'TransactionWorkflowFailed', cause: 'The event and the error are in the dead-letter queue',
    });
    release.addCatch(failed, { resultPath: JsonPath.DISCARD });
    const released = release.next(failed);
    this.endIfConditionFails(claim, 'AlreadyClaimed');
    this.endIfConditionFails(close, 'ClaimReleased');

    this.guard('DetectFraud', detectFraud);
    this.guard('NotifyHighValue', notifyHighValue);
    const onTier = new Choice(this, 'OnTier')
      .when(Condition.stringEquals('$.detail.tier', 'high'), notifyHighValue)
      .otherwise(new Pass(this, 'NoTierAlert', { result: Result.fromObject({ outcome: 'done' }) }));
    const assessAndNotify = new Parallel(this, 'AssessAndNotify', { resultPath: '$.branches' }).branch(detectFraud).branch(onTier);

    this.guard('CloseTransaction', close, released);
    const onNotification = new Choice(this, 'OnNotification')
      .when(Condition.stringEquals('$.branches[1].outcome', 'failed'), released)
      .otherwise(close.next(new Succeed(this, 'Completed')));
    this.guard('NotifyVerdict', notifyVerdict, released);
    const onVerdict = new Choice(this, 'OnVerdict')
      .when(Condition.stringEquals('$.branches[0].outcome', 'failed'), released)
      .when(Condition.stringEquals('$.branches[0].verdict', 'approve'), onNotification)
      .otherwise(notifyVerdict.next(onNotification));

    this.guard('ClaimTransaction', claim, released);
    const incomplete = this.tasks.deadLetter('OnEvent', `the event lacks one of: ${NEEDED.join(', ')}`);
    incomplete.addRetry(RETRY);
    return new Choice(this, 'OnEvent')
      .when(Condition.and(...NEEDED.map((field) => Condition.isPresent(`$.detail.${field}`))), claim.next(assessAndNotify).next(onVerdict))
      .otherwise(incomplete.next(failed));
  }

  private endIfConditionFails(task: TaskStateBase, end: string): void {
    task.addRetry({ errors: CONDITION_FAILED, maxAttempts: 0 });
    task.addCatch(new Succeed(this, end), { errors: CONDITION_FAILED });
  }

  /** Retries a task, and sends its failure to the dead-letter queue. */
  private guard(name: string, task: TaskStateBase, then?: IChainable): void {
    task.addRetry(RETRY);
    const deadLetter = this.tasks.deadLetter(name, JsonPath.objectAt('$.failure'), then && JsonPath.DISCARD);
    deadLetter.addRetry(RETRY);
    task.addCatch(then ? deadLetter.next(then) : deadLetter, { resultPath: '$.failure' });
  }
}
