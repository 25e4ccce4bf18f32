import { Duration, Fn } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Dashboard, GraphWidget, type IMetric, Metric, Stats, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { SystemSettings } from './private/system-settings';

export interface MonitoringProps extends SystemSettings {
  readonly functions: { readonly [label: string]: IFunction };
  readonly table: ITable;
  readonly stateMachine: StateMachine;
  readonly api: RestApi;
  readonly bus: IEventBus;
  readonly rules: IRule[];
  readonly topic: ITopic;
}

const PERIOD = { period: Duration.minutes(5) };

/** The dashboard, in the order of the data. */
export class Monitoring extends Construct {
  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { api, table, stateMachine, topic } = props;
    const ofEachFunction = (metric: (fn: IFunction, label: string) => IMetric) => Object.entries(props.functions)
      .map(([label, fn]) => metric(fn, label));

    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: props.names.of('transaction-metrics') });
    this.dashboard.addWidgets(
      widget('API requests', [api.metricCount(PERIOD), api.metricClientError(PERIOD), api.metricServerError(PERIOD)]),
      widget('Lambda invocations', ofEachFunction((fn, label) => fn.metricInvocations({ ...PERIOD, label }))),
    );
    this.dashboard.addWidgets(
      widget('Lambda durations (p99)', ofEachFunction((fn, label) => fn.metricDuration({ ...PERIOD, label, statistic: Stats.p(99) }))),
      widget('Lambda errors', ofEachFunction((fn, label) => fn.metricErrors({ ...PERIOD, label }))),
    );
    this.dashboard.addWidgets(
      widget('DynamoDB capacity', [table.metricConsumedWriteCapacityUnits(PERIOD), table.metricConsumedReadCapacityUnits(PERIOD)]),
      widget('EventBridge invocations', props.rules.map((rule) => new Metric({
        ...PERIOD,
        namespace: 'AWS/Events',
        metricName: 'Invocations',
        dimensionsMap: ruleDimensions(props.bus, rule),
        statistic: Stats.SUM,
      }))),
    );
    this.dashboard.addWidgets(
      widget('Workflow executions', [
        stateMachine.metricStarted(PERIOD), stateMachine.metricSucceeded(PERIOD),
        stateMachine.metricFailed(PERIOD), stateMachine.metricTimedOut(PERIOD),
      ]),
      widget('SNS messages', [
        topic.metricNumberOfMessagesPublished(PERIOD), topic.metricNumberOfNotificationsDelivered(PERIOD),
        topic.metricNumberOfNotificationsFailed(PERIOD),
      ]),
    );
  }
}

/**
 * CloudFormation's Ref of a rule on a bus of its own is `<bus>|<rule>`, which
 * is no dimension. Its ARN ends in `rule/<bus>/<rule>`, on the default bus in `rule/<rule>`.
 */
function ruleDimensions(bus: IEventBus, rule: IRule): { [name: string]: string } {
  const nameAt = (position: number) => Fn.select(position, Fn.split('/', rule.ruleArn));
  return bus.eventBusName === 'default' ? { RuleName: nameAt(1) } : { EventBusName: bus.eventBusName, RuleName: nameAt(2) };
}

function widget(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: 12, height: 6 });
}
