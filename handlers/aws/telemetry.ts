import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context } from 'aws-lambda';
import {
  Env, METRIC_DIMENSION, METRIC_NAMESPACE, METRICS, type DimensionValue, type MetricDefinition, type MetricName, type ProviderMetricName,
} from '../../src/private/contract';

export type LogLevel = 'INFO' | 'WARN' | 'ERROR';
export type LogFields = { readonly [field: string]: string | number | boolean | undefined };

const DEFINITIONS: ReadonlyMap<string, MetricDefinition> = new Map(Object.values(METRICS).map((metric) => [metric.name, metric]));

/** The fields of every line that the running work writes. */
const scope = new AsyncLocalStorage<LogFields>();

/**
 * Adds the ids of an invocation to every line that it writes. Lambda sets the
 * trace header for each invocation. Its root is the id of the trace
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
 * X-Ray has the trace only if it is sampled. The id of any other would be 52 bytes of each line without a use.
 */
export async function withInvocation<T>(context: Pick<Context, 'awsRequestId'> | undefined, work: () => Promise<T>): Promise<T> {
  const [, traceId] = /Root=([^;]+).*Sampled=1/.exec(process.env._X_AMZN_TRACE_ID ?? '') ?? [];
  return withLogFields({ requestId: context?.awsRequestId, traceId }, work);
}

/** Adds fields to every line that some work writes. */
export async function withLogFields<T>(fields: LogFields, work: () => Promise<T>): Promise<T> {
  return scope.run({ ...scope.getStore(), ...fields }, work);
}

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
  write(embeddedMetrics([metric], value, of));
}

/** A value of a metric, and that of its dimension if it has one. */
export interface MetricValue {
  readonly metric: MetricName;
  readonly value: number;
  readonly of?: string;
}

/** Adds values to metrics in one line, because each line costs. No two of them may have the same dimension. */
export function measureAll(values: readonly MetricValue[]): void {
  const lines = values.map(({ metric, value, of }) => embeddedMetrics([metric], value, of));
  const CloudWatchMetrics = lines.flatMap(({ _aws }) => _aws.CloudWatchMetrics);
  write({ ...Object.assign({}, ...lines) as object, _aws: { ...lines[0]._aws, CloudWatchMetrics } });
}

/**
 * Writes one JSON line. Its fields are scalars, so that an object cannot add a
 * payload, secret or signature.
 */
export function log(level: LogLevel, message: string, fields: LogFields = {}): void {
  write({ level, message, ...fields });
}

/** Logs one webhook and counts it, in one line, because each line costs. */
export function logAndCount(
  level: LogLevel, message: string, fields: LogFields, metrics: readonly ProviderMetricName[], provider: string | undefined,
): void {
  write({ level, message, ...fields, ...embeddedMetrics(metrics, 1, provider) });
}

/** The part of a caught error that can be logged. SDK errors have the service's code as name. Messages can quote input. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : 'UnknownError';
}

interface EmbeddedMetrics {
  readonly _aws: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly object[] };
  readonly [member: string]: unknown;
}

/** The members of a line that give metrics of the same dimensions a value. */
function embeddedMetrics(metrics: readonly MetricName[], value: number, of: string | undefined): EmbeddedMetrics {
  const definitions = metrics.map((metric) => DEFINITIONS.get(metric)!);
  const [{ dimension, total = dimension === undefined }] = definitions;
  const own = dimension === undefined || of === undefined ? {} : { [dimension]: of };
  const ownNames = Object.keys(own);
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{
        Namespace: METRIC_NAMESPACE,
        Dimensions: [...total ? [[METRIC_DIMENSION]] : [], ...ownNames.map((name) => [METRIC_DIMENSION, name])],
        Metrics: definitions.map(({ name, unit }) => ({ Name: name, Unit: unit })),
      }],
    },
    [METRIC_DIMENSION]: systemName(),
    ...own,
    ...Object.fromEntries(metrics.map((metric) => [metric, value])),
  };
}

function write(line: object): void {
  process.stdout.write(`${JSON.stringify({ ...scope.getStore(), ...line })}\n`);
}

/** The environment suffix, or the name of a system without one. */
export function systemName(): string {
  return process.env[Env.SYSTEM_NAME] ?? 'unknown';
}
