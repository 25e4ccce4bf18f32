/** A value that a function or a service reports to CloudWatch. */
export interface Datapoint {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  /** In milliseconds. */
  readonly timestamp: number;
  readonly value: number;
}

export type Dimensions = { readonly [name: string]: string };

/** A metric with one statistic, as an alarm or a widget reads it. */
export interface MetricQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly statistic: string;
  /** In seconds. */
  readonly period: number;
}

/** The last periods up to a time. They are not aligned with the clock, because the windows of an alarm are not. */
export interface PeriodRange {
  /** In milliseconds, excluded. */
  readonly end: number;
  readonly count: number;
}

interface Aggregate {
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly count: number;
}

export const MINUTE = 60_000;

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const STATISTICS: { readonly [statistic: string]: (aggregate: Aggregate) => number } = {
  Sum: ({ sum }) => sum,
  Average: ({ sum, count }) => sum / count,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
  SampleCount: ({ count }) => count,
};

/** The recorded datapoints, in the minutes of standard resolution. Returns them as values by period. */
export class MetricStore {
  private readonly metrics = new Map<string, Map<number, Aggregate>>();
  /** An alarm asks with the same object each minute. */
  private readonly keys = new WeakMap<MetricQuery, string>();

  public add({ timestamp, value, ...metric }: Datapoint): void {
    const key = keyOf(metric);
    const minutes = this.metrics.get(key) ?? new Map<number, Aggregate>();
    const minute = Math.floor(timestamp / MINUTE);
    const one = { sum: value, minimum: value, maximum: value, count: 1 };
    const before = minutes.get(minute);
    this.metrics.set(key, minutes.set(minute, before ? merged(before, one) : one));
  }

  /** The values of the periods, the oldest first. A period without a datapoint has no value. */
  public valuesByPeriod(query: MetricQuery, { end, count }: PeriodRange): (number | undefined)[] {
    const { statistic, period } = query;
    const valueOf = STATISTICS[statistic];
    if (!valueOf) {
      throw new Error(`the simulation does not support the statistic ${statistic}: add it to metric-store.ts`);
    }
    const key = this.keys.get(query) ?? keyOf(query);
    this.keys.set(query, key);
    const minutes = this.metrics.get(key);
    const length = period * 1000 / MINUTE;
    const last = Math.floor(end / MINUTE);
    return Array.from({ length: count }, (_, index) => {
      const to = last - (count - 1 - index) * length;
      const aggregate = minutes && aggregateOf(minutes, to - length, to);
      return aggregate && valueOf(aggregate);
    });
  }
}

function aggregateOf(minutes: ReadonlyMap<number, Aggregate>, from: number, to: number): Aggregate | undefined {
  let result: Aggregate | undefined;
  for (let minute = from; minute < to; minute++) {
    const next = minutes.get(minute);
    result = result && next ? merged(result, next) : result ?? next;
  }
  return result;
}

function merged(one: Aggregate, other: Aggregate): Aggregate {
  return {
    sum: one.sum + other.sum,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
    count: one.count + other.count,
  };
}

/** Each set of dimensions is a metric of its own (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Dimension). */
function keyOf({ namespace, name, dimensions }: Pick<Datapoint, 'namespace' | 'name' | 'dimensions'>): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort(([one], [other]) => one < other ? -1 : 1)]);
}
