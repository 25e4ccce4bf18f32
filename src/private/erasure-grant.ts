import { Stack } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ALLOWLIST_PREFIX, BLOCKLIST_PREFIX } from './contract';
import { allowKeyThrough } from './key-grants';
import { leadingKeys } from './leading-keys';

/** What an erasure works on. */
export interface ErasureScope {
  readonly table: ITable;
  readonly archive: IBucket;
  readonly failedRecords: IBucket;
  readonly deadLetterQueue: IQueue;
  readonly guestKey?: ISecret;
  readonly encryptionKey?: IKey;
}

/** The rights of `cdk-webhooks erase`: each action that the command calls, on the resources that it calls it for. */
export function grantErasure(scope: Construct, grantee: IGrantable, erased: ErasureScope): Grant {
  const { table, archive, failedRecords, deadLetterQueue, guestKey, encryptionKey } = erased;
  const keys = new Set([encryptionKey, archive.encryptionKey]);
  keys.forEach((key) => allowKeyThrough(key, grantee, scope, ['dynamodb', 's3', 'secretsmanager', 'sqs']));
  const stack = Stack.of(scope);
  const grants: readonly (readonly [actions: string[], resourceArns: string[]])[] = [
    [['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn]],
    [['s3:ListBucketVersions'], [archive.bucketArn, failedRecords.bucketArn]],
    [['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], [archive.arnForObjects('*'), failedRecords.arnForObjects('*')]],
    [['s3:DeleteObjectVersion', 's3:GetObjectRetention', 's3:GetObjectLegalHold'], [archive.arnForObjects('*')]],
    [['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility', 'sqs:GetQueueAttributes'], [deadLetterQueue.queueArn]],
    [['secretsmanager:GetSecretValue'], guestKey ? [guestKey.secretArn] : []],
    [['cloudformation:DescribeStacks'], [stack.stackId]],
  ];
  const removal = Grant.addToPrincipal({
    grantee, actions: ['dynamodb:DeleteItem'], resourceArns: [table.tableArn], conditions: leadingKeys([BLOCKLIST_PREFIX, ALLOWLIST_PREFIX]),
  });
  return grants.filter(([, resourceArns]) => resourceArns.length > 0)
    .map(([actions, resourceArns]) => Grant.addToPrincipal({ grantee, actions, resourceArns }))
    .reduce((all, grant) => all.combine(grant), removal);
}
