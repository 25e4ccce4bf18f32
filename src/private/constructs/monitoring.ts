import { Duration, Fn, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget, AlarmStatusWidgetSortBy, Dashboard, GraphWidget, type IAlarm, type IMetric, MathExpression, Metric, type MetricOptions,
  SingleValueWidget, Stats, TextWidget, type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { failureColor, identityColor, LineColor, metricColor, VERDICT_COLORS } from './dashboard-colors';
import type { MeasuredApi } from './webhook-ingress';
import type { BoundProvider } from '../bound-provider';
import {
  consoleUrl, Metric as MetricNames, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, MetricBy, MetricWidget, NO_SHADOW_VERDICT, RULE_LABELS, RUNBOOK,
  type DimensionedMetricName, type MetricName, type Tier, type Verdict,
} from '../contract';
import type { PhysicalNames } from '../physical-names';
import type { SystemSettings } from '../settings/system-settings';
import { systemMetric } from '../system-metric';

export interface MonitoringProps extends SystemSettings {
  readonly functions: { readonly [label: string]: IFunction };
  /** The alias of the validator, if it has provisioned concurrency. */
  readonly validatorAlias?: IFunction;
  readonly table: ITable;
  readonly stateMachine: StateMachine;
  readonly api: MeasuredApi;
  readonly bus: IEventBus;
  /** The rules of the tiers, and the rule of what is assessed below the high tier. */
  readonly rules: { readonly [T in Tier]: IRule } & { readonly suspicious?: IRule };
  readonly topic: ITopic;
  readonly providers: readonly BoundProvider[];
  readonly alarms: IAlarm[];
  readonly eventRelay: IFunction;
  readonly deadLetterQueue: IQueue;
  readonly hasShadowRules: boolean;
}

/** A verdict without a line on the dashboard does not compile. */
const VERDICTS: { readonly [V in Verdict]: string } = { approve: 'Approved', review: 'To be reviewed', block: 'Blocked' };

const PERIOD = { period: Duration.minutes(5) };

const WIDTH = 24;
/** CloudWatch shows the legend of a graph of this size in three lines. */
const MAX_LINES = 10;
/** The longest graph of the first row, so that the alarms of a few providers fit without scrolling. */
const ALARMS_HEIGHT = 5;
const NUMBERS_HEIGHT = 3;
const NOW_WIDTH = 8;
/** The totals that fit beside each other. Those of many providers need more rows, and at some point scroll. */
const TOTALS_IN_ROW = 8;
const MAX_ROWS = 3;

const READING_HELP = 'Failures have data only after the first one: **No data** and **--** mean that there was none. '
  + 'In *Progress each minute*, a line that ends means that a function is stopped.';

/** The dashboard, in the order of an operator's questions: what is wrong, how much arrives, what happens to it, and how AWS's services work. */
export class Monitoring extends Construct {
  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { api, table, stateMachine, topic } = props;
    const ofEachFunction = (metric: (fn: IFunction, line: MetricOptions) => IMetric, color = identityColor) => Object.entries(props.functions)
      .map(([label, fn], position) => metric(fn, { ...PERIOD, label, color: color(position) }));

    this.dashboard = new Dashboard(this, 'Dashboard', { dashboardName: props.names.optionalInAccount('transaction-metrics') });
    this.dashboard.addWidgets(new TextWidget({ markdown: `${linksTo(this, props)}\n\n${READING_HELP}`, width: WIDTH, height: 2 }));
    this.dashboard.addWidgets(new AlarmStatusWidget({
      title: 'Alarms',
      alarms: props.alarms,
      // The firing alarms first: those of many providers do not fit without scrolling.
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: WIDTH,
      height: ALARMS_HEIGHT,
    }));
    const totals = totalsOf(props);
    const height = NUMBERS_HEIGHT * Math.min(MAX_ROWS, Math.ceil(totals.length / TOTALS_IN_ROW));
    this.dashboard.addWidgets(
      // The newest period would be empty or incomplete, and CloudWatch changes the period with the time range.
      new SingleValueWidget({ title: 'Webhooks in the time range', metrics: totals, setPeriodToTimeRange: true, width: WIDTH - NOW_WIDTH, height }),
      new SingleValueWidget({ title: 'Now', metrics: numbersOf(props), width: NOW_WIDTH, height }),
    );
    this.dashboard.addWidgets(
      widget('Webhooks stored by provider', linesByProvider(props, MetricNames.STORED)),
      widget('Webhooks rejected by provider', linesByProvider(props, MetricNames.REJECTED)),
    );
    const shown = Object.values(MetricWidget).filter((title) => isShown(title, props));
    this.dashboard.addWidgets(...inPairs(shown.flatMap((title) => graphsOf(title, linesOf(props.names, title)))));
    this.dashboard.addWidgets(
      widget('API requests', [
        api.metricCount(line('requests', LineColor.NORMAL)),
        api.metricClientError(line('4xx: rejected or throttled', LineColor.WARNING)),
        api.metricServerError(line('5xx: failed', LineColor.BAD)),
      ]),
      widget('Lambda invocations', [...ofEachFunction((fn, options) => fn.metricInvocations(options)), ...spilloverOf(props)]),
    );
    this.dashboard.addWidgets(
      widget('Lambda durations (p99)', ofEachFunction((fn, options) => fn.metricDuration({ ...options, statistic: Stats.p(99) }))),
      widget('Lambda errors', ofEachFunction((fn, options) => fn.metricErrors(options), failureColor)),
    );
    this.dashboard.addWidgets(
      widget('DynamoDB capacity', [
        table.metricConsumedWriteCapacityUnits(line('write capacity units', LineColor.NORMAL)),
        table.metricConsumedReadCapacityUnits(line('read capacity units', LineColor.NEUTRAL)),
      ]),
      widget('EventBridge invocations', Object.entries(props.rules).map(([name, rule], position) => new Metric({
        ...line(name === 'suspicious' ? 'assessed below the high tier' : `${name}-value transactions`, identityColor(position)),
        namespace: 'AWS/Events',
        metricName: 'Invocations',
        dimensionsMap: ruleDimensions(props.bus, rule),
        statistic: Stats.SUM,
      }))),
    );
    this.dashboard.addWidgets(
      widget('Workflow executions', [
        stateMachine.metricStarted(line('started', LineColor.NORMAL)),
        stateMachine.metricSucceeded(line('succeeded', LineColor.GOOD)),
        stateMachine.metricFailed(line('failed', LineColor.BAD)),
        stateMachine.metricTimedOut(line('timed out', LineColor.WARNING)),
      ]),
      widget('SNS messages', [
        topic.metricNumberOfMessagesPublished(line('published', LineColor.NORMAL)),
        topic.metricNumberOfNotificationsDelivered(line('delivered', LineColor.GOOD)),
        topic.metricNumberOfNotificationsFailed(line('not delivered', LineColor.BAD)),
      ]),
    );
  }
}

