import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AmountThresholds } from './amount-thresholds';
import type { ArchiveLifecycle } from './archive-lifecycle';
import type { FraudRule } from './fraud-rule';
import type { HandlerCode } from './handler-code';
import type { WebhookProvider } from './webhook-provider';

/** Options of a webhook processing system. All have a default. */
export interface WebhookProcessingSystemProps {
  /**
   * What ends the physical names, such as `prod`: 1 to 12 lower-case letters,
   * digits or inner hyphens. Changing it replaces every named resource.
   *
   * @default - CloudFormation names the resources, so that several systems fit in one account
   */
  readonly environmentSuffix?: string;

  /**
   * Whose webhooks are received. `POST /webhook` is the first one's, `POST /webhook/{name}` each one's.
   *
   * @default - Standard Webhooks with a generated secret and the canonical transaction as body, for a system of your
   * own: unlike a provider that is named, a body that breaks the schema is refused with the field at fault
   */
  readonly providers?: WebhookProvider[];

  /**
   * For how long after a rotation the previous version of a secret
   * (AWSPREVIOUS) is accepted: providers go on to sign retries with it. Zero
   * turns it off, 30 days at most.
   *
   * @default Duration.hours(24)
   */
  readonly previousSecretGrace?: Duration;

  /**
   * Where the tiers begin.
   *
   * @default - high above 10,000, medium from 1,000, low below, in each currency's major units
   */
  readonly thresholds?: AmountThresholds;

  /**
   * The rules that high-value transactions are assessed by. An empty list
   * approves them all; the same rule twice is refused.
   *
   * As JSON they take at most 8,192 bytes, some 100 rules. Beyond some 3,800
   * bytes they lie in an SSM parameter, which costs nothing up to 4,096 bytes and 0.05 USD
   * a month above. Long lists belong in the table's blocklist, see `FraudRule.blocked`.
   *
   * @default FraudRule.defaults()
   */
  readonly fraudRules?: FraudRule[];

  /**
   * From which score on a transaction is to be reviewed. A whole number from 1, less than `blockScore`.
   *
   * @default 40
   */
  readonly reviewScore?: number;

  /**
   * From which score on a transaction is blocked. A whole number, greater than
   * `reviewScore` and within reach of the rules that can apply to one transaction.
   *
   * @default 80
   */
  readonly blockScore?: number;

  /**
   * How the functions' code is delivered. With `environmentSuffix` CloudFormation refuses a later change between images and zip.
   *
   * @default HandlerCode.bundledImages()
   */
  readonly handlerCode?: HandlerCode;

  /**
   * Requests a second that the API takes; those beyond get 429, which providers retry.
   *
   * @default 1000
   */
  readonly throttlingRateLimit?: number;

  /**
   * Requests that the API takes at once.
   *
   * @default 2000
   */
  readonly throttlingBurstLimit?: number;

  /**
   * Whether to create the role that lets API Gateway write logs. It is a
   * setting of the account and region, kept when the stack is deleted. Turn it
   * off where the account has one.
   *
   * @default true
   */
  readonly apiGatewayLoggingRole?: boolean;

  /**
   * Who gets alerts by email. Each has to confirm the subscription.
   *
   * @default - nobody
   */
  readonly alertEmails?: string[];

  /**
   * Who gets alerts by SMS, as E.164 numbers. SNS bills each message by country and starts with a monthly limit of 1 USD.
   *
   * @default - nobody
   */
  readonly alertPhoneNumbers?: string[];

  /**
   * A topic of your own for the alerts. If it is encrypted with a key of
   * yours, the key has to admit the roles `eventbridge-targets-…` and `step-functions-…`, whose names you know with
   * `environmentSuffix`. Two systems that share a topic must not subscribe the same address.
   *
   * @default - a topic is created
   */
  readonly alertTopic?: ITopic;

  /**
   * A topic that the operational alarms notify. If it is encrypted with a key
   * of yours, the key has to admit `cloudwatch.amazonaws.com`; the
   * AWS-managed key of SNS does not, and alarms would fail silently.
   *
   * @default - the alarms are created and notify nobody
   */
  readonly alarmTopic?: ITopic;

  /**
   * A bus of your own for the events.
   *
   * @default - a bus is created
   */
  readonly eventBus?: IEventBus;

  /**
   * A key of yours for the table, the topic, the dead-letter queue, the archive
   * and the secrets that the construct creates. An imported key has to
   * admit `events.amazonaws.com` itself (`kms:Decrypt`, `kms:GenerateDataKey`). Costs 1 USD a month, and
   * requests at 0.03 USD per 10,000 (https://aws.amazon.com/kms/pricing/).
   *
   * @default - keys that AWS manages; S3 uses AES-256
   */
  readonly encryptionKey?: IKey;

  /**
   * The name of the archive bucket. Adding or changing it replaces the bucket.
   *
   * @default - `transaction-audit-logs-{suffix}-{account}-{region}`, or named by CloudFormation without a suffix
   */
  readonly archiveBucketName?: string;

  /**
   * When archived objects move to cheaper storage and when they go.
   *
   * @default - Infrequent Access after 30 days, Glacier after 90, gone after 365
   */
  readonly archiveLifecycle?: ArchiveLifecycle;

  /**
   * How long logs are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * Whether the workflow's log holds inputs and outputs. They are personal
   * data, and logging them doubles the cost of a high-value transaction.
   *
   * @default false
   */
  readonly logExecutionData?: boolean;

  /**
   * What happens to the data when the system leaves the stack. `DESTROY`
   * empties the archive, which suits CI; production wants `RETAIN`. Named log
   * groups and tables that are retained have to be imported or removed before
   * a stack with the same suffix is deployed again.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of every resource.
   *
   * @default - no tags beside the stack's
   */
  readonly tags?: { [key: string]: string };
}
