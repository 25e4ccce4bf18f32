import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { DlqDestinationConfig, IEventSourceDlq, IEventSourceMapping, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

/** Begins the key of every object that Lambda writes to a failure destination. */
const LAMBDA_PREFIX = 'aws/lambda/';

/**
 * A bucket for the batches that an event source mapping could not process, with their records. `S3OnFailureDestination` also
 * grants the rights to read and delete, which Lambda does not need
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
 */
export class BucketDestination implements IEventSourceDlq {
  constructor(private readonly bucket: IBucket) {}

  public bind(_target: IEventSourceMapping, targetHandler: IFunction): DlqDestinationConfig {
    const { bucketArn } = this.bucket;
    targetHandler.addToRolePolicy(new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects(`${LAMBDA_PREFIX}*`)] }));
    targetHandler.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }));
    return { destination: bucketArn };
  }
}
