import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { HandlerCode, WebhookProcessingSystem, WebhookProvider, type WebhookProcessingSystemProps } from '../src';
import { statementsOf, synthesize, theResource } from './support/system';
import { CURRENCY_EXPONENTS } from '../src/private/contract';

/** A system in one stack with resources of another stack. */
function acrossStacks(propsOf: (other: Stack) => WebhookProcessingSystemProps): Template {
  const app = new App();
  const stack = new Stack(app, 'System');
  new WebhookProcessingSystem(stack, 'Payments', { environmentSuffix: 'test', handlerCode: HandlerCode.zip(), ...propsOf(new Stack(app, 'Other')) });
  return Template.fromStack(stack);
}

describe('a key of yours', () => {
  test('encrypts the table, the topic, the queue, the archive and the secret', () => {
    const { template } = synthesize((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };

    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [Match.objectLike({ SSESpecification: { KMSMasterKeyId: key } })],
    });
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: key });
    template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: key });
    template.hasResourceProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ BucketKeyEnabled: true })] },
    });
  });

  test('admits EventBridge, which would otherwise silently drop dead letters', () => {
    const { template } = synthesize((stack) => ({ encryptionKey: new Key(stack, 'Key') }));

    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 'events.amazonaws.com' } })]) },
    });
  });

  test.each([
    'webhook-validator', 'event-relay', 'fraud-detector', 'transaction-archival', 'step-functions', 'eventbridge-targets',
  ])('can be used by %s', (role) => {
    const { template } = synthesize((stack) => ({ environmentSuffix: 'test', encryptionKey: new Key(stack, 'Key') }));

    expect(statementsOf(template, `${role}-test`).flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey*']));
  });
});

describe('resources of another stack', () => {
  test('a key causes no cycle between the stacks', () => {
    expect(() => acrossStacks((other) => ({ encryptionKey: new Key(other, 'Key') }))).not.toThrow();
  });

  test('a secret with a key of its own can be read', () => {
    const template = acrossStacks((other) => ({
      providers: [WebhookProvider.stripe({ secrets: [new Secret(other, 'Secret', { encryptionKey: new Key(other, 'Key') })] })],
    }));

    const actions = statementsOf(template, 'webhook-validator-test').flatMap(({ Action }) => Action);
    expect(actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
  });

  test('a secret that is imported by name is granted with the six characters at the end of its ARN', () => {
    const template = acrossStacks((other) => ({ providers: [WebhookProvider.stripe({ secrets: [Secret.fromSecretNameV2(other, 'Secret', 'stripe')] })] }));

    const statement = statementsOf(template, 'webhook-validator-test').find(({ Action }) => Action === 'secretsmanager:GetSecretValue');
    expect(JSON.stringify(statement.Resource)).toContain('secret:stripe-??????');
  });
});

describe('the dashboard names rules as CloudWatch does', () => {
  const dimensionsWith = (props: (stack: Stack) => WebhookProcessingSystemProps) => JSON.stringify(
    theResource(synthesize(props).template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody,
  );

  test('on a bus of its own with the bus, and by the third part of the ARN', () => {
    const body = dimensionsWith(() => ({}));

    expect(body).toContain('EventBusName');
    expect(body).toContain('"Fn::Select":[2,{"Fn::Split":["/"');
  });

  test('on the default bus without it, and by the second part', () => {
    const body = dimensionsWith((stack) => ({ eventBus: EventBus.fromEventBusName(stack, 'Default', 'default') }));

    expect(body).not.toContain('EventBusName');
    expect(body).toContain('"Fn::Select":[1,{"Fn::Split":["/"');
  });
});

describe('thresholds of many currencies', () => {
  test('fit an environment wherever they fit an event pattern', () => {
    const codes = [...CURRENCY_EXPONENTS.keys()].slice(0, 140);

    expect(() => synthesize({
      thresholds: { currencies: Object.fromEntries(codes.map((code) => [code, { medium: 100_000, high: 1_000_000 }])) },
    })).not.toThrow();
  });
});
