import { Env, METRIC_DIMENSION, METRIC_NAMESPACE, type MetricBy, type MetricName } from '../../src/private/contract';

export type LogFields = { readonly [field: string]: string | number | boolean | undefined };

export type MetricUnit = 'Count' | 'Milliseconds' | 'None';
type Dimension = (typeof MetricBy)[keyof typeof MetricBy];

/**
 * Counts through the embedded metric format: CloudWatch reads metrics out of
 * the log line, so that counting needs no call and no right.
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html)
 */
export function count(metric: MetricName, value = 1): void {
  emit(metric, value, 'Count');
}

/** Counts under a dimension beside the system's. */
export function countBy(metric: MetricName, dimension: Dimension, of: string): void {
  emit(metric, 1, 'Count', { [dimension]: of });
}

/** Adds a value to a metric's statistics. */
export function measure(metric: MetricName, value: number, unit: MetricUnit): void {
  emit(metric, value, unit);
}

/** Adds an amount under a dimension beside the system's. */
export function measureBy(metric: MetricName, value: number, dimension: Dimension, of: string): void {
  emit(metric, value, 'None', { [dimension]: of });
}

function emit(metric: MetricName, value: number, unit: MetricUnit, dimensions: { readonly [name: string]: string } = {}): void {
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
 * Writes one JSON line. Its fields are scalars, so that no payload, secret or
 * signature gets in by way of an object.
 */
export function log(level: 'INFO' | 'WARN' | 'ERROR', message: string, fields: LogFields = {}): void {
  write({ level, message, ...fields });
}

/** What of a caught error may be logged: SDK errors name the service's code, messages may quote input. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
