import { Env, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, type DimensionValue, type MetricDefinition, type MetricName } from '../../src/private/contract';

export type LogFields = { readonly [field: string]: string | number | boolean | undefined };

const DEFINITIONS: ReadonlyMap<string, MetricDefinition> = new Map(Object.values(METRICS).map((metric) => [metric.name, metric]));

/**
 * Counts one event with the embedded metric format: CloudWatch reads metrics
 * from the log line, so counting needs no call and no permission.
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
 */
export function count<Name extends MetricName>(metric: Name, ...of: DimensionValue<Name>): void {
  measure(metric, 1, ...of);
}

/** Adds a value to a metric. */
export function measure<Name extends MetricName>(metric: Name, value: number, ...[of]: DimensionValue<Name>): void {
  const { unit, dimension } = DEFINITIONS.get(metric)!;
  const dimensions = dimension === undefined ? {} : { [dimension]: of };
  write({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{
        Namespace: METRIC_NAMESPACE,
        Dimensions: [[METRIC_DIMENSION, ...Object.keys(dimensions)]],
        Metrics: [{ Name: metric, Unit: unit }],
      }],
    },
    [METRIC_DIMENSION]: process.env[Env.SYSTEM_NAME] ?? 'unknown',
    ...dimensions,
    [metric]: value,
  });
}

/**
 * Writes one JSON line. Its fields are scalars, so that an object cannot add a
 * payload, secret or signature.
 */
export function log(level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields = {}): void {
  write({ level, message, ...fields });
}

/** The part of a caught error that can be logged. SDK errors have the service's code as name. Messages can quote input. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
