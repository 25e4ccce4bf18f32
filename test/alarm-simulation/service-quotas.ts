import type { MetricQuery } from './metric-store';

/**
 * The quotas of the simulated account that have a usage metric, by its namespace and name. Service Quotas names
 * `ConcurrentExecutions` without dimensions for the concurrency of Lambda.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const QUOTAS: { readonly [metric: string]: number } = { 'AWS/Lambda ConcurrentExecutions': 1_000 };

/** The quota whose usage a metric is. */
export function quotaOf({ namespace, name, dimensions }: MetricQuery): number {
  const quota = QUOTAS[`${namespace} ${name}`];
  if (quota === undefined || Object.keys(dimensions).length > 0) {
    throw new Error(`the metric ${name} of ${namespace} is not the usage of a quota: add it to service-quotas.ts`);
  }
  return quota;
}
