import type { Template } from 'aws-cdk-lib/assertions';
import { ENVIRONMENT } from './pictured-system';

/** The property with the physical name of a resource, and the middle of its ARN. */
const TYPES: { readonly [type: string]: { readonly name: string; readonly arn?: (name: string, property: (name: string) => string) => string } } = {
  'AWS::ApiGateway::RestApi': { name: 'Name' },
  'AWS::CloudWatch::Alarm': { name: 'AlarmName', arn: (name) => arn('cloudwatch', `alarm:${name}`) },
  'AWS::DynamoDB::GlobalTable': { name: 'TableName' },
  'AWS::Events::EventBus': { name: 'Name' },
  'AWS::Events::Rule': { name: 'Name', arn: (name, property) => arn('events', `rule/${property('EventBusName')}/${name}`) },
  'AWS::Lambda::Function': { name: 'FunctionName' },
  'AWS::SNS::Topic': { name: 'TopicName', arn: (name) => arn('sns', name) },
  'AWS::SQS::Queue': { name: 'QueueName' },
  'AWS::StepFunctions::StateMachine': { name: 'StateMachineName', arn: (name) => arn('states', `stateMachine:${name}`) },
};
/** `Ref` of these types is their ARN. */
const REFERENCED_BY_ARN = ['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'];

const PSEUDO: { readonly [name: string]: string } = {
  'AWS::AccountId': ENVIRONMENT.account, 'AWS::Partition': 'aws', 'AWS::Region': ENVIRONMENT.region, 'AWS::URLSuffix': 'amazonaws.com',
};

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${ENVIRONMENT.region}:${ENVIRONMENT.account}:${resource}`;
}

/** Replaces the intrinsic functions in a value with what CloudFormation would return. An unknown one throws. */
export function resolved(value: any, template: Template): any {
  const { Resources } = template.toJSON();
  const resource = (id: string) => {
    const found = Resources[id];
    const type = found && TYPES[found.Type];
    if (!type) {
      throw new Error(`the picture cannot resolve a reference to '${id}' (${found?.Type}). Add it to projenrc/pictures/intrinsics.ts.`);
    }
    const property = (each: string): string => resolve(found.Properties[each]);
    const name = property(type.name);
    return { type: found.Type as string, name, nameProperty: type.name, arn: () => type.arn!(name, property) };
  };
  const functions: { readonly [name: string]: (argument: any) => any } = {
    'Ref': (id: string) => {
      if (id in PSEUDO) {
        return PSEUDO[id];
      }
      const { type, name, arn: arnOf } = resource(id);
      return REFERENCED_BY_ARN.includes(type) ? arnOf() : name;
    },
    'Fn::GetAtt': ([id, attribute]: [string, string]) => {
      const { name, nameProperty, arn: arnOf } = resource(id);
      if (attribute !== 'Arn' && attribute !== nameProperty) {
        throw new Error(`the picture cannot resolve the attribute ${attribute} of '${id}'. Add it to projenrc/pictures/intrinsics.ts.`);
      }
      return attribute === 'Arn' ? arnOf() : name;
    },
    'Fn::Join': ([separator, parts]: [string, any[]]) => parts.map(resolve).join(separator),
    'Fn::Select': ([index, list]: [number, any]) => resolve(list)[index],
    'Fn::Split': ([separator, text]: [string, any]) => resolve(text).split(separator),
  };
  function resolve(part: any): any {
    if (Array.isArray(part)) {
      return part.map(resolve);
    }
    if (typeof part !== 'object' || part === null) {
      return part;
    }
    const [[name, argument], ...others] = Object.entries<any>(part).concat([['', undefined]]);
    if (others.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
      if (!functions[name]) {
        throw new Error(`the picture cannot resolve ${name}. Add it to projenrc/pictures/intrinsics.ts.`);
      }
      return functions[name](argument);
    }
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, resolve(each)]));
  }
  return resolve(value);
}
