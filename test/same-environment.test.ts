import { App, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { HandlerCode, WebhookProcessingSystem, type WebhookProcessingSystemProps, WebhookProvider } from '../src';
import { synthesize } from './support/system';

const HERE = { account: '111111111111', region: 'eu-central-1' };

function systemIn(env: StackProps['env'], propsOf: (stack: Stack) => WebhookProcessingSystemProps): void {
  const stack = new Stack(new App(), 'Stack', { env });
  new WebhookProcessingSystem(stack, 'Payments', { handlerCode: HandlerCode.zip(), ...propsOf(stack) });
}

/** Each prop that takes an existing resource, with one by its ARN. */
const RESOURCES: readonly [string, (stack: Stack, place: string) => WebhookProcessingSystemProps][] = [
  ['`encryptionKey`', (stack, place) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${place}:key/11111111-1111-1111-1111-111111111111`) })],
  ['`alertTopic`', (stack, place) => ({ alertTopic: Topic.fromTopicArn(stack, 'Alerts', `arn:aws:sns:${place}:alerts`) })],
  ['`alarmTopic`', (stack, place) => ({ alarmTopic: Topic.fromTopicArn(stack, 'Alarms', `arn:aws:sns:${place}:alarms`) })],
  ['`eventBus`', (stack, place) => ({ eventBus: EventBus.fromEventBusArn(stack, 'Bus', `arn:aws:events:${place}:event-bus/shared`) })],
  ['`secrets` of the provider stripe', (stack, place) => ({
    providers: [WebhookProvider.stripe({ secrets: [Secret.fromSecretCompleteArn(stack, 'Secret', `arn:aws:secretsmanager:${place}:secret:stripe-AbCdEf`)] })],
  })],
];

describe.each(RESOURCES)('%s', (subject, propsOf) => {
  test.each([
    ['account', '222222222222', 'eu-central-1:222222222222', '111111111111'], ['region', 'us-east-1', 'us-east-1:111111111111', 'eu-central-1'],
  ])('of another %s is rejected', (noun, other, place, own) => {
    expect(() => systemIn(HERE, (stack) => propsOf(stack, place))).toThrow(
      `${subject} must be in the ${noun} of the stack (${own}), got a resource of ${noun} ${other}. Pass a resource of the same ${noun}.`,
    );
  });

  test('of the same account and region is accepted, and of unknown ones too', () => {
    expect(() => systemIn(HERE, (stack) => propsOf(stack, 'eu-central-1:111111111111'))).not.toThrow();
    expect(() => systemIn(undefined, (stack) => propsOf(stack, 'us-east-1:222222222222'))).not.toThrow();
  });
});

test('an archive bucket and a VPC of another region are rejected', () => {
  expect(() => systemIn(HERE, (stack) => ({ archiveBucket: Bucket.fromBucketAttributes(stack, 'Own', { bucketName: 'own', region: 'us-east-1' }) })))
    .toThrow('`archiveBucket` must be in the region of the stack (eu-central-1), got a resource of region us-east-1');
  expect(() => systemIn(HERE, (stack) => ({ vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], region: 'us-east-1' }) })))
    .toThrow('`vpc` must be in the region of the stack');
});

test('repositories of another region are rejected, and of another account accepted', () => {
  const codeFrom = (stack: Stack, place: string) => {
    const [webhookValidator, eventRelay, fraudDetector, transactionArchival] = ['a', 'b', 'c', 'd']
      .map((name) => Repository.fromRepositoryArn(stack, name, `arn:aws:ecr:${place}:repository/${name}`));
    return HandlerCode.repositories({ webhookValidator, eventRelay, fraudDetector, transactionArchival }, '1.0.0');
  };

  expect(() => systemIn(HERE, (stack) => ({ handlerCode: codeFrom(stack, 'us-east-1:111111111111') })))
    .toThrow('`repositories.webhookValidator` must be in the region of the stack (eu-central-1), got a resource of region us-east-1.');
  expect(() => systemIn(HERE, (stack) => ({ handlerCode: codeFrom(stack, 'eu-central-1:222222222222') }))).not.toThrow();
});

test.each(['alertTopic', 'alarmTopic'])('a FIFO topic as `%s` is rejected', (prop) => {
  expect(() => synthesize((stack) => ({ [prop]: new Topic(stack, 'Fifo', { fifo: true }) }))).toThrow(
    `\`${prop}\` must be a standard topic, because alarms, email and SMS cannot use FIFO topics, got the FIFO topic Stack/Fifo. Pass a standard topic.`,
  );
});

describe('a list that is known only at deployment', () => {
  const list = Fn.split(',', Fn.importValue('List'));

  test.each([
    ['alertEmails', () => synthesize({ alertEmails: list })],
    ['alertPhoneNumbers', () => synthesize({ alertPhoneNumbers: list })],
    ['moneyMovementEvents', () => WebhookProvider.stripe({ moneyMovementEvents: list })],
    ['unlistedEvents', () => WebhookProvider.stripe({ unlistedEvents: list })],
  ])('is rejected as `%s`', (prop, act) => {
    expect(act).toThrow(`\`${prop}\` must be known at synthesis, because each entry becomes a part of the template, got: a list token`);
  });
});