function isShown(title: string, { providers, hasShadowRules }: MonitoringProps): boolean {
  switch (title) {
    case MetricWidget.RECONCILIATION:
      return providers.some(({ reconciliation }) => reconciliation !== undefined);
    case MetricWidget.SHADOW_VERDICTS:
    case MetricWidget.SHADOW_RULES:
      return hasShadowRules;
    default:
      return true;
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

/** The webhooks of each provider, accepted and not. */
function totalsOf(props: MonitoringProps): IMetric[] {
  return [
    ...linesByProvider(props, MetricNames.STORED, { what: 'stored', color: () => LineColor.GOOD }),
    ...linesByProvider(props, MetricNames.REJECTED, { what: 'rejected', color: () => LineColor.BAD }),
  ];
}

/** The numbers that answer whether the system works now. */
function numbersOf({ names, deadLetterQueue, eventRelay }: MonitoringProps): IMetric[] {
  return [
    deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...line('waiting dead letters', LineColor.BAD), statistic: Stats.MAXIMUM }),
    systemMetric(names, MetricNames.OLDEST_OPEN, { ...line('oldest open transaction (s)', LineColor.WARNING), statistic: Stats.MAXIMUM }),
    eventRelay.metric('IteratorAge', { ...line('oldest unpublished change (ms)', LineColor.WARNING), statistic: Stats.MAXIMUM }),
  ];
}

/** The webhooks that found no free environment with provisioned concurrency. Without it, there is no line. */
function spilloverOf({ validatorAlias }: MonitoringProps): IMetric[] {
  return validatorAlias ? [validatorAlias.metric('ProvisionedConcurrencySpilloverInvocations', {
    ...line('webhook-validator, above provisioned concurrency', LineColor.WARNING), statistic: Stats.SUM,
  })] : [];
}

/** A line for each provider, with the provider's color unless there is another one. */
function linesByProvider(
  { names, providers }: MonitoringProps, metric: string,
  { what, color = identityColor }: { readonly what?: string; readonly color?: (position: number) => string } = {},
): IMetric[] {
  return providers.map(({ config: { name } }, position) => systemMetric(names, metric, {
    ...line([name, what].filter((part) => part !== undefined).join(' '), color(position)), dimensionsMap: { [MetricBy.PROVIDER]: name },
  }));
}

