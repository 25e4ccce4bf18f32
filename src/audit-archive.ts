import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess, Bucket, BucketEncryption, type IBucket, StorageClass, TransitionDefaultMinimumObjectSize,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveLifecycle } from './archive-lifecycle';
import type { SystemSettings } from './private/system-settings';
import { validateDays } from './private/validation';

export interface AuditArchiveProps extends SystemSettings {
  readonly bucketName?: string;
  readonly lifecycle?: ArchiveLifecycle;
}

const IA_MINIMUM = Duration.days(30);
const FOREVER = Duration.days(36_500);

/** The bucket that holds every change of every transaction. */
export class AuditArchive extends Construct {
  public readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: AuditArchiveProps) {
    super(scope, id);
    const {
      infrequentAccessAfter = Duration.days(30),
      glacierAfter = Duration.days(90),
      expireAfter = Duration.days(365),
      noncurrentVersionsExpireAfter = Duration.days(30),
    } = props.lifecycle ?? {};
    validateDays('archiveLifecycle.infrequentAccessAfter', infrequentAccessAfter, IA_MINIMUM, FOREVER);
    validateDays('archiveLifecycle.glacierAfter', glacierAfter, infrequentAccessAfter.plus(IA_MINIMUM), FOREVER);
    validateDays('archiveLifecycle.expireAfter', expireAfter, glacierAfter.plus(Duration.days(1)), FOREVER);
    validateDays('archiveLifecycle.noncurrentVersionsExpireAfter', noncurrentVersionsExpireAfter, Duration.days(1), FOREVER);

    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: props.bucketName ?? props.names.ofBucket('transaction-audit-logs'),
      versioned: true,
      encryption: props.encryptionKey ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: props.encryptionKey ? true : undefined,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      // By default S3 moves no object under 128 KB, and a batch of changes is often smaller.
      transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
      lifecycleRules: [
        {
          id: 'age',
          transitions: [
            { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: infrequentAccessAfter },
            { storageClass: StorageClass.GLACIER, transitionAfter: glacierAfter },
          ],
          expiration: expireAfter,
          // In a versioned bucket expiry only adds a marker.
          noncurrentVersionExpiration: noncurrentVersionsExpireAfter,
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
        { id: 'markers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: props.removalPolicy,
      autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY,
    });
  }
}
