/** A metric of CloudWatch. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: { readonly [name: string]: string };
}

export const MINUTE = 60;

/** The values of metrics by minute. Times are in seconds since 1970. */
export class MetricData {
  private readonly series = new Map<string, { readonly id: MetricId; readonly byMinute: Map<number, number[]> }>();

  /** Adds values to a minute. */
  public add(id: MetricId, time: number, ...values: number[]): void {
    const key = seriesKey(id);
    const { byMinute } = this.series.get(key) ?? this.series.set(key, { id, byMinute: new Map() }).get(key)!;
    const minute = Math.floor(time / MINUTE) * MINUTE;
    byMinute.set(minute, [...byMinute.get(minute) ?? [], ...values]);
  }

  public has(id: MetricId): boolean {
    return this.series.has(seriesKey(id));
  }

  /** The metrics with these names of dimensions, as SEARCH finds them. */
  public find(namespace: string, name: string, dimensionNames: readonly string[], values: { readonly [name: string]: string }): MetricId[] {
    return [...this.series.values()].map(({ id }) => id).filter((id) => id.namespace === namespace
      && id.name === name
      && Object.keys(id.dimensions).sort().join() === [...dimensionNames].sort().join()
      && Object.entries(values).every(([dimension, value]) => id.dimensions[dimension] === value));
  }

  /** The values of a statistic, one for each period from `start` until `end`. A period without data has none. */
  public values(id: MetricId, statistic: string, period: number, { start, end }: TimeRange): Values {
    const byMinute = this.series.get(seriesKey(id))?.byMinute;
    return Array.from({ length: Math.ceil((end - start) / period) }, (_, index) => {
      const from = start + index * period;
      const minutes = Array.from({ length: period / MINUTE }, (__, minute) => byMinute?.get(from + minute * MINUTE) ?? []).flat();
      return minutes.length === 0 ? undefined : statisticOf(statistic, minutes);
    });
  }
}

export type Values = ReadonlyArray<number | undefined>;
export interface TimeRange { readonly start: number; readonly end: number }

function seriesKey({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

function statisticOf(statistic: string, values: readonly number[]): number {
  const sum = () => values.reduce((total, value) => total + value, 0);
  const percentile = /^p(\d+(?:\.\d+)?)$/.exec(statistic);
  if (percentile) {
    const ascending = [...values].sort((one, other) => one - other);
    return ascending[Math.max(0, Math.ceil(Number(percentile[1]) / 100 * values.length) - 1)];
  }
  switch (statistic) {
    case 'Sum': return sum();
    case 'SampleCount': return values.length;
    case 'Average': return sum() / values.length;
    case 'Minimum': return Math.min(...values);
    case 'Maximum': return Math.max(...values);
    default: throw new Error(`the picture does not support the statistic '${statistic}'`);
  }
}
