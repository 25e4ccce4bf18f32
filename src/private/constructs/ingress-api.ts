import {
  AccessLogField, AccessLogFormat, type CfnDomainName, type CfnRestApi, DomainName, EndpointType, LambdaIntegration, LogGroupLogDestination,
  type Resource, ResponseType, RestApi, type SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IAliasRecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { ApiGatewayAccount } from './api-gateway-account';
import { CustomDomain } from './custom-domain';
import type { BoundProvider } from '../bound-provider';
import { SECURITY_HEADERS } from '../contract';
import { TlsPolicy } from '../tls-policy';
import { validateWholeNumber } from '../validation';
import { StatusCount } from './status-count';
import { TraceSampling } from './trace-sampling';
import { WebAcl } from './web-acl';
import { OTHER_NAMES, type WebhookIngress, type WebhookIngressProps } from './webhook-ingress';
import type { WebhookDomain } from '../../props/webhook-domain';

export interface IngressApiProps extends WebhookIngressProps {
  readonly cloudWatchRole: boolean;
  /** Share of the requests that are traced, from 0 to 1. */
  readonly tracingSampleRate: number;
  readonly securityPolicy?: SecurityPolicy;
  readonly webAclArn?: string;
}

/**
 * The logged fields of a request: never its body or a header with a signature. 100 bytes cost 0.05 USD per million requests,
 * so the line has no time, which CloudWatch adds to each line, and no length of the response, which is nearly constant.
 */
const ACCESS_LOG_FIELDS = {
  // The metric filters read `apiId` and `resourcePath`.
  apiId: AccessLogField.contextApiId(),
  // One id is enough. A client cannot choose this one, and AWS Support needs it
  // (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html).
  extendedRequestId: AccessLogField.contextExtendedRequestId(),
  // The `requestId` in the log of the validator.
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
  // The negotiated version of each client shows which clients a stricter policy would break
  // (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html).
  tlsVersion: '$context.tlsVersion',
  cipherSuite: '$context.cipherSuite',
};

/** The REST API that providers post to. */
export class IngressApi extends Construct implements WebhookIngress {
  public readonly api: RestApi;
  /** The resource that the first provider posts to. */
  public readonly webhookUrl: string;
  /** Requests over the limit of the stage. */
  public readonly throttledRequests: IMetric;
  /** Requests that are too large for Lambda. API Gateway answers them itself. */
  public readonly tooLargeRequests: IMetric;

  constructor(scope: Construct, id: string, props: IngressApiProps) {
    super(scope, id);
    const { customDomain } = props;
    validateWholeNumber('throttlingRateLimit', props.throttlingRateLimit, 1, 1_000_000);
    validateWholeNumber('throttlingBurstLimit', props.throttlingBurstLimit, 1, 1_000_000);
    const tlsPolicy = new TlsPolicy(this, props.securityPolicy, customDomain?.truststore !== undefined);

    const accessLogs = this.createAccessLogs(props);
    this.api = this.createApi(props, accessLogs);
    const counted = { accessLogs, apiId: this.api.restApiId, otherNames: { field: 'resourcePath', value: OTHER_NAMES } };
    this.throttledRequests = new StatusCount(this, 'Throttled', { ...counted, status: 429, metricName: 'RequestsThrottled' }).metric;
    this.tooLargeRequests = new StatusCount(this, 'TooLarge', { ...counted, status: 413, metricName: 'RequestsTooLarge' }).metric;
    const resource = this.api.node.defaultChild as CfnRestApi;
    tlsPolicy.applyTo(resource);
    // It prints the address of the stage, which does not answer providers.
    this.api.node.tryRemoveChild('Endpoint');
    if (props.cloudWatchRole) {
      ApiGatewayAccount.ensure(this, resource);
    }
    this.api.deploymentStage.node.addDependency(ApiGatewayAccount.dependencyOf(this));
    this.openPaths(props);
    this.secureOwnAnswers();

    const { deploymentStage: stage } = this.api;
    new TraceSampling(this, 'TraceSampling', {
      ...props,
      noun: 'webhook-api',
      // API Gateway matches these: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-configuring-xray-sampling-rules.html
      serviceName: `${this.api.restApiName}/${stage.stageName}`,
      serviceType: 'AWS::ApiGateway::Stage',
      resourceArn: stage.stageArn,
      rate: props.tracingSampleRate,
    });
    if (customDomain) {
      new CustomDomain(this, 'CustomDomain', { ...customDomain, mapDomain: (domainScope) => this.mapDomain(domainScope, customDomain, tlsPolicy) });
    }
    if (props.webAclArn !== undefined) {
      new WebAcl(this, 'WebAcl', { stage: this.api.deploymentStage, webAclArn: props.webAclArn });
    }
    this.webhookUrl = customDomain ? `https://${customDomain.domainName}/webhook` : this.api.urlForPath('/webhook');
  }

  private mapDomain(scope: Construct, domain: WebhookDomain, tlsPolicy: TlsPolicy): IAliasRecordTarget {
    const { domainName, certificate, truststore, ownershipVerificationCertificate } = domain;
    const name = new DomainName(scope, 'DomainName', { domainName, certificate, endpointType: EndpointType.REGIONAL, mtls: truststore });
    const resource = name.node.defaultChild as CfnDomainName;
    tlsPolicy.applyTo(resource);
    resource.ownershipVerificationCertificateArn = ownershipVerificationCertificate?.certificateArn;
    name.addBasePathMapping(this.api);
    return new ApiGatewayDomain(name);
  }

  private createAccessLogs({ names, logRetention, removalPolicy, encryptionKey }: IngressApiProps): LogGroup {
    return new LogGroup(this, 'AccessLogs', {
      logGroupName: names.optional('webhook-api') && `/aws/apigateway/${names.required('webhook-api')}`,
      retention: logRetention,
      removalPolicy,
      encryptionKey,
    });
  }

  private createApi(props: IngressApiProps, accessLogs: LogGroup): RestApi {
    return new RestApi(this, 'Api', {
      restApiName: props.names.required('webhook-api'),
      description: 'Receives the webhooks of payment providers',
      // Edge-optimized endpoints do not exist in China and GovCloud.
      endpointTypes: [EndpointType.REGIONAL],
      // Always set. A value that is later removed from the template can stay active, and the API would have no address.
      disableExecuteApiEndpoint: props.customDomain !== undefined,
      // Signatures cover the raw bytes. As text, API Gateway would decode and encode them again.
      binaryMediaTypes: ['*/*'],
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        accessLogDestination: new LogGroupLogDestination(accessLogs),
        accessLogFormat: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG_FIELDS)),
        throttlingRateLimit: props.throttlingRateLimit,
        throttlingBurstLimit: props.throttlingBurstLimit,
      },
    });
  }

  /**
   * Each provider has its own path, because API Gateway counts the requests of each method separately: a flood at one provider
   * does not throttle the others (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html).
   * The last path is for names that no provider has, which the validator answers with 404.
   */
  private openPaths({ validator, providers }: IngressApiProps): void {
    const integration = new LambdaIntegration(validator, { proxy: true, allowTestInvoke: false });
    const open = (resource: Resource, served: readonly BoundProvider[]): void => {
      resource.addMethod('POST', integration);
      if (served.some(({ answersChallenge }) => answersChallenge)) {
        resource.addMethod('GET', integration);
      }
    };
    const webhook = this.api.root.addResource('webhook');
    open(webhook, providers.slice(0, 1));
    providers.forEach((provider) => open(webhook.addResource(provider.config.name), [provider]));
    open(webhook.addResource('{provider}'), []);
  }

  /** Adds the headers to the answers that API Gateway gives without the validator, such as 429. */
  private secureOwnAnswers(): void {
    // API Gateway reads a text in single quotes as a fixed value.
    const responseHeaders = Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name, `'${value}'`]));
    this.api.addGatewayResponse('ClientErrors', { type: ResponseType.DEFAULT_4XX, responseHeaders });
    this.api.addGatewayResponse('ServerErrors', { type: ResponseType.DEFAULT_5XX, responseHeaders });
  }
}
