import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { HandlerRepositories } from '../src';

describe('the repositories', () => {
  test.each(['webhook-validator', 'fraud-detector', 'transaction-archival', 'event-relay'])('store scanned, immutable images of %s', (handler) => {
    const stack = new Stack(new App(), 'Stack');

    new HandlerRepositories(stack, 'Repositories', { environmentSuffix: 'test' });

    Template.fromStack(stack).hasResource('AWS::ECR::Repository', {
      DeletionPolicy: 'Delete',
      Properties: {
        RepositoryName: `${handler}-test`,
        ImageScanningConfiguration: { ScanOnPush: true },
        ImageTagMutability: 'IMMUTABLE',
        EmptyOnDelete: true,
        LifecyclePolicy: { LifecyclePolicyText: Match.serializedJson({ rules: [Match.objectLike({ selection: Match.objectLike({ tagStatus: 'untagged', countNumber: 14 }) })] }) },
      },
    });
  });

  test('are encrypted, kept and expired as configured', () => {
    const stack = new Stack(new App(), 'Stack');

    new HandlerRepositories(stack, 'Repositories', {
      encryptionKey: new Key(stack, 'Key'), removalPolicy: RemovalPolicy.RETAIN, untaggedImagesExpireAfter: Duration.days(1),
    });

    Template.fromStack(stack).allResources('AWS::ECR::Repository', {
      DeletionPolicy: 'Retain',
      Properties: Match.objectLike({ RepositoryName: Match.absent(), EmptyOnDelete: false, EncryptionConfiguration: Match.objectLike({ EncryptionType: 'KMS' }) }),
    });
  });
});
