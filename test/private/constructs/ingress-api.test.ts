import { Fn } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { WebhookProvider, type WebhookProcessingSystemProps } from '../../../src';
import { synthesize, templateOf, theResource } from '../../support/system';

const named = (props: WebhookProcessingSystemProps = {}) => templateOf({ environmentSuffix: 'test', ...props });
const stageOf = (template: Template) => theResource(template, 'AWS::ApiGateway::Stage').Properties;

describe('the API', () => {
  test('accepts POST on /webhook, on the path of each provider and on /webhook/{provider}, and forwards raw bytes', () => {
    const template = named({ providers: [WebhookProvider.stripe(), WebhookProvider.payPal()] });

    template.hasResourceProperties('AWS::ApiGateway::RestApi', { Name: 'webhook-api-test', BinaryMediaTypes: ['*/*'] });
    expect(Object.values(template.findResources('AWS::ApiGateway::Resource')).map(({ Properties }) => Properties.PathPart)).toEqual(['webhook', 'stripe', 'paypal', '{provider}']);
    expect(Object.values(template.findResources('AWS::ApiGateway::Method')).map(({ Properties }) => [Properties.HttpMethod, Properties.Integration.Type]))
      .toEqual(Array(4).fill(['POST', 'AWS_PROXY']));
  });

  test.each(['DEFAULT_4XX', 'DEFAULT_5XX'])('adds the headers of the validator to its own answers of the type %s', (ResponseType) => {
    // A fixed value is in single quotes: https://docs.aws.amazon.com/apigateway/latest/developerguide/customize-gateway-responses.html
    named().hasResourceProperties('AWS::ApiGateway::GatewayResponse', {
      ResponseType,
      ResponseParameters: {
        'gatewayresponse.header.cache-control': "'no-store'",
        'gatewayresponse.header.x-content-type-options': "'nosniff'",
        'gatewayresponse.header.strict-transport-security': "'max-age=31536000'",
      },
      StatusCode: Match.absent(),
      ResponseTemplates: Match.absent(),
    });
  });

  test.each([[{}, 1_000, 2_000], [{ throttlingRateLimit: 5, throttlingBurstLimit: 7 }, 5, 7]])('throttles with %j at %d per second, burst %d', (props, rate, burst) => {
    named(props).hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [Match.objectLike({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst, DataTraceEnabled: false })],
    });
  });

  test('logs each request as JSON, without its body or a header with a signature', () => {
    const { Format } = stageOf(named()).AccessLogSetting;

    expect(Object.keys(JSON.parse(Format))).toEqual([
      'apiId', 'extendedRequestId', 'lambdaRequestId', 'sourceIp', 'userAgent', 'httpMethod', 'path', 'resourcePath', 'status', 'responseLatency',
      'integrationLatency', 'integrationError', 'tlsVersion', 'cipherSuite',
    ]);
    // A client can choose `$context.requestId`: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html
    expect(JSON.parse(Format).extendedRequestId).toBe('$context.extendedRequestId');
    expect(Format).not.toMatch(/body|header|signature/i);
  });

  test('logs the TLS version and cipher suite of each client', () => {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
    expect(JSON.parse(stageOf(named()).AccessLogSetting.Format)).toMatchObject({ tlsVersion: '$context.tlsVersion', cipherSuite: '$context.cipherSuite' });
  });

  test('keeps its generated address without a domain name', () => {
    named().hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: false });
  });

  test.each([
    ['a rate of zero', { throttlingRateLimit: 0 }, '`throttlingRateLimit` must be a whole number from 1 to 1000000, got: 0'],
    // API Gateway reads -1 as no limit: https://github.com/DianaIonita/serverless-api-gateway-throttling/issues/39
    ['a burst that disables throttling', { throttlingBurstLimit: -1 }, '`throttlingBurstLimit` must be a whole number from 1 to 1000000, got: -1'],
  ])('rejects %s', (_, props, message) => {
    expect(() => named(props)).toThrow(message);
  });
});

