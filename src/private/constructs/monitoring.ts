import { Duration, Fn, Stack } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import {
  AlarmStatusWidget, Dashboard, GraphWidget, type IAlarm, type IMetric, MathExpression, Metric, SingleValueWidget, Stats, TextWidget, type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { RUNBOOK } from './alarm-definition';
import type { BoundProvider } from '../bound-provider';
import {
  consoleUrl, Metric as MetricNames, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, MetricBy, MetricWidget, RULE_LABELS, type DimensionedMetricName,
  type MetricName, type Verdict,
} from '../contract';
import type { PhysicalNames } from '../physical-names';
import type { SystemSettings } from '../settings/system-settings';
import { systemMetric } from '../system-metric';

export interface MonitoringProps extends SystemSettings {
  readonly functions: { readonly [label: string]: IFunction };
  readonly table: ITable;
  readonly stateMachine: StateMachine;
  readonly api: RestApi;
  readonly bus: IEventBus;
  readonly rules: IRule[];
  readonly topic: ITopic;
  readonly providers: readonly BoundProvider[];
  readonly alarms: IAlarm[];
  readonly eventRelay: IFunction;
  readonly deadLetterQueue: IQueue;
}

/** A verdict without a line on the dashboard does not compile. */
const VERDICTS: { readonly [V in Verdict]: string } = { approve: 'Approved', review: 'To be reviewed', block: 'Blocked' };

const PERIOD = { period: Duration.minutes(5) };

const WIDTH = 24;
/** The longest graph of the first row, so that the alarms of a few providers fit without scrolling. */
const ALARMS_HEIGHT = 5;

/** The dashboard, in the order of an operator's questions: what is wrong, how much arrives, what happens to it, and how AWS's services work. */
export class Monitoring extends Construct {
  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { api, table, stateMachine, topic } = props;
    const ofEachFunction = (metric: (fn: IFunction, label: string) => IMetric) => Object.entries(props.functions)
      .map(([label, fn]) => metric(fn, label));

    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: props.names.optionalInAccount('transaction-metrics') });
    this.dashboard.addWidgets(new TextWidget({ markdown: linksTo(this, props), width: WIDTH, height: 2 }));
    this.dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: props.alarms, width: WIDTH, height: ALARMS_HEIGHT }));
    this.dashboard.addWidgets(new SingleValueWidget({ title: 'Last hour', metrics: numbersOf(props), width: WIDTH, height: 4 }));
    this.dashboard.addWidgets(
      widget('Webhooks stored by provider', linesByProvider(props, MetricNames.STORED, PERIOD)),
      widget('Webhooks rejected by provider', linesByProvider(props, MetricNames.REJECTED, PERIOD)),
    );
    this.dashboard.addWidgets(...Object.values(MetricWidget).map((title) => widget(title, linesOf(props.names, title))));
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

/** Links to where an operator continues. */
function linksTo(scope: Construct, { table }: MonitoringProps): string {
  const { region } = Stack.of(scope);
  // A stack without a region is in the commercial partition for this purpose, because the host must be known at synthesis.
  const partition = RegionInfo.get(region).partition ?? 'aws';
  const console = (service: string, place: string) => `${consoleUrl(partition, region, service)}#${place}`;
  return [
    `[Runbook](${RUNBOOK})`,
    `[Table](${console('dynamodbv2', `table?name=${table.tableName}`)})`,
    `[Logs](${console('cloudwatch', 'logsV2:logs-insights')})`,
    `[Queues](${console('sqs/v3', '/queues')})`,
  ].join(' | ');
}

const LAST_HOUR = { period: Duration.hours(1) };

/** The numbers that answer whether the system works now. */
function numbersOf(props: MonitoringProps): IMetric[] {
  const { deadLetterQueue, eventRelay } = props;
  return [
    ...linesByProvider(props, MetricNames.STORED, LAST_HOUR, 'stored'),
    ...linesByProvider(props, MetricNames.REJECTED, LAST_HOUR, 'rejected'),
    deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...PERIOD, statistic: Stats.MAXIMUM, label: 'waiting dead letters' }),
    systemMetric(props.names, MetricNames.OLDEST_OPEN, { ...PERIOD, statistic: Stats.MAXIMUM, label: 'age of the oldest open transaction (s)' }),
    eventRelay.metric('IteratorAge', { ...PERIOD, statistic: Stats.MAXIMUM, label: 'age of the oldest unpublished change (ms)' }),
  ];
}

