import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE, Metric as MetricNames, MetricBy, type MetricName, type Verdict } from './contract';
import type { PhysicalNames } from './physical-names';

/** A metric that the handlers publish through the embedded metric format. */
export function systemMetric(names: PhysicalNames, metricName: MetricName, options?: MetricOptions): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: names.systemId },
    statistic: Stats.SUM,
    ...options,
  });
}

/** The verdicts of one kind. */
export function verdictMetric(names: PhysicalNames, verdict: Verdict, options?: MetricOptions): Metric {
  return metricBy(names, MetricNames.VERDICT, MetricBy.VERDICT, verdict, options);
}

/** A metric under a dimension beside the system's. */
export function metricBy(
  names: PhysicalNames, metricName: MetricName, dimension: string, value: string, options?: MetricOptions,
): Metric {
  return systemMetric(names, metricName, { ...options, dimensionsMap: { [METRIC_DIMENSION]: names.systemId, [dimension]: value } });
}
