import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping, type CfnRoute, type CfnStage, DomainName, EndpointType, HttpApi, HttpMethod, HttpRoute, HttpRouteKey, HttpStage, LogGroupLogDestination,
  PayloadFormatVersion, SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { type IAliasRecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { CustomDomain } from './custom-domain';
import { StatusCount } from './status-count';
import { OTHER_NAMES, type WebhookIngress, type WebhookIngressProps } from './webhook-ingress';
import type { WebhookDomain } from '../../props/webhook-domain';
import type { BoundProvider } from '../bound-provider';
import { validateWholeNumber } from '../validation';

/**
 * The logged fields of a request: never its body or a header with a signature. HTTP APIs have no more
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html).
 */
const LOGGED_FIELDS = {
  apiId: AccessLogField.contextApiId(),
  requestId: AccessLogField.contextRequestId(),
  extendedRequestId: AccessLogField.contextExtendedRequestId(),
  requestTime: AccessLogField.contextRequestTime(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  userAgent: AccessLogField.contextIdentityUserAgent(),
  httpMethod: AccessLogField.contextHttpMethod(),
  path: AccessLogField.contextPath(),
  routeKey: '$context.routeKey',
  status: AccessLogField.contextStatus(),
  responseLength: AccessLogField.contextResponseLength(),
  responseLatency: AccessLogField.contextResponseLatency(),
  integrationLatency: AccessLogField.contextIntegrationLatency(),
  integrationError: AccessLogField.contextIntegrationErrorMessage(),
};

/** The HTTP API that providers post to. */
export class HttpIngressApi extends Construct implements WebhookIngress {
  public readonly api: HttpApi;
  public readonly webhookUrl: string;
  public readonly throttledRequests: IMetric;
  public readonly tooLargeRequests: IMetric;

  constructor(scope: Construct, id: string, props: WebhookIngressProps) {
    super(scope, id);
    const { names, customDomain, logRetention, removalPolicy, encryptionKey } = props;
    validateWholeNumber('throttlingRateLimit', props.throttlingRateLimit, 1, 1_000_000);
    validateWholeNumber('throttlingBurstLimit', props.throttlingBurstLimit, 1, 1_000_000);

    const accessLogs = new LogGroup(this, 'AccessLogs', {
      // AWS allows deliveries to this prefix once, so that many APIs do not exceed the size of the policy for deliveries
      // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html).
      logGroupName: `/aws/vendedlogs/apigateway/${names.optional('webhook-api') ?? names.perDeployment('webhook-api')}`,
      retention: logRetention,
      removalPolicy,
      encryptionKey,
    });
    this.api = new HttpApi(this, 'Api', {
      apiName: names.required('webhook-api'),
      description: 'Receives the webhooks of payment providers',
      createDefaultStage: false,
      disableExecuteApiEndpoint: customDomain !== undefined,
    });
    const routes = this.openRoutes(props);
    const stage = this.createStage(props, accessLogs, routes);
    const countOf = (statusId: string, status: number, metricName: string) => new StatusCount(this, statusId, {
      accessLogs, apiId: this.api.apiId, status, metricName, otherNames: { field: 'routeKey', value: `POST ${OTHER_NAMES}` },
    }).metric;
    this.throttledRequests = countOf('Throttled', 429, 'RequestsThrottled');
    this.tooLargeRequests = countOf('TooLarge', 413, 'RequestsTooLarge');
    if (customDomain) {
      new CustomDomain(this, 'CustomDomain', { ...customDomain, mapDomain: (domainScope) => this.mapDomain(domainScope, customDomain, stage) });
    }
    this.webhookUrl = `${customDomain ? `https://${customDomain.domainName}` : this.api.apiEndpoint}/webhook`;
  }

  /** Each provider has its own route, whose limit a flood at another one does not use up. */
  private openRoutes({ validator, providers }: WebhookIngressProps): HttpRoute[] {
    const integration = new HttpLambdaIntegration('Validator', validator, {
      // The event of this version is that of a REST API: repeated headers stay separate values
      // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
      payloadFormatVersion: PayloadFormatVersion.VERSION_1_0,
      // One permission for the API. One for each route would fill the policy of the function with many providers.
      scopePermissionToRoute: false,
    });
    const open = (path: string, served: readonly BoundProvider[]): HttpRoute[] => {
      const methods = [HttpMethod.POST, ...served.some(({ answersChallenge }) => answersChallenge) ? [HttpMethod.GET] : []];
      return methods.map((method) => new HttpRoute(this, `${method} ${path.slice(1)}`.replaceAll('/', '-'), {
        httpApi: this.api, routeKey: HttpRouteKey.with(path, method), integration,
      }));
    };
    return [
      ...open('/webhook', providers.slice(0, 1)),
      ...providers.flatMap((provider) => open(`/webhook/${provider.config.name}`, [provider])),
      ...open(OTHER_NAMES, []),
    ];
  }

  private createStage(
    { throttlingRateLimit, throttlingBurstLimit }: WebhookIngressProps, accessLogs: LogGroup, routes: readonly HttpRoute[],
  ): HttpStage {
    const stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: throttlingRateLimit, burstLimit: throttlingBurstLimit },
      accessLogSettings: { destination: new LogGroupLogDestination(accessLogs), format: AccessLogFormat.custom(JSON.stringify(LOGGED_FIELDS)) },
    });
    const resource = stage.node.defaultChild as CfnStage;
    const limits = { ThrottlingRateLimit: throttlingRateLimit, ThrottlingBurstLimit: throttlingBurstLimit };
    resource.routeSettings = Object.fromEntries(routes.map((route) => [(route.node.defaultChild as CfnRoute).routeKey, limits]));
    // API Gateway rejects the settings of a route that does not exist.
    stage.node.addDependency(...routes);
    return stage;
  }

  private mapDomain(scope: Construct, domain: WebhookDomain, stage: HttpStage): IAliasRecordTarget {
    const { domainName, certificate, truststore, ownershipVerificationCertificate } = domain;
    const name = new DomainName(scope, 'DomainName', {
      domainName,
      certificate,
      endpointType: EndpointType.REGIONAL,
      securityPolicy: SecurityPolicy.TLS_1_2,
      mtls: truststore,
      ownershipCertificate: ownershipVerificationCertificate,
    });
    new ApiMapping(scope, 'Mapping', { api: this.api, domainName: name, stage });
    return new ApiGatewayv2DomainProperties(name.regionalDomainName, name.regionalHostedZoneId);
  }
}
