import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SystemSettings } from '../settings/system-settings';

/** Longer than the dead-letter queue keeps its message about the batch. */
const KEPT = Duration.days(90);

export interface FailedRecordsProps extends SystemSettings {
  readonly deadLetterQueue: Queue;
}

/**
 * The bucket for batches of the stream that a function could not process for 23 hours. Lambda writes the records themselves
 * only to a bucket. To a queue, it writes their positions in the stream, which are useless an hour later. Each batch also
 * causes a message in the dead-letter queue, so that its alarms fire.
 */
export class FailedRecords extends Construct {
  public readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { names, encryptionKey, removalPolicy, deadLetterQueue }: FailedRecordsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: names.optionalBucket('failed-stream-records'),
      encryption: encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey ? true : undefined,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ id: 'age', expiration: KEPT, abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    // CDK's `eventBridgeEnabled` would add a function that sets it after the creation of the bucket.
    (this.bucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };

    const rule = new Rule(this, 'Arrival', {
      ruleName: names.optional('failed-stream-records'),
      description: 'Reports batches of the stream that could not be processed to the dead-letter queue',
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [this.bucket.bucketName] } } },
    });
    // CDK's target for queues would change the policy of the queue's key, which causes a cycle if the key is in another stack.
    rule.addTarget({ bind: () => ({ arn: deadLetterQueue.queueArn }) });
    deadLetterQueue.addToResourcePolicy(new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: [deadLetterQueue.queueArn],
      principals: [new ServicePrincipal('events.amazonaws.com')],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }));
  }
}