/** A line for each provider. */
function linesByProvider({ names, providers }: MonitoringProps, metric: string, period: { readonly period: Duration }, what?: string): IMetric[] {
  return providers.map(({ config: { name } }) => systemMetric(names, metric, {
    ...period, label: [name, what].filter((part) => part !== undefined).join(' '), dimensionsMap: { [MetricBy.PROVIDER]: name },
  }));
}

/** The lines of a widget: one for each of its metrics, unless a metric has separate lines. */
function linesOf(names: PhysicalNames, title: string): IMetric[] {
  return Object.values(METRICS).filter((metric) => metric.widget === title)
    .flatMap(({ name }) => OWN_LINES[name]?.(names) ?? [systemMetric(names, name, PERIOD)]);
}

type Lines = (names: PhysicalNames) => IMetric[];

/** The metrics with other lines. A metric with an additional dimension must be here, because it has no values without it. */
const OWN_LINES: Readonly<Record<DimensionedMetricName, Lines> & Partial<Record<MetricName, Lines>>> = {
  [MetricNames.VERDICT]: (names) => linesByValue(names, MetricNames.VERDICT, MetricBy.VERDICT, VERDICTS),
  [MetricNames.RULE_FIRED]: (names) => linesByValue(names, MetricNames.RULE_FIRED, MetricBy.RULE, RULE_LABELS),
  [MetricNames.ASSESSED_AMOUNT]: (names) => [amountsByCurrency(names)],
  [MetricNames.OLDEST_OPEN]: (names) => [systemMetric(names, MetricNames.OLDEST_OPEN, { ...PERIOD, label: 'Age of the oldest (s)', statistic: Stats.MAXIMUM })],
  [MetricNames.AWAITING_REDRIVE]: (names) => [systemMetric(names, MetricNames.AWAITING_REDRIVE, {
    ...PERIOD, label: 'Given up, awaiting a redrive', statistic: Stats.MAXIMUM,
  })],
  [MetricNames.VERDICT_LATENCY]: (names) => [50, 99].map((percentile) => systemMetric(names, MetricNames.VERDICT_LATENCY, {
    ...PERIOD, label: `p${percentile}`, statistic: Stats.p(percentile),
  })),
};

/** A line for each known value of a metric's dimension. */
function linesByValue(names: PhysicalNames, metric: string, dimension: string, labels: { readonly [value: string]: string }): IMetric[] {
  return Object.entries(labels).map(([value, label]) => systemMetric(names, metric, { ...PERIOD, label, dimensionsMap: { [dimension]: value } }));
}

/** A search, because only the events contain the currencies. Each result becomes a line with its name. */
function amountsByCurrency(names: PhysicalNames): IMetric {
  const schema = [METRIC_NAMESPACE, METRIC_DIMENSION, MetricBy.CURRENCY].join();
  const search = `{${schema}} MetricName="${MetricNames.ASSESSED_AMOUNT}" ${METRIC_DIMENSION}="${names.systemId}"`;
  return new MathExpression({
    ...PERIOD, expression: `SEARCH('${search}', '${Stats.SUM}', ${PERIOD.period.toSeconds()})`, label: `\${PROP('Dim.${MetricBy.CURRENCY}')}`,
  });
}

/**
 * CloudFormation's Ref of a rule on a custom bus is `<bus>|<rule>`, which is not a
 * dimension. Its ARN ends in `rule/<bus>/<rule>`, and on the default bus in `rule/<rule>`.
 */
function ruleDimensions(bus: IEventBus, rule: IRule): { [name: string]: string } {
  const nameAt = (position: number) => Fn.select(position, Fn.split('/', rule.ruleArn));
  return bus.eventBusName === 'default' ? { RuleName: nameAt(1) } : { EventBusName: bus.eventBusName, RuleName: nameAt(2) };
}

function widget(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, left, width: 12, height: 6 });
}
