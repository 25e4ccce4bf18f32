import type { MetricData, MetricId, TimeRange, Values } from './metric-data';
import { computed, type Operand } from './metric-math';
import { METRIC_NAMESPACE, METRICS } from '../../src/private/contract';

/** A line or a number of a widget. */
export interface Series {
  readonly label: string;
  readonly unit: string;
  readonly color: string;
  readonly values: Values;
  readonly onRight: boolean;
}

const DEFAULT_PERIOD = 300;
const DEFAULT_STATISTIC = 'Average';
/** The colors of metrics without one, in the order of CloudWatch. */
const COLORS = ['#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf'];
/** The units of AWS's metrics that are not counts. */
const UNITS: { readonly [metric: string]: string } = { Duration: 'Milliseconds', IteratorAge: 'Milliseconds' };
/** The options of a metric that this tool supports. Another one throws, because it would not be in the picture. */
const OPTIONS = ['label', 'period', 'stat', 'color', 'id', 'visible', 'expression', 'region', 'accountId', 'yAxis'];

interface LineOptions {
  readonly label?: string;
  readonly period?: number;
  readonly stat?: string;
  readonly color?: string;
  readonly id?: string;
  readonly visible?: boolean;
  readonly expression?: string;
  readonly yAxis?: 'left' | 'right';
}
interface Row { readonly id?: MetricId; readonly options: LineOptions }

/** What a widget of metrics shows. */
export function seriesOf(properties: any, data: MetricData, range: TimeRange): Series[] {
  const wholeRange: number | undefined = properties.setPeriodToTimeRange ? range.end - range.start : undefined;
  const rows: Row[] = properties.metrics.map(parsed);
  const periodOf = ({ options }: Row) => wholeRange ?? options.period ?? properties.period ?? DEFAULT_PERIOD;
  const valuesOf = (row: Row) => data.values(row.id!, row.options.stat ?? properties.stat ?? DEFAULT_STATISTIC, periodOf(row), range);
  const operands: { [id: string]: Operand } = Object.fromEntries(rows.filter(({ id, options }) => id && options.id)
    .map((row) => [row.options.id, { values: valuesOf(row), period: periodOf(row) }]));
  const shown = rows.filter(({ options }) => options.visible !== false).flatMap((row): Array<Omit<Series, 'color' | 'onRight'> & { options: LineOptions }> => {
    if (row.id) {
      return [{ ...row, unit: unitOf(row.id), label: row.options.label ?? row.id.name, values: valuesOf(row) }];
    }
    const { expression = '', label = expression } = row.options;
    if (expression.startsWith('SEARCH(')) {
      return found(expression, label, data, range).map((each) => ({ ...each, options: { ...row.options, color: undefined } }));
    }
    const length = Math.ceil((range.end - range.start) / periodOf(row));
    return [{ ...row, unit: 'No unit', label, values: computed(expression, operands, length) }];
  });
  return shown.map(({ options: { color, yAxis }, label, unit, values }, index) => (
    { label, unit, values, color: color ?? COLORS[index % COLORS.length], onRight: yAxis === 'right' }
  ));
}

function parsed(metric: any[]): Row {
  const texts = metric.filter((part): part is string => typeof part === 'string');
  const options: LineOptions = metric.find((part) => typeof part === 'object') ?? {};
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown || texts.some((text) => /^\.+$/.test(text))) {
    throw new Error(`the picture does not support ${unknown ? `the option '${unknown}'` : 'the abbreviation'} in the metric ${JSON.stringify(metric)}`);
  }
  if (texts.length === 0) {
    return { options };
  }
  const [namespace, name, ...dimensions] = texts;
  const pairs = dimensions.flatMap((part, index) => (index % 2 === 0 ? [[part, dimensions[index + 1]]] : []));
  return { id: { namespace, name, dimensions: Object.fromEntries(pairs) }, options };
}

/** `SEARCH('{namespace,dimensions} MetricName="name" dimension="value"', 'statistic', period)` with a label from a dimension. */
function found(expression: string, label: string, data: MetricData, range: TimeRange) {
  const match = /^SEARCH\('\{([^}]+)\} MetricName="(\w+)"((?: \w+="[^"]+")*)', '(\w+)', (\d+)\)$/.exec(expression);
  const labelled = /^\$\{PROP\('Dim\.(\w+)'\)\}$/.exec(label);
  if (!match || !labelled) {
    throw new Error(`the picture does not support the search ${expression} with the label ${label}`);
  }
  const [, schema, name, conditions, statistic, period] = match;
  const [namespace, ...dimensions] = schema.split(',');
  const values = Object.fromEntries([...conditions.matchAll(/(\w+)="([^"]+)"/g)].map(([, dimension, value]) => [dimension, value]));
  return data.find(namespace, name, dimensions, values)
    .sort((one, other) => one.dimensions[labelled[1]].localeCompare(other.dimensions[labelled[1]]))
    .map((id) => ({ label: id.dimensions[labelled[1]], unit: unitOf(id), values: data.values(id, statistic, Number(period), range) }));
}

function unitOf({ namespace, name }: MetricId): string {
  const unit = namespace === METRIC_NAMESPACE ? Object.values(METRICS).find((metric) => metric.name === name)?.unit : UNITS[name];
  return unit === 'None' ? 'No unit' : unit ?? 'Count';
}

/** The unit at an axis, as CloudWatch shows it. */
export function axisUnit(series: readonly Series[]): string {
  const units = [...new Set(series.map(({ unit }) => unit))];
  return units.length > 1 ? 'Various units' : units[0] ?? '';
}
