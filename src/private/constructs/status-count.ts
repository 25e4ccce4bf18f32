import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../contract';

export interface StatusCountProps {
  /** Contains `apiId`, `resourcePath` and `status`. */
  readonly accessLogs: LogGroup;
  readonly api: RestApi;
  readonly status: number;
  readonly metricName: string;
}

const DIMENSION = 'Api';

/** The path for names that no provider has. Only scanners use it, and its limit is its own. */
const OTHER_NAMES = '/webhook/{provider}';

/** Counts the requests to the paths of providers that were answered with one status, from the access logs of API Gateway: it has no metric for one status. */
export class StatusCount extends Construct {
  public readonly metric: Metric;

  constructor(scope: Construct, id: string, { accessLogs, api, status, metricName }: StatusCountProps) {
    super(scope, id);
    new MetricFilter(this, 'Filter', {
      logGroup: accessLogs,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.status', '=', String(status)),
        FilterPattern.stringValue('$.resourcePath', '!=', OTHER_NAMES),
      ),
      metricNamespace: METRIC_NAMESPACE,
      metricName,
      dimensions: { [DIMENSION]: '$.apiId' },
    });
    this.metric = new Metric({
      namespace: METRIC_NAMESPACE,
      metricName,
      dimensionsMap: { [DIMENSION]: api.restApiId },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
  }
}
