import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../contract';

export interface StatusCountProps {
  /** Contains `apiId`, `status` and the field of `otherNames`. */
  readonly accessLogs: LogGroup;
  readonly apiId: string;
  readonly status: number;
  readonly metricName: string;
  /** The field and its value for names that no provider has. */
  readonly otherNames: { readonly field: string; readonly value: string };
}

const DIMENSION = 'Api';

/** Counts the requests to the paths of providers that were answered with one status, from the access logs of API Gateway: it has no metric for one status. */
export class StatusCount extends Construct {
  public readonly metric: Metric;

  constructor(scope: Construct, id: string, { accessLogs, apiId, status, metricName, otherNames }: StatusCountProps) {
    super(scope, id);
    new MetricFilter(this, 'Filter', {
      logGroup: accessLogs,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.status', '=', String(status)),
        FilterPattern.stringValue(`$.${otherNames.field}`, '!=', otherNames.value),
      ),
      metricNamespace: METRIC_NAMESPACE,
      metricName,
      dimensions: { [DIMENSION]: '$.apiId' },
    });
    this.metric = new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSION]: apiId },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
  }
}
