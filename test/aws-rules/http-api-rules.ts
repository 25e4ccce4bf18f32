import type { AwsRule } from './aws-rule';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const ROUTE_SETTINGS = 'https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages-stagename-routesettings-routekey.html';

/** HTTP APIs. */
export const HTTP_API_RULES: readonly AwsRule[] = [
  {
    rule: 'A Lambda integration names its payload format, 1.0 or 2.0',
    source: `${GUIDE}/http-api-develop-integrations-lambda.html`,
    type: 'AWS::ApiGatewayV2::Integration',
    violation: ({ PayloadFormatVersion }) => !['1.0', '2.0'].includes(PayloadFormatVersion) && `${PayloadFormatVersion}`,
    breakIt: (properties) => {
      delete properties.PayloadFormatVersion;
    },
  },
  {
    rule: 'A route key is $default, or a method and a path',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigatewayv2-route.html',
    type: 'AWS::ApiGatewayV2::Route',
    violation: ({ RouteKey }) => !/^(\$default|(ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/\S*)$/.test(RouteKey) && RouteKey,
    breakIt: (properties) => {
      properties.RouteKey = '/webhook';
    },
  },
  {
    rule: 'An access log contains the request id or the extended request id',
    source: 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2.IAccessLogSettings.html',
    type: 'AWS::ApiGatewayV2::Stage',
    violation: ({ AccessLogSettings }) => !/\$context\.(requestId|extendedRequestId)/.test(AccessLogSettings.Format) && AccessLogSettings.Format,
    breakIt: ({ AccessLogSettings }) => Object.assign(AccessLogSettings, { Format: '$context.status' }),
  },
  {
    rule: 'The name of a stage is $default, or has at most 128 letters, digits, hyphens and underscores',
    source: ROUTE_SETTINGS,
    type: 'AWS::ApiGatewayV2::Stage',
    violation: ({ StageName }) => !/^(\$default|[\w-]{1,128})$/.test(StageName) && StageName,
    breakIt: (properties) => {
      properties.StageName = '$prod';
    },
  },
  {
    rule: 'Settings of a route are for one that exists before the stage',
    source: ROUTE_SETTINGS,
    type: 'AWS::ApiGatewayV2::Stage',
    violation: ({ RouteSettings = {} }, { Resources }, logicalId) => {
      const earlier = [Resources[logicalId].DependsOn ?? []].flat().map((id) => Resources[id]?.Properties.RouteKey);
      return Object.keys(RouteSettings).find((key) => !earlier.includes(key));
    },
    breakIt: (_, { Resources }, logicalId) => {
      Resources[logicalId].DependsOn = [];
    },
  },
  {
    rule: 'An HTTP API cannot be mapped to a domain name with a policy that starts with SecurityPolicy_. TLS 1.2 is the best of the others',
    source: `${GUIDE}/apigateway-custom-domain-tls-version.html`,
    type: 'AWS::ApiGatewayV2::DomainName',
    violation: ({ DomainNameConfigurations }) => DomainNameConfigurations
      .map(({ EndpointType, SecurityPolicy }: { EndpointType?: string; SecurityPolicy?: string }) => `${EndpointType} ${SecurityPolicy}`)
      .find((found: string) => found !== 'REGIONAL TLS_1_2'),
    breakIt: ({ DomainNameConfigurations }) => Object.assign(DomainNameConfigurations[0], { SecurityPolicy: 'TLS_1_0' }),
  },
];
