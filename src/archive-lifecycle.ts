import type { Duration } from 'aws-cdk-lib';

/** When archived objects move to cheaper storage and when they go. Whole days. */
export interface ArchiveLifecycle {
  /**
   * After how long objects move to Infrequent Access. 30 days at least, which is S3's own limit;
   * objects under 128 KB stay where they are until they move to Glacier.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
   *
   * @default Duration.days(30)
   */
  readonly infrequentAccessAfter?: Duration;

  /**
   * After how long objects move to Glacier Flexible Retrieval. 30 days after Infrequent Access at least.
   *
   * @default Duration.days(90)
   */
  readonly glacierAfter?: Duration;

  /**
   * After how long objects expire. Later than `glacierAfter`; Glacier bills 90 days at least.
   *
   * @default Duration.days(365)
   */
  readonly expireAfter?: Duration;

  /**
   * How long versions that were overwritten or that expired are kept. A day at least.
   *
   * @default Duration.days(30)
   */
  readonly noncurrentVersionsExpireAfter?: Duration;
}
