import type { IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { WebhookDomain } from '../../props/webhook-domain';
import type { BoundProvider } from '../bound-provider';
import type { SystemSettings } from '../settings/system-settings';

/** The settings of every type of API. */
export interface WebhookIngressProps extends SystemSettings {
  readonly validator: IFunction;
  /** The first one has `/webhook`, each its `/webhook/<name>`. */
  readonly providers: readonly BoundProvider[];
  /** Requests a second on each path. */
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
  readonly customDomain?: WebhookDomain;
}

/** The metrics of an API. REST and HTTP APIs have them under other names and dimensions. */
export interface MeasuredApi {
  metricCount(props?: MetricOptions): Metric;
  metricClientError(props?: MetricOptions): Metric;
  metricServerError(props?: MetricOptions): Metric;
}

/** What the system needs of the API that providers post to. */
export interface WebhookIngress {
  readonly api: MeasuredApi;
  /** The address that the first provider posts to. */
  readonly webhookUrl: string;
  /** Requests over the limit of a path. */
  readonly throttledRequests: IMetric;
  /** Requests that are too large for Lambda. */
  readonly tooLargeRequests: IMetric;
}

/** The path for names that no provider has. Only scanners use it, and its limit is its own. */
export const OTHER_NAMES = '/webhook/{provider}';

/** The address that a provider posts to. */
export function webhookUrlOf({ webhookUrl }: WebhookIngress, provider: string): string {
  return `${webhookUrl}/${provider}`;
}
