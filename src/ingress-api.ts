import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AccessLogField, AccessLogFormat, LambdaIntegration, LogGroupLogDestination, type Resource, RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { BoundProvider } from './private/bound-provider';
import type { SystemSettings } from './private/system-settings';
import { validateWholeNumber } from './private/validation';

export interface IngressApiProps extends SystemSettings {
  readonly validator: IFunction;
  /** The first one has `/webhook`, each its `/webhook/{provider}`. */
  readonly providers: readonly BoundProvider[];
  /** Requests a second. */
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
  readonly createLoggingRole: boolean;
}

/** Which facts of a request are logged: never its body, and no header that carries a signature. */
const ACCESS_LOG_FIELDS = {
  requestId: AccessLogField.contextRequestId(),
  extendedRequestId: AccessLogField.contextExtendedRequestId(),
  xrayTraceId: AccessLogField.contextXrayTraceId(),
  requestTime: AccessLogField.contextRequestTime(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  userAgent: AccessLogField.contextIdentityUserAgent(),
  httpMethod: AccessLogField.contextHttpMethod(),
  path: AccessLogField.contextPath(),
  status: AccessLogField.contextStatus(),
  responseLength: AccessLogField.contextResponseLength(),
  responseLatency: AccessLogField.contextResponseLatency(),
  integrationLatency: AccessLogField.contextIntegrationLatency(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
};

/** The REST API that providers post to. */
export class IngressApi extends Construct {
  public readonly api: RestApi;

  constructor(scope: Construct, id: string, props: IngressApiProps) {
    super(scope, id);
    validateWholeNumber('throttlingRateLimit', props.throttlingRateLimit, 1, 1_000_000);
    validateWholeNumber('throttlingBurstLimit', props.throttlingBurstLimit, 1, 1_000_000);
    const restApiName = props.names.always('webhook-api');

    const accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: props.names.of('webhook-api') && `/aws/apigateway/${restApiName}`,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    this.api = new RestApi(this, 'Api', {
      restApiName,
      description: 'Receives the webhooks of payment providers',
      // Signatures cover the raw bytes: as text, API Gateway would decode and encode them again.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: props.createLoggingRole,
      // The account has one logging role for all of its APIs: others may rest on it.
      cloudWatchRoleRemovalPolicy: props.createLoggingRole ? RemovalPolicy.RETAIN : undefined,
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
        throttlingRateLimit: props.throttlingRateLimit,
        throttlingBurstLimit: props.throttlingBurstLimit,
      },
    });

    const integration = new LambdaIntegration(props.validator, { proxy: true, allowTestInvoke: false });
    const open = (resource: Resource, providers: readonly BoundProvider[]): void => {
      resource.addMethod('POST', integration);
      if (providers.some(({ answersChallenge }) => answersChallenge)) {
        resource.addMethod('GET', integration);
      }
    };
    const webhook = this.api.root.addResource('webhook');
    open(webhook, props.providers.slice(0, 1));
    open(webhook.addResource('{provider}'), props.providers);
  }
}
