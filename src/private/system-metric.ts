import { Metric, type MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { METRIC_DIMENSION, METRIC_NAMESPACE } from './contract';
import type { PhysicalNames } from './physical-names';

/** A metric that the handlers publish through the embedded metric format. Dimensions in the options are added to the system's. */
export function systemMetric(names: PhysicalNames, metricName: string, options: MetricOptions = {}): Metric {
  return new Metric({
    statistic: Stats.SUM,
    ...options,
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { ...options.dimensionsMap, [METRIC_DIMENSION]: names.systemId },
  });
}
