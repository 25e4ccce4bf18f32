import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess, Bucket, BucketEncryption, type IBucket, type LifecycleRule, type ObjectLockRetention, StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveLifecycle } from '../../props/archive-lifecycle';
import { ARCHIVE_PREFIX, BODY_PREFIX } from '../contract';
import { validateSameEnvironment } from '../same-environment';
import type { SystemSettings } from '../settings/system-settings';
import { validateDays } from '../validation';

export interface AuditArchiveProps extends SystemSettings {
  readonly bucket?: IBucket;
  readonly bucketName?: string;
  readonly lifecycle?: ArchiveLifecycle;
  readonly objectLock?: ObjectLockRetention;
}

const IA_MINIMUM = Duration.days(30);
const FOREVER = Duration.days(36_500);

/** The bucket with every change of every transaction, and with the bodies that do not fit into the table. */
export class AuditArchive extends Construct {
  public readonly bucket: IBucket;
  /** The same bucket, unless it was passed in. */
  public readonly created?: Bucket;

  constructor(scope: Construct, id: string, props: AuditArchiveProps) {
    super(scope, id);
    if (props.bucket) {
      this.validateExisting(props.bucket, props);
      this.bucket = props.bucket;
    } else {
      this.created = this.create(props);
      this.bucket = this.created;
    }
  }

  private validateExisting(bucket: IBucket, { bucketName, lifecycle, objectLock }: AuditArchiveProps): void {
    validateSameEnvironment('`archiveBucket`', bucket, this);
    const [prop] = Object.entries({ archiveBucketName: bucketName, archiveLifecycle: lifecycle, archiveObjectLock: objectLock })
      .find(([, value]) => value !== undefined) ?? [];
    if (prop) {
      throw new Error(`\`${prop}\` must not come with \`archiveBucket\`, because a bucket of yours has settings of its own, got both. Set it on the bucket.`);
    }
  }

  private create(props: AuditArchiveProps): Bucket {
    const { removalPolicy, encryptionKey, objectLock } = props;
    if (objectLock && removalPolicy === RemovalPolicy.DESTROY) {
      throw new Error(
        '`archiveObjectLock` must come with a `removalPolicy` that retains, because locked objects cannot be deleted, got: DESTROY. Set RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE.',
      );
    }
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: props.bucketName ?? props.names.optionalBucket('transaction-audit-logs'),
      versioned: true,
      encryption: encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey ? true : undefined,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectLockDefaultRetention: objectLock,
      // By default, S3 does not move objects under 128 KB. This is the right choice: below about 196 KB, a move to Glacier costs more than it saves.
      lifecycleRules: lifecycleRules(props.lifecycle),
      removalPolicy,
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    bucket.addToResourcePolicy(denyOverwriting(bucket));
    return bucket;
  }
}

function lifecycleRules({
  infrequentAccessAfter = Duration.days(30),
  glacierAfter = Duration.days(90),
  expireAfter = Duration.days(365),
  noncurrentVersionsExpireAfter = Duration.days(30),
}: ArchiveLifecycle = {}): LifecycleRule[] {
  validateDays('archiveLifecycle.infrequentAccessAfter', infrequentAccessAfter, IA_MINIMUM, FOREVER);
  validateDays('archiveLifecycle.glacierAfter', glacierAfter, infrequentAccessAfter.plus(IA_MINIMUM), FOREVER);
  validateDays('archiveLifecycle.expireAfter', expireAfter, glacierAfter.plus(Duration.days(1)), FOREVER);
  validateDays('archiveLifecycle.noncurrentVersionsExpireAfter', noncurrentVersionsExpireAfter, Duration.days(1), FOREVER);
  return [
    {
      id: 'age',
      transitions: [
        { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: infrequentAccessAfter },
        { storageClass: StorageClass.GLACIER, transitionAfter: glacierAfter },
      ],
      expiration: expireAfter,
      abortIncompleteMultipartUploadAfter: Duration.days(7),
    },
    {
      // In a versioned bucket, expiration only adds a delete marker. CloudFormation does not accept the removal of markers
      // as the only action of a rule, or together with an expiration
      // (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html).
      id: 'noncurrent-versions',
      noncurrentVersionExpiration: noncurrentVersionsExpireAfter,
      expiredObjectDeleteMarker: true,
    },
  ];
}

/**
 * Archived objects are never overwritten by accident: S3 accepts an object only with `If-None-Match`, which the archival
 * sends, or with `If-Match`, with which an erasure replaces the version that it has read. For `If-Match`, S3 also requires
 * `s3:GetObject`, which no function of the system has on the archive
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html#conditional-write-etags).
 */
function denyOverwriting(bucket: Bucket): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject'],
    resources: [ARCHIVE_PREFIX, BODY_PREFIX].map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    // Only the requests that create an object, because the parts of an upload do not have these headers.
    conditions: { Null: { 's3:if-none-match': 'true', 's3:if-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
  });
}