describe('the security policy of the API', () => {
  test('requires TLS 1.2 on a regional endpoint by default', () => {
    named().hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06',
      EndpointAccessMode: 'STRICT',
    });
  });

  test('can be a stricter one', () => {
    named({ securityPolicy: SecurityPolicy.TLS13_1_3_2025_09 }).hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT',
    });
  });

  test('can be TLS_1_2, which has no endpoint access mode', () => {
    named({ securityPolicy: SecurityPolicy.TLS_1_2 }).hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent(),
    });
  });

  test.each([SecurityPolicy.TLS_1_0, SecurityPolicy.TLS13_2025_EDGE, SecurityPolicy.TLS12_2018_EDGE])('cannot be %s', (securityPolicy) => {
    expect(() => named({ securityPolicy })).toThrow(
      `\`securityPolicy\` must require TLS 1.2 or later on a regional endpoint, got: '${securityPolicy}'. Leave it out to use the default.`,
    );
  });
});

describe('the API outside of the partition aws', () => {
  const partitions = [['aws-cn', 'cn-north-1'], ['aws-us-gov', 'us-gov-west-1'], ['aws-eusc', 'eusc-de-east-1']];
  const everything = (region: string) => synthesize((stack) => ({
    customDomain: {
      domainName: 'webhooks.example.com',
      certificate: Certificate.fromCertificateArn(stack, 'Certificate', `arn:${stack.partition}:acm:${region}:111122223333:certificate/1`),
    },
    webAclArn: Fn.importValue('WebAclArn'),
  }), { env: { region } }).template;

  test.each(partitions)('has regional endpoints that require TLS_1_2, in %s', (_, region) => {
    // No edge-optimized endpoints: https://docs.amazonaws.cn/en_us/aws/latest/userguide/api-gateway.html
    // No SecurityPolicy_… either: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html
    const template = everything(region);

    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName']) {
      template.hasResourceProperties(type, { EndpointConfiguration: { Types: ['REGIONAL'] }, SecurityPolicy: 'TLS_1_2', EndpointAccessMode: Match.absent() });
    }
  });

  test.each(partitions)('names no ARN of another partition, in %s', (_, region) => {
    const template = everything(region);

    for (const type of [
      'AWS::XRay::SamplingRule', 'AWS::WAFv2::WebACLAssociation', 'AWS::ApiGateway::Account', 'AWS::ApiGateway::Stage', 'AWS::ApiGateway::Method',
      'AWS::IAM::Role',
    ]) {
      expect(Object.keys(template.findResources(type))).not.toEqual([]);
      expect(JSON.stringify(template.findResources(type))).not.toContain('arn:aws:');
    }
  });

  test('rejects an enhanced policy in GovCloud', () => {
    expect(() => synthesize({ securityPolicy: SecurityPolicy.TLS13_1_3_2025_09 }, { env: { region: 'us-gov-east-1' } })).toThrow(
      '`securityPolicy` must be TLS_1_2 in AWS GovCloud (US), which does not support policies that start with SecurityPolicy_, '
      + "got: 'SecurityPolicy_TLS13_1_3_2025_09'. Leave it out to use TLS_1_2.",
    );
  });

  test('accepts an enhanced policy if AWS does not exclude it', () => {
    synthesize({ securityPolicy: SecurityPolicy.TLS13_1_3_2025_09 }, { env: { region: 'cn-north-1' } }).template
      .hasResourceProperties('AWS::ApiGateway::RestApi', { SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09', EndpointAccessMode: 'STRICT' });
  });

  test.each(['eu-central-1', 'xx-unknown-1'])('is not assumed for %s', (region) => {
    synthesize({}, { env: { region } }).template
      .hasResourceProperties('AWS::ApiGateway::RestApi', { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06' });
  });
});
