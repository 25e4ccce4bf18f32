import { Duration } from 'aws-cdk-lib';
import { Metric, Stats, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';

export const NAMESPACE = 'WebhookProcessingSystem';
export const PROVIDER = 'standard-webhooks';
export const FIVE_MINUTES = Duration.minutes(5);

/** The metrics that the functions of a system publish. */
export class MetricCatalog {
  constructor(public readonly system: string) {}

  public of(metricName: string, { dimensionsMap, ...options }: MetricOptions = {}): Metric {
    return new Metric({
      namespace: NAMESPACE,
      metricName,
      statistic: Stats.SUM,
      period: FIVE_MINUTES,
      ...options,
      dimensionsMap: { System: this.system, ...dimensionsMap },
    });
  }

  public ofProvider(metricName: string, options: MetricOptions = {}): Metric {
    return this.of(metricName, { ...options, dimensionsMap: { Provider: PROVIDER } });
  }
}
