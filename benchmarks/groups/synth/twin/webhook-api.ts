import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccessLogField, AccessLogFormat, EndpointType, LambdaIntegration, LogGroupLogDestination, ResponseType, RestApi, type CfnRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnSamplingRule } from 'aws-cdk-lib/aws-xray';
import { Construct } from 'constructs';

export interface WebhookApiProps {
  readonly validator: IFunction;
}

const SECURITY_HEADERS = {
  'cache-control': "'no-store'",
  'x-content-type-options': "'nosniff'",
  'strict-transport-security': "'max-age=31536000'",
};

/** The REST API, its access logs and the metrics from them. */
export class WebhookApi extends Construct {
  public readonly api: RestApi;
  public readonly throttledRequests: Metric;
  public readonly tooLargeRequests: Metric;

  constructor(scope: Construct, id: string, { validator }: WebhookApiProps) {
    super(scope, id);
    const accessLogs = new LogGroup(this, 'AccessLogs', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
    this.api = new RestApi(this, 'Api', {
      restApiName: `${Stack.of(this).stackName}-webhooks`,
      description: 'Receives the webhooks of payment providers',
      endpointTypes: [EndpointType.REGIONAL],
      disableExecuteApiEndpoint: false,
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: true,
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        throttlingRateLimit: 1_000,
        throttlingBurstLimit: 2_000,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify({
          apiId: AccessLogField.contextApiId(),
          extendedRequestId: AccessLogField.contextExtendedRequestId(),
          lambdaRequestId: AccessLogField.contextAwsEndpointRequestId(),
          sourceIp: AccessLogField.contextIdentitySourceIp(),
          userAgent: AccessLogField.contextIdentityUserAgent(),
          httpMethod: AccessLogField.contextHttpMethod(),
          path: AccessLogField.contextPath(),
          resourcePath: AccessLogField.contextResourcePath(),
          status: AccessLogField.contextStatus(),
          responseLatency: AccessLogField.contextResponseLatency(),
          integrationLatency: AccessLogField.contextIntegrationLatency(),
          integrationError: AccessLogField.contextIntegrationErrorMessage(),
          tlsVersion: '$context.tlsVersion',
          cipherSuite: '$context.cipherSuite',
        })),
      },
    });
    const resource = this.api.node.defaultChild as CfnRestApi;
    resource.securityPolicy = 'SecurityPolicy_TLS13_1_2_2021_06';
    resource.endpointAccessMode = 'STRICT';

    const integration = new LambdaIntegration(validator, { proxy: true, allowTestInvoke: false });
    const webhook = this.api.root.addResource('webhook');
    webhook.addMethod('POST', integration);
    webhook.addResource('standard-webhooks').addMethod('POST', integration);
    webhook.addResource('{provider}').addMethod('POST', integration);
    this.api.addGatewayResponse('ClientErrors', { type: ResponseType.DEFAULT_4XX, responseHeaders: SECURITY_HEADERS });
    this.api.addGatewayResponse('ServerErrors', { type: ResponseType.DEFAULT_5XX, responseHeaders: SECURITY_HEADERS });

    this.throttledRequests = this.countStatus(accessLogs, '429', 'RequestsThrottled');
    this.tooLargeRequests = this.countStatus(accessLogs, '413', 'RequestsTooLarge');
    new CfnSamplingRule(this, 'TraceSampling', {
      samplingRule: {
        ruleName: `${Stack.of(this).stackName}-api`,
        fixedRate: 0.01,
        reservoirSize: 0,
        priority: 100,
        host: '*',
        httpMethod: '*',
        urlPath: '*',
        serviceName: `${this.api.restApiName}/${this.api.deploymentStage.stageName}`,
        serviceType: 'AWS::ApiGateway::Stage',
        resourceArn: this.api.deploymentStage.stageArn,
        version: 1,
      },
    });
  }

  private countStatus(logGroup: LogGroup, status: string, metricName: string): Metric {
    new MetricFilter(this, metricName, {
      logGroup,
      metricNamespace: 'WebhookProcessingSystem',
      metricName,
      dimensions: { Api: '$.apiId' },
      filterPattern: FilterPattern.all(
        FilterPattern.stringValue('$.status', '=', status),
        FilterPattern.stringValue('$.resourcePath', '!=', '/webhook/{provider}'),
      ),
    });
    return new Metric({ namespace: 'WebhookProcessingSystem', metricName, dimensionsMap: { Api: this.api.restApiId }, statistic: Stats.SUM });
  }
}
