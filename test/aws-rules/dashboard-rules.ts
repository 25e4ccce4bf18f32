import type { AwsRule } from './aws-rule';
import { bodyOf, optionsOf, type DashboardWidget, type WidgetMetric } from '../support/dashboard';

const BODY = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html';
const QUOTAS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html';
const MATH = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html';

const TYPES = ['metric', 'text', 'log', 'alarm', 'explorer'];
const VIEWS = ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie'];
const WITH_TIME_RANGE_VALUE = ['singleValue', 'gauge', 'bar', 'pie'];
const STATISTIC = /^(?:SampleCount|Average|Sum|Minimum|Maximum|p\d{1,2}(?:\.\d+)?|p100)$/;

type ChangeableWidget = { -readonly [K in keyof DashboardWidget]: DashboardWidget[K] };
type Violation = string | undefined | false;

/** A rule for each widget of a dashboard. */
function widgetRule(
  rule: string, source: string, violation: (widget: DashboardWidget) => Violation, breakIt: (widgets: ChangeableWidget[]) => void,
): AwsRule {
  return {
    rule,
    source,
    type: 'AWS::CloudWatch::Dashboard',
    violation: (properties) => bodyOf(properties).widgets.map(violation).find(Boolean),
    breakIt: (properties) => {
      const body = bodyOf(properties);
      breakIt(body.widgets);
      properties.DashboardBody = { 'Fn::Join': ['', [JSON.stringify(body)]] };
    },
  };
}

const metricsOf = ({ properties: { metrics = [] } }: DashboardWidget): WidgetMetric[] => metrics;

/** A rule for each metric of a widget. */
function metricRule(rule: string, source: string, violation: (metric: WidgetMetric) => Violation, breakIt: (metric: WidgetMetric) => void): AwsRule {
  return widgetRule(rule, source, (widget) => metricsOf(widget).map(violation).find(Boolean), (widgets) => {
    breakIt(metricsOf(widgets.find((widget) => metricsOf(widget).length > 0)!)[0]);
  });
}

const within = (value: any, least: number, most: number) => Number.isInteger(value) && value >= least && value <= most;
const first = (widgets: DashboardWidget[], type: string) => widgets.find((widget) => widget.type === type)!;

/** The properties of widgets that the dashboard uses. */
export const DASHBOARD_RULES: readonly AwsRule[] = [
  widgetRule('A widget has a known type', BODY, ({ type }) => !TYPES.includes(type) && type, ([widget]) => {
    widget.type = 'number';
  }),
  widgetRule('A widget is in the grid of 24 columns', BODY, ({ x, y, width, height }) => (
    !(within(x, 0, 23) && within(y, 0, Infinity) && within(width, 1, 24) && within(height, 1, 1_000)) && JSON.stringify({ x, y, width, height })
  ), ([widget]) => {
    widget.width = 25;
  }),
  widgetRule('A text widget has Markdown', BODY, ({ type, properties }) => type === 'text' && !properties.markdown && 'no markdown', (widgets) => {
    delete first(widgets, 'text').properties.markdown;
  }),
  widgetRule('An alarm widget has from 1 to 100 alarms', BODY, ({ type, properties }) => (
    type === 'alarm' && !within(properties.alarms.length, 1, 100) && `${properties.alarms.length} alarms`
  ), (widgets) => {
    first(widgets, 'alarm').properties.alarms = Array(101).fill('alarm');
  }),
  widgetRule('An alarm widget is sorted in one of three ways', BODY, ({ type, properties: { sortBy = 'default' } }) => (
    type === 'alarm' && !['default', 'stateUpdatedTimestamp', 'timestamp'].includes(sortBy) && sortBy
  ), (widgets) => {
    first(widgets, 'alarm').properties.sortBy = 'state';
  }),
  widgetRule('A metric widget has a known view and a region', BODY, ({ type, properties: { view, region } }) => (
    type === 'metric' && !(VIEWS.includes(view) && region) && `${view} in ${region}`
  ), (widgets) => {
    first(widgets, 'metric').properties.view = 'line';
  }),
  widgetRule('A value of the whole time range is only in a view that shows one value', BODY, ({ properties: { setPeriodToTimeRange, view } }) => (
    setPeriodToTimeRange !== undefined && !WITH_TIME_RANGE_VALUE.includes(view) && view
  ), (widgets) => {
    Object.assign(first(widgets, 'metric').properties, { setPeriodToTimeRange: true, view: 'timeSeries' });
  }),
  widgetRule('The minimum of an axis is a number below its maximum', BODY, ({ properties: { yAxis: { left: { min = 0, max = Infinity } = {} } = {} } }) => (
    !(typeof min === 'number' && min < max) && `${min} to ${max}`
  ), (widgets) => {
    first(widgets, 'metric').properties.yAxis = { left: { min: 1, max: 1 } };
  }),
  widgetRule('A widget has at most 500 metrics', QUOTAS, (widget) => metricsOf(widget).length > 500 && `${metricsOf(widget).length} metrics`, (widgets) => {
    first(widgets, 'metric').properties.metrics = Array(501).fill(['Namespace', 'Metric']);
  }),
  {
    ...widgetRule('', BODY, () => undefined, (widgets) => {
      widgets.push(...Array(501).fill(widgets[0]));
    }),
    rule: 'A dashboard has at most 500 widgets',
    violation: (properties) => bodyOf(properties).widgets.length > 500 && `${bodyOf(properties).widgets.length} widgets`,
  },
  metricRule('A color has six hexadecimal digits', BODY, (metric) => {
    const { color = '#000000' } = optionsOf(metric);
    return !/^#[0-9a-f]{6}$/i.test(color) && color;
  }, (metric) => {
    metric.push({ color: 'red' });
  }),
  metricRule('A statistic is known', BODY, (metric) => {
    const { stat = 'Average' } = optionsOf(metric);
    return !STATISTIC.test(stat) && stat;
  }, (metric) => {
    metric.push({ stat: 'p101' });
  }),
  metricRule('A period is a multiple of 60 seconds', BODY, (metric) => optionsOf(metric).period % 60 > 0 && optionsOf(metric).period, (metric) => {
    metric.push({ period: 90 });
  }),
  metricRule('The id of a metric begins with a lowercase letter', MATH, (metric) => {
    const { id = 'm' } = optionsOf(metric);
    return !/^[a-z]\w*$/.test(id) && id;
  }, (metric) => {
    metric.push({ id: 'Sweeps' });
  }),
  metricRule('The dimensions of a metric are pairs of a name and a value, at most 30', BODY, (metric) => {
    const texts = metric.filter((part) => typeof part === 'string').length;
    return texts > 0 && (texts % 2 > 0 || texts > 62) && metric.join();
  }, (metric) => {
    metric.unshift('Extra');
  }),
];
