import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

/**
 * A queue for records that an event source mapping could not process. `SqsDlq` also
 * grants `sqs:GetQueueAttributes` and `sqs:GetQueueUrl`, which Lambda does not
 * need (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
 */
export class QueueDestination implements IEventSourceDlq {
  constructor(private readonly queue: IQueue) {}

  public bind(_target: IEventSourceMapping, targetHandler: IFunction): DlqDestinationConfig {
    const { queueArn } = this.queue;
    targetHandler.addToRolePolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] }));
    return { destination: queueArn };
  }
}
