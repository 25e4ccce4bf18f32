import type { SurfaceLine } from './surface-lines';

/** A template in a committed snapshot. */
export interface SnapshotTemplate {
  readonly Resources: { readonly [logicalId: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } } };
  readonly Outputs?: { readonly [logicalId: string]: unknown };
}

/** Resources that lose data, a confirmation or an address that others use if a new logical id replaces them. */
const STATEFUL: ReadonlySet<string> = new Set([
  'AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue', 'AWS::Logs::LogGroup', 'AWS::SNS::Topic',
  'AWS::SNS::Subscription', 'AWS::Events::EventBus', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName', 'AWS::EventSchemas::Registry',
]);

/** Properties with the name of their resource. `Name` is one for these types. */
const NAMED = /^(?:Table|Bucket|Queue|Topic|Function|Role|LogGroup|Alarm|Dashboard|StateMachine|Registry)Name$/;
const TYPES_WITH_NAME: ReadonlySet<string> = new Set(['AWS::Events::EventBus', 'AWS::Events::Rule', 'AWS::SecretsManager::Secret', 'AWS::ApiGateway::RestApi', 'AWS::SSM::Parameter']);

/** The logical ids of a system's stateful resources and of outputs. They begin with the id of the system. */
export function logicalIdLines({ Resources, Outputs = {} }: SnapshotTemplate, systemId: string, where: string): SurfaceLine[] {
  return [
    ...Object.entries(Resources).filter(([, { Type }]) => STATEFUL.has(Type)).map(([identifier, { Type }]) => ({ identifier, promise: `${Type} ${where}` })),
    // CDK exports what another stack reads, under an id of its own.
    ...Object.keys(Outputs).filter((identifier) => !identifier.startsWith('ExportsOutput')).map((identifier) => ({ identifier, promise: `output ${where}` })),
  ].filter(({ identifier }) => identifier.startsWith(systemId));
}

/** The physical names of a system with the suffix. */
export function physicalNameLines({ Resources }: SnapshotTemplate, suffix: string): SurfaceLine[] {
  return Object.values(Resources).flatMap(({ Type, Properties = {} }) => (
    Object.entries(Properties)
      .filter(([property]) => NAMED.test(property) || (property === 'Name' && TYPES_WITH_NAME.has(Type)))
      .map(([property, value]) => ({ identifier: renderName(value).replaceAll(suffix, '<suffix>'), promise: `${Type} ${property}` }))
      .filter(({ identifier }) => identifier.includes('<suffix>'))
  ));
}

/** A name with the parts that CloudFormation fills in, such as `<AWS::Region>`. */
function renderName(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const { Ref: reference, 'Fn::Join': join } = value as { readonly 'Ref'?: string; readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  return join === undefined ? `<${reference ?? JSON.stringify(value)}>` : join[1].map(renderName).join(join[0]);
}
