import type { Impact, TypedResource } from './template-changes';

/** Resources that docs/changes.md names, the most important first. */
const NOUNS = new Map(Object.entries({
  'AWS::DynamoDB::GlobalTable': 'table',
  'AWS::S3::Bucket': 'bucket',
  'AWS::SecretsManager::Secret': 'secret',
  'AWS::SQS::Queue': 'dead-letter queue',
  'AWS::Logs::LogGroup': 'log group',
  'AWS::ApiGateway::RestApi': 'API',
  'AWS::ApiGatewayV2::Api': 'HTTP API',
  'AWS::ApiGateway::DomainName': 'domain name',
  'AWS::SNS::Topic': 'alert topic',
  'AWS::SNS::Subscription': 'subscription',
  'AWS::Events::EventBus': 'event bus',
  'AWS::Events::Rule': 'rule',
  'AWS::EventSchemas::Registry': 'schema registry',
  'AWS::EventSchemas::Schema': 'schema',
  'AWS::StepFunctions::StateMachine': 'workflow',
  'AWS::Lambda::Function': 'function',
  'AWS::Lambda::EventSourceMapping': 'stream mapping',
  'AWS::SSM::Parameter': 'parameter',
  'AWS::EC2::SecurityGroup': 'security group',
  'AWS::ApiGateway::Account': 'account setting',
  'AWS::XRay::SamplingRule': 'sampling rule',
  'AWS::WAFv2::WebACLAssociation': 'web ACL association',
  'AWS::IAM::Role': 'role',
  'AWS::CloudWatch::Dashboard': 'dashboard',
  'AWS::CloudWatch::Alarm': 'alarm',
  'AWS::CloudWatch::CompositeAlarm': 'composite alarm',
  'AWS::Logs::MetricFilter': 'metric filter',
}));

/** Parts of the resources above, which change with them. */
const PARTS = [
  'AWS::ApiGateway::BasePathMapping', 'AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Resource', 'AWS::IAM::Policy',
  'AWS::ApiGatewayV2::Integration', 'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::Stage', 'AWS::ApiGateway::GatewayResponse', 'AWS::ApiGateway::Stage',
  'AWS::Lambda::Alias', 'AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::Permission', 'AWS::Lambda::Version',
  'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'Custom::S3AutoDeleteObjects',
];

/** Describes an impact in the words of docs/changes.md. A rejected deployment changes nothing, so the rest is omitted. */
export function describeImpact({ rejected, replaced, removed, created }: Impact): string {
  if (rejected.length > 0) {
    return `**rejected**: ${describeResources(rejected)}`;
  }
  const sentences = [
    ['replaces', replaced],
    ['deletes', removed.filter(({ kept }) => !kept)],
    ['releases', removed.filter(({ kept }) => kept)],
    ['creates', created],
  ] as const;
  return sentences
    .map(([verb, resources]) => [verb, describeResources(resources)])
    .filter(([, nouns]) => nouns)
    .map((words) => words.join(' '))
    .join('; ') || 'updated in place';
}

function describeResources(resources: TypedResource[]): string {
  const types = resources.map(({ type }) => type);
  const unknown = types.filter((type) => !NOUNS.has(type) && !PARTS.includes(type));
  if (unknown.length > 0) {
    throw new Error(`no noun for ${unknown.join(', ')}`);
  }
  return [...NOUNS]
    .map(([type, noun]) => ({ noun, count: types.filter((each) => each === type).length }))
    .filter(({ count }) => count > 0)
    .map(({ noun, count }) => count === 1 ? noun : `${count} ${noun}s`)
    .join(', ');
}
