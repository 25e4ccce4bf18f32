import type { Duration } from 'aws-cdk-lib';

/**
 * When archived objects move to cheaper storage and when they expire. Whole days. It applies to the changes and to the bodies
 * that do not fit into an item of the table: such a body cannot be read immediately when it is in Glacier, and not at all when
 * it has expired, even if its transaction is still in the table.
 *
 * S3 moves no object under 128 KB. At low rates most objects are smaller and stay in standard storage until they expire.
 *
 * PCI DSS 4.0.1, requirement 10.5.1, requires 12 months of audit history, with the latest three months immediately
 * available. The defaults of 365 and 90 days can be a day or two too short. The values of the example meet the requirement.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
 * @example
 *   import { Duration } from 'aws-cdk-lib';
 *
 *   const quarter = Duration.days(93);
 *   const year = Duration.days(366);
 *   const lifecycle: ArchiveLifecycle = { glacierAfter: quarter, expireAfter: year };
 */
export interface ArchiveLifecycle {
  /**
   * After how long objects move to Infrequent Access. At least 30 days, which is S3's own limit.
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