/** The lines of a widget: one for each of its metrics, unless a metric has separate lines. */
function linesOf(names: PhysicalNames, title: string): IMetric[] {
  return Object.values(METRICS).filter((metric) => metric.widget === title)
    .flatMap(({ name }, position) => {
      if (title === MetricWidget.PROGRESS) {
        return [perMinute(names, name)];
      }
      return OWN_LINES[name]?.(names) ?? [systemMetric(names, name, { ...PERIOD, color: metricColor(name, title, position) })];
    });
}

type Lines = (names: PhysicalNames) => IMetric[];

/** The metrics with other lines. A metric with an additional dimension must be here, because it has no values without it. */
const OWN_LINES: Readonly<Record<DimensionedMetricName, Lines> & Partial<Record<MetricName, Lines>>> = {
  [MetricNames.VERDICT]: (names) => linesByValue(names, MetricNames.VERDICT, MetricBy.VERDICT, VERDICTS, VERDICT_COLORS),
  [MetricNames.RULE_FIRED]: (names) => linesByValue(names, MetricNames.RULE_FIRED, MetricBy.RULE, RULE_LABELS),
  [MetricNames.SHADOW_VERDICT]: (names) => linesByValue(
    names, MetricNames.SHADOW_VERDICT, MetricBy.VERDICT, { ...VERDICTS, [NO_SHADOW_VERDICT]: 'Not evaluated' },
    { ...VERDICT_COLORS, [NO_SHADOW_VERDICT]: LineColor.NEUTRAL },
  ),
  [MetricNames.SHADOW_RULE_FIRED]: (names) => linesByValue(names, MetricNames.SHADOW_RULE_FIRED, MetricBy.RULE, RULE_LABELS),
  [MetricNames.ASSESSED_AMOUNT]: (names) => [amountsByCurrency(names)],
  [MetricNames.OLDEST_OPEN]: (names) => [systemMetric(names, MetricNames.OLDEST_OPEN, {
    ...line('Age of the oldest (s)', LineColor.NORMAL), statistic: Stats.MAXIMUM,
  })],
  [MetricNames.AWAITING_REDRIVE]: (names) => [systemMetric(names, MetricNames.AWAITING_REDRIVE, {
    ...line('Given up, awaiting a redrive', LineColor.BAD), statistic: Stats.MAXIMUM,
  })],
  [MetricNames.VERDICT_LATENCY]: (names) => [50, 99].map((percentile) => systemMetric(names, MetricNames.VERDICT_LATENCY, {
    ...PERIOD, label: `p${percentile}`, statistic: Stats.p(percentile),
  })),
};

/** A line for each known value of a metric's dimension. */
function linesByValue(
  names: PhysicalNames, metric: string, dimension: string,
  labels: { readonly [value: string]: string }, colors: { readonly [value: string]: string } = {},
): IMetric[] {
  return Object.entries(labels).map(([value, label]) => (
    systemMetric(names, metric, { ...PERIOD, label, color: colors[value], dimensionsMap: { [dimension]: value } })
  ));
}

/** The same for every period, which CloudWatch changes with the time range. */
function perMinute(names: PhysicalNames, name: MetricName): IMetric {
  const id = name[0].toLowerCase() + name.slice(1);
  const usingMetrics = { [id]: systemMetric(names, name, PERIOD) };
  return new MathExpression({ ...PERIOD, expression: `${id} / (PERIOD(${id}) / 60)`, usingMetrics, label: name });
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

function line(label: string, color: string) {
  return { ...PERIOD, label, color };
}

/** From zero: otherwise, a single failure has no axis, and a small change looks like a large one. */
function widget(title: string, left: IMetric[], width = WIDTH / 2): IWidget {
  return new GraphWidget({ title, left, leftYAxis: { min: 0 }, width, height: 6 });
}

interface Graph {
  readonly title: string;
  readonly lines: IMetric[];
}

/** The lines in one graph, or in several if its legend would not show all of them. */
function graphsOf(title: string, lines: IMetric[]): Graph[] {
  const count = Math.ceil(lines.length / MAX_LINES);
  return Array.from({ length: count }, (_, index) => ({
    title: count === 1 ? title : `${title} (${index + 1} of ${count})`, lines: lines.slice(index * MAX_LINES, (index + 1) * MAX_LINES),
  }));
}

/** Two widgets in a row. If their number is odd, the last one is as wide as the row, so that the grid has no gap. */
function inPairs(graphs: readonly Graph[]): IWidget[] {
  return graphs.map(({ title, lines }, index) => {
    const isAlone = index % 2 === 0 && index === graphs.length - 1;
    return widget(title, lines, isAlone ? WIDTH : undefined);
  });
}
