import { App, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { HandlerCode, WebhookProcessingSystem } from '../../../src';
import { synthesize } from '../../support/system';

const ACCOUNT = 'AWS::ApiGateway::Account';
const STAGE = 'AWS::ApiGateway::Stage';

/** A stack of one system per entry, with its `cloudWatchRole`. */
function stackOf(...loggingRoles: boolean[]): Template {
  const stack = new Stack(new App(), 'Stack');
  loggingRoles.forEach((cloudWatchRole, index) => {
    new WebhookProcessingSystem(stack, `System${index}`, { handlerCode: HandlerCode.zip(), cloudWatchRole });
  });
  return Template.fromStack(stack);
}

describe('the API Gateway account', () => {
  test.each([
    ['two systems that create it', [true, true]],
    ['a system that creates it, before one that does not', [true, false]],
    ['a system that creates it, after one that does not', [false, true]],
  ])('is set once for %s, before every stage', (_, loggingRoles) => {
    const template = stackOf(...loggingRoles);

    const [account, ...others] = Object.keys(template.findResources(ACCOUNT));
    expect(others).toEqual([]);
    expect(Object.values(template.findResources(STAGE)).map(({ DependsOn }) => DependsOn)).toEqual([
      expect.arrayContaining([account]), expect.arrayContaining([account]),
    ]);
    template.resourcePropertiesCountIs('AWS::IAM::Role', {
      ManagedPolicyArns: [Match.objectLike({ 'Fn::Join': Match.arrayWith([Match.arrayWith([Match.stringLikeRegexp('AmazonAPIGatewayPushToCloudWatchLogs')])]) })],
    }, 1);
  });

  test('is set after the first API, which an AWS account without one requires', () => {
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-apigateway-account.html
    const template = stackOf(false, true);

    const [account] = Object.values(template.findResources(ACCOUNT));
    expect(account.DependsOn).toEqual([expect.stringMatching(/^System1IngressApi/)]);
    expect(template.findResources('AWS::ApiGateway::RestApi')).toHaveProperty(account.DependsOn[0]);
  });

  test('has the same logical id in every system that creates it', () => {
    expect(Object.keys(stackOf(true).findResources(ACCOUNT))).toEqual(Object.keys(stackOf(false, true).findResources(ACCOUNT)));
  });

  test('is kept with its role when you delete the stack', () => {
    const { template } = synthesize({ removalPolicy: RemovalPolicy.DESTROY });

    template.hasResource(ACCOUNT, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::IAM::Role', {
      DeletionPolicy: 'Retain',
      Properties: { AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'apigateway.amazonaws.com' } })] } },
    });
  });

  test('is not created if every system disables it', () => {
    const template = stackOf(false, false);

    template.resourceCountIs(ACCOUNT, 0);
    template.allResources(STAGE, { DependsOn: Match.absent() });
  });

  test('is set in each of two nested stacks, which are deployed on their own', () => {
    const parent = new Stack(new App(), 'Parent');
    const nested = ['A', 'B'].map((id) => new NestedStack(parent, id));
    nested.forEach((stack) => new WebhookProcessingSystem(stack, 'Payments', { handlerCode: HandlerCode.zip() }));

    for (const stack of nested) {
      Template.fromStack(stack).resourceCountIs(ACCOUNT, 1);
    }
  });
});
