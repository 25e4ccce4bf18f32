import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE, type Metric as MetricNames } from './contract';
import type { PhysicalNames } from './physical-names';

/** A metric that the handlers publish through the embedded metric format. */
export function systemMetric(names: PhysicalNames, metricName: (typeof MetricNames)[keyof typeof MetricNames], options?: MetricOptions): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { [METRIC_DIMENSION]: names.identity },
    statistic: Stats.SUM,
    ...options,
  });
}
