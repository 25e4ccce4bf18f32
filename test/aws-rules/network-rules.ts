import { type AwsRule, rangeRule, textOf } from './aws-rule';

const APIGATEWAY = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const POLICIES = `${APIGATEWAY}/apigateway-security-policies.html`;
const isEnhanced = (policy: unknown) => String(policy).startsWith('SecurityPolicy_');

/** Applies to APIs and domain names. */
const tlsRules = (type: string): readonly AwsRule[] => [
  {
    rule: 'A policy that starts with SecurityPolicy_ needs an endpoint access mode, otherwise AWS returns 400',
    source: `${POLICIES}#apigateway-security-policies-endpoint-access-mode and aws/aws-sam-cli#9007`,
    type,
    violation: ({ SecurityPolicy, EndpointAccessMode }) => isEnhanced(SecurityPolicy) && !EndpointAccessMode && SecurityPolicy,
    breakIt: (properties) => Object.assign(properties, { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06', EndpointAccessMode: undefined }),
  },
  {
    rule: 'The policy is one of a regional endpoint and accepts TLS 1.2 at the least',
    source: POLICIES,
    type,
    violation: ({ SecurityPolicy }) => (SecurityPolicy === undefined || SecurityPolicy === 'TLS_1_0' || SecurityPolicy.endsWith('_EDGE')) && `${SecurityPolicy}`,
    breakIt: (properties) => {
      properties.SecurityPolicy = 'TLS_1_0';
    },
  },
];

/** API Gateway, X-Ray and AWS WAF. */
export const NETWORK_RULES: readonly AwsRule[] = [
  ...tlsRules('AWS::ApiGateway::RestApi'),
  ...tlsRules('AWS::ApiGateway::DomainName'),
  {
    rule: 'A domain name with mutual TLS cannot use a policy that starts with SecurityPolicy_',
    source: `${APIGATEWAY}/rest-api-mutual-tls.html`,
    type: 'AWS::ApiGateway::DomainName',
    violation: ({ MutualTlsAuthentication, SecurityPolicy }) => MutualTlsAuthentication && isEnhanced(SecurityPolicy) && SecurityPolicy,
    breakIt: (properties) => Object.assign(properties, { MutualTlsAuthentication: {}, SecurityPolicy: 'SecurityPolicy_TLS13_1_2_2021_06', EndpointAccessMode: 'STRICT' }),
  },
  {
    rule: 'Edge-optimized endpoints do not exist in China and GovCloud',
    source: 'https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-abp.html',
    type: 'AWS::ApiGateway::RestApi',
    violation: ({ EndpointConfiguration }) => EndpointConfiguration?.Types[0] !== 'REGIONAL' && JSON.stringify(EndpointConfiguration),
    breakIt: (properties) => {
      properties.EndpointConfiguration = { Types: ['EDGE'] };
    },
  },
  {
    rule: 'An access log contains the request id or the extended request id',
    source: `${APIGATEWAY}/set-up-logging.html`,
    type: 'AWS::ApiGateway::Stage',
    violation: ({ AccessLogSetting }) => !/\$context\.(requestId|extendedRequestId)/.test(AccessLogSetting.Format) && AccessLogSetting.Format,
    breakIt: ({ AccessLogSetting }) => Object.assign(AccessLogSetting, { Format: '$context.status' }),
  },
  {
    rule: 'A stage with an access log waits for the account to have a logging role, if the stack sets one',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html',
    type: 'AWS::ApiGateway::Stage',
    violation: (_, { Resources }, logicalId) => Object.keys(Resources)
      .find((id) => Resources[id].Type === 'AWS::ApiGateway::Account' && ![Resources[logicalId].DependsOn ?? []].flat().includes(id)),
    breakIt: (_, { Resources }, logicalId) => {
      Resources.Account = { Type: 'AWS::ApiGateway::Account', Properties: {} };
      Resources[logicalId].DependsOn = [];
    },
  },
  {
    rule: 'A gateway response sets headers to fixed values in single quotes, or to a mapped value',
    source: `${APIGATEWAY}/customize-gateway-responses.html and ${APIGATEWAY}/api-gateway-swagger-extensions-gateway-responses.responseParameters.html`,
    type: 'AWS::ApiGateway::GatewayResponse',
    violation: ({ ResponseParameters = {} }) => Object.entries(ResponseParameters)
      .map(([name, value]) => `${name}: ${value}`)
      .find((parameter) => !/^gatewayresponse\.header\.[\w-]+: ('[^']*'|method\.request\..+|context\..+)$/.test(parameter)),
    breakIt: ({ ResponseParameters }) => Object.assign(ResponseParameters, { 'gatewayresponse.header.cache-control': 'no-store' }),
  },
  {
    rule: 'A sampling rule has a name of 32 characters at most, version 1, and a name or an ARN',
    source: 'https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html',
    type: 'AWS::XRay::SamplingRule',
    violation: ({ SamplingRule: { RuleName, Version, RuleARN } }) => {
      const isNamedOnce = (RuleARN === undefined) !== (RuleName === undefined);
      return !(isNamedOnce && (RuleName ?? '').length <= 32 && Version === 1) && `${RuleName} of version ${Version}`;
    },
    breakIt: ({ SamplingRule }) => Object.assign(SamplingRule, { RuleName: 'x'.repeat(33) }),
  },
  rangeRule('AWS::XRay::SamplingRule', 'SamplingRule.Priority', 1, 9_999, 'https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html'),
  rangeRule('AWS::XRay::SamplingRule', 'SamplingRule.FixedRate', 0, 1, 'https://docs.aws.amazon.com/xray/latest/api/API_SamplingRule.html'),
  {
    rule: 'A web ACL is associated with a stage by an ARN without an account, and has the scope REGIONAL',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-wafv2-webaclassociation.html',
    type: 'AWS::WAFv2::WebACLAssociation',
    violation: ({ ResourceArn, WebACLArn }) => (!/::\/restapis\/.*\/stages\//.test(textOf(ResourceArn)) || !textOf(WebACLArn).includes(':regional/webacl/'))
      && `${textOf(ResourceArn)} with ${textOf(WebACLArn)}`,
    breakIt: (properties) => {
      properties.WebACLArn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/firewall/1';
    },
  },
];
