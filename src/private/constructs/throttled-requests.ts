import { Duration } from 'aws-cdk-lib';
import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter, type LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from '../contract';

export interface ThrottledRequestsProps {
  /** Contains `apiId`, `resourcePath` and `status`. */
  readonly accessLogs: LogGroup;
  readonly api: RestApi;
}

const METRIC_NAME = 'RequestsThrottled';
const DIMENSION = 'Api';

/** The path for names that no provider has. Only scanners use it, and its limit is its own. */
const OTHER_NAMES = '/webhook/{provider}';

/** Counts the requests to the paths of providers that API Gateway answered with 429, from its access logs: it has no metric for them. */
export class ThrottledRequests extends Construct {
  public readonly metric: Metric;

  constructor(scope: Construct, id: string, { accessLogs, api }: ThrottledRequestsProps) {
    super(scope, id);
    new MetricFilter(this, 'Filter', {
      logGroup: accessLogs,
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.status', '=', '429'),
        FilterPattern.stringValue('$.resourcePath', '!=', OTHER_NAMES),
      ),
      metricNamespace: METRIC_NAMESPACE,
      metricName: METRIC_NAME,
      dimensions: { [DIMENSION]: '$.apiId' },
    });
    this.metric = new Metric({
      namespace: METRIC_NAMESPACE,
      metricName: METRIC_NAME,
      dimensionsMap: { [DIMENSION]: api.restApiId },
      statistic: Stats.SUM,
      period: Duration.minutes(5),
    });
  }
}
