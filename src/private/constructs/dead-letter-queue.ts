import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { SystemSettings } from '../settings/system-settings';

/** The queue for messages that could not be delivered or processed. An alarm monitors it. */
export class DeadLetterQueue extends Construct {
  public readonly queue: Queue;

  constructor(scope: Construct, id: string, props: SystemSettings) {
    super(scope, id);

    this.queue = new Queue(this, 'Queue', {
      queueName: props.names.optional('eventbridge-dlq'),
      // The maximum retention of SQS.
      retentionPeriod: Duration.days(14),
      enforceSSL: true,
      // EventBridge cannot use the AWS-managed key of SQS, and would silently drop the message.
      encryption: props.encryptionKey ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: props.encryptionKey,
      removalPolicy: props.removalPolicy,
    });
  }
}
