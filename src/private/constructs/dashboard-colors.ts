import { Metric, MetricWidget, type MetricName, type Verdict } from '../contract';

/** The colors of lines with a meaning, in the form that CloudWatch requires. */
export const LineColor = { NORMAL: '#1f77b4', GOOD: '#2ca02c', NEUTRAL: '#7f7f7f', WARNING: '#ff9900', BAD: '#d62728', WORST: '#7b0f10' } as const;

/** For failures: each is worse than a normal line, and none looks like one. */
const FAILURE_COLORS = ['#d62728', '#ff9900', '#7b0f10', '#e377c2', '#ff5a36', '#8c564b', '#b5179e', '#c49c00', '#f7b6d2', '#a55194'];
/** For providers and functions, which keep their color in all graphs. None looks good or bad: rejected webhooks must not be green. */
const IDENTITY_COLORS = ['#1f77b4', '#9467bd', '#17becf', '#393b79', '#7f7f7f', '#5b9bd5', '#b39ddb', '#0b5a6e', '#6b6ecf', '#9edae5'];

export function failureColor(position: number): string {
  return FAILURE_COLORS[position % FAILURE_COLORS.length];
}

export function identityColor(position: number): string {
  return IDENTITY_COLORS[position % IDENTITY_COLORS.length];
}

/** A verdict without a color does not compile. */
export const VERDICT_COLORS: { readonly [V in Verdict]: string } = { approve: LineColor.GOOD, review: LineColor.WARNING, block: LineColor.BAD };

const OUTCOME_COLORS: { readonly [Name in MetricName]?: string } = {
  [Metric.STORED]: LineColor.GOOD,
  [Metric.DUPLICATE]: LineColor.NEUTRAL,
  [Metric.ALTERED]: LineColor.NORMAL,
  [Metric.REJECTED]: LineColor.BAD,
  [Metric.MISMATCHED]: LineColor.WORST,
  [Metric.UNPARSED]: LineColor.WARNING,
};

/** The color of a metric at its position in a widget. Without one, CloudWatch chooses. */
export function metricColor(name: MetricName, widget: string, position: number): string | undefined {
  return widget === MetricWidget.FAILURES ? failureColor(position) : OUTCOME_COLORS[name];
}
