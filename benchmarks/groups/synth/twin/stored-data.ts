import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableEncryptionV2, TableV2, type GlobalSecondaryIndexPropsV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What a transaction's index shows of it, besides its keys. */
const SHOWN = ['kind', 'amount_minor', 'exponent', 'currency', 'country', 'card_country', 'card_bin', 'label'];

function historyIndex(indexName: string, key: string, others: readonly string[]): GlobalSecondaryIndexPropsV2 {
  return {
    indexName,
    partitionKey: { name: key, type: AttributeType.STRING },
    sortKey: { name: 'occurred_at', type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...SHOWN, ...others],
  };
}

/** The table, the buckets and the dead-letter queue. */
export class StoredData extends Construct {
  public readonly table: TableV2;
  public readonly archive: Bucket;
  public readonly failedRecords: Bucket;
  public readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.failedRecords = this.createFailedRecords();
    this.archive = this.createArchive();
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: 'transaction_id', type: AttributeType.STRING },
      sortKey: { name: 'timestamp', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expires_at',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      removalPolicy: RemovalPolicy.DESTROY,
      globalSecondaryIndexes: [
        historyIndex('customer-index', 'customer_key', ['card_fingerprint', 'email_hash']),
        historyIndex('card-index', 'card_fingerprint', ['customer_key', 'email_hash']),
        historyIndex('email-index', 'email_hash', ['customer_key', 'card_fingerprint']),
        {
          indexName: 'open-high-value-index',
          partitionKey: { name: 'sweep_partition', type: AttributeType.STRING },
          sortKey: { name: 'sweep_at', type: AttributeType.STRING },
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: ['received_at'],
        },
      ],
    });
  }

  private createFailedRecords(): Bucket {
    const bucket = new Bucket(this, 'FailedRecords', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [{ id: 'age', expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    // The L2's prop would add a custom resource and its function.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    new Rule(this, 'FailedRecordsArrival', {
      description: 'Reports batches of the stream that could not be processed to the dead-letter queue',
      eventPattern: { source: ['aws.s3'], detailType: ['Object Created'], detail: { bucket: { name: [bucket.bucketName] } } },
      targets: [new SqsQueue(this.deadLetters)],
    });
    return bucket;
  }

  private createArchive(): Bucket {
    const bucket = new Bucket(this, 'Archive', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      lifecycleRules: [
        {
          id: 'age',
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
            { storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(90) },
          ],
          expiration: Duration.days(365),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        { id: 'noncurrent-versions', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    bucket.addToResourcePolicy(new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('year=*'), bucket.arnForObjects('webhook-bodies/*')],
      conditions: { Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
    }));
    return bucket;
  }
}
