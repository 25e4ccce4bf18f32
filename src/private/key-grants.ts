import { Stack } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IAlias, IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { validateObject } from './validation';

/** The AWS services that use a key for their caller. */
export type KeyService = 'dynamodb' | 'lambda' | 's3' | 'secretsmanager' | 'sns' | 'sqs';

/** The actions in the CDK's grants for an encrypted table, queue, topic and bucket, including `kms:DescribeKey`. */
const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/**
 * Allows a role to use a key through the named services only: it cannot call KMS itself
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service).
 * The statement is only in the role's policy. In the key's policy, it would cause a cycle if the key is in another stack.
 */
export function allowKeyThrough(key: IKey | undefined, grantee: IGrantable, scope: Construct, services: readonly KeyService[]): void {
  if (!key) {
    return;
  }
  const { region } = Stack.of(scope);
  grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
    actions: USE,
    resources: [key.keyArn],
    // The end differs between partitions: amazonaws.com, amazonaws.com.cn, amazonaws.eu.
    conditions: { StringLike: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.*`) } },
  }));
}

/**
 * Admits the services that use the key for themselves. An imported key is not changed: its policy must contain these statements.
 * Account and region are those of the key's own stack. They equal the system's, but a reference to its stack would cause a cycle.
 */
export function admitServices(key: IKey): void {
  const { account, region, partition } = Stack.of(key);
  // EventBridge sends no source account or ARN to KMS when it delivers to a queue or topic: a condition would block every dead letter
  // (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services).
  admit(key, 'events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey']);
  admitAlarms(key);
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  // In China its principal ends as the hosts do (https://docs.amazonaws.cn/en_us/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html).
  admit(key, `logs.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`, USE, {
    ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
  });
}

/** Admits the alarms of the account, which publish to encrypted topics. */
export function admitAlarms(key: IKey): void {
  admit(key, 'cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
    StringEquals: { 'aws:SourceAccount': Stack.of(key).account },
  });
}

function admit(key: IKey, service: string, actions: string[], conditions?: { [operator: string]: object }): void {
  key.addToResourcePolicy(new PolicyStatement({
    actions, resources: ['*'], principals: [new ServicePrincipal(service)], conditions,
  }));
}

/** The key of an alias, because IAM identifies keys only by their own ARN. */
export function keyOf(key: IKey | undefined): IKey | undefined {
  if (key !== undefined) {
    validateObject('encryptionKey', key);
  }
  if (!key || !('aliasName' in key)) {
    return key;
  }
  try {
    return (key as IAlias).aliasTargetKey;
  } catch {
    throw new Error(
      '`encryptionKey` must be a key or an alias whose key is known, because roles are granted keys and not aliases, '
      + `got the alias '${(key as IAlias).aliasName}'. Import the key with Key.fromKeyArn or Key.fromLookup.`,
    );
  }
}
