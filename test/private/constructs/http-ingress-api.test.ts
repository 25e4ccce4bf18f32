import { Match } from 'aws-cdk-lib/assertions';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ApiType, WebhookProvider, type WebhookProcessingSystemProps } from '../../../src';
import { synthesize, templateOf, theResource } from '../../support/system';

const http = (props: WebhookProcessingSystemProps = {}) => ({ environmentSuffix: 'test', apiType: ApiType.httpApi(), ...props });
const providers = [WebhookProvider.stripe(), WebhookProvider.braintree()];
const ROUTES = ['POST /webhook', 'POST /webhook/stripe', 'POST /webhook/braintree', 'GET /webhook/braintree', 'POST /webhook/{provider}'];

describe('the HTTP API', () => {
  const template = templateOf(http({ providers }));
  const stage = theResource(template, 'AWS::ApiGatewayV2::Stage');

  test('replaces the REST API, its role and its sampling rule', () => {
    template.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    for (const type of ['RestApi', 'Account', 'Stage', 'GatewayResponse']) {
      template.resourceCountIs(`AWS::ApiGateway::${type}`, 0);
    }
    expect(Object.values(template.findResources('AWS::XRay::SamplingRule'))).toHaveLength(1);
  });

  test('has a route for each provider, GET for endpoint checks, and one for other names', () => {
    expect(Object.values(template.findResources('AWS::ApiGatewayV2::Route')).map(({ Properties }) => Properties.RouteKey)).toEqual(ROUTES);
  });

  test('sends the event of a REST API, and one permission lets it call the validator', () => {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
    template.hasResourceProperties('AWS::ApiGatewayV2::Integration', { IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '1.0' });
    expect(Object.values(template.findResources('AWS::Lambda::Permission', { Properties: { Principal: 'apigateway.amazonaws.com' } }))).toHaveLength(1);
  });

  test('limits each route after it exists', () => {
    const limits = { ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 2_000 };

    expect(stage.Properties).toMatchObject({ StageName: '$default', AutoDeploy: true, DefaultRouteSettings: limits });
    expect(stage.Properties.RouteSettings).toEqual(Object.fromEntries(ROUTES.map((route) => [route, limits])));
    expect(stage.DependsOn).toEqual(expect.arrayContaining(Object.keys(template.findResources('AWS::ApiGatewayV2::Route'))));
  });

  test('logs each request as JSON with the fields that HTTP APIs have, without its body or headers', () => {
    const { Format } = stage.Properties.AccessLogSettings;

    expect(JSON.parse(Format)).toMatchObject({ apiId: '$context.apiId', requestId: '$context.requestId', routeKey: '$context.routeKey', status: '$context.status' });
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
    expect(Format).not.toMatch(/body|header|signature|tlsVersion|cipherSuite|resourcePath|xrayTraceId/i);
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aws/vendedlogs/apigateway/webhook-api-test' });
  });

  test.each(['429', '413'])('counts answers with %s on the routes of providers', (status) => {
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: `{ ($.status = "${status}") && ($.routeKey != "POST /webhook/{provider}") }`,
    });
  });

  test('has its own metrics in the alarm on server errors and on the dashboard', () => {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'webhooks-server-errors-test', MetricName: '5xx', Namespace: 'AWS/ApiGateway', Dimensions: [{ Name: 'ApiId', Value: Match.anyValue() }],
    });
    const dashboard = JSON.stringify(theResource(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);
    expect(dashboard).toContain('4xx');
    expect(dashboard).not.toContain('4XXError');
  });

  test('makes the validator start no traces', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'webhook-validator-test', TracingConfig: Match.absent() });
  });

  test('is a member, and the member for the REST API throws', () => {
    const { system } = synthesize(http());

    expect(system.httpApi).toBeInstanceOf(HttpApi);
    expect(() => system.api).toThrow('`api` must be read with `ApiType.restApi()`');
    expect(synthesize().system.httpApi).toBeUndefined();
  });

  test('has names without a suffix too', () => {
    expect(() => synthesize({ apiType: ApiType.httpApi() }).template).not.toThrow();
  });
});

test('a domain name accepts TLS 1.2 and client certificates, and turns the generated address off', () => {
  const { system, template } = synthesize((stack) => http({
    customDomain: {
      domainName: 'webhooks.example.com',
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:111122223333:certificate/a'),
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABC', zoneName: 'example.com' }),
      truststore: { bucket: Bucket.fromBucketName(stack, 'Trust', 'trust'), key: 'truststore.pem' },
    },
  }));

  template.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
  template.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
    DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }].map((each) => Match.objectLike(each)),
    MutualTlsAuthentication: { TruststoreUri: 's3://trust/truststore.pem' },
  });
  template.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1);
  template.resourceCountIs('AWS::Route53::RecordSet', 1);
  expect(system.webhookUrl).toBe('https://webhooks.example.com/webhook');
});

test.each([
  ['`webAclArn` must not be set with `ApiType.httpApi()`', { webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/a/b' }],
  ['`cloudWatchRole` must not be set with `ApiType.httpApi()`', { cloudWatchRole: true }],
  ['`securityPolicy` must be TLS_1_2 with `ApiType.httpApi()`', { securityPolicy: SecurityPolicy.TLS13_1_3_2025_09 }],
  ['`throttlingRateLimit` must be a whole number', { throttlingRateLimit: 0 }],
  ['`apiType` must be an object', { apiType: 'http' as unknown as ApiType }],
])('rejects with: %s', (message, props) => {
  expect(() => synthesize(http(props))).toThrow(message);
});

test('accepts the one security policy of HTTP APIs', () => {
  expect(() => synthesize(http({ securityPolicy: SecurityPolicy.TLS_1_2 }))).not.toThrow();
});
