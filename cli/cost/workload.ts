import { Metric, type FraudRuleConfig, type MetricName } from '../../src/private/contract';

/** A month of 30 days. */
export const DAYS = 30;
export const SECONDS = DAYS * 24 * 3600;

/** The share of the month that an average webhook of that month is stored. Storage is billed by the hour. */
export const FIRST_MONTH = 0.5;

/** The webhooks of a month, which arrive evenly. */
export interface Workload {
  readonly webhooks: number;
  /** Shards of the table's stream, one for each partition of the table. */
  readonly shards: number;
  /** People who get alerts by email. Default: the assumption. */
  readonly emailSubscribers?: number;
}

/** The volumes of the tables in docs/cost.md. */
export const VOLUMES = [100_000, 1_000_000, 10_000_000, 100_000_000] as const;
/** An on-demand table starts with four partitions (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html). */
export const SHARDS = [1, 4] as const;

/** Shares of all webhooks. The sample in `test/cost/sample-month.ts` has these shares. */
export const SHARES = { moneyMovements: 0.5, high: 0.05, medium: 0.15 } as const;

/** Assumptions that tests cannot measure: durations on AWS, and actions of people. */
export const ASSUMPTIONS = {
  /** Billed milliseconds of one invocation. */
  durations: { 'webhook-validator': 15, 'event-relay': 10, 'fraud-detector': 60, 'transaction-archival': 100, 'sweep': 30 },
  /**
   * AWS says that under 1 % of invocations are cold
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html), and bills their initialization.
   */
  coldStarts: { share: 0.01, milliseconds: 500 },
  /** Seconds of one execution of the workflow, and the minimum memory that Step Functions bills. */
  execution: { seconds: 1, memoryGb: 64 / 1024 },
  /** Share of the high-value transactions that are reviewed or blocked, and alerted a second time. */
  secondAlerts: 0.03,
  emailSubscribers: 1,
  /** Currencies of the assessed transactions: each is a metric. */
  currencies: 1,
  /**
   * Metrics that have values only while something fails. CloudWatch bills a metric only for the hours in which it gets
   * values (https://aws.amazon.com/cloudwatch/pricing/).
   */
  failureMetrics: [
    Metric.ALTERED, Metric.MISMATCHED, Metric.UNPARSED, Metric.SECRET_NOT_SET, Metric.STORE_FAILED, Metric.GUEST_UNIDENTIFIED,
    Metric.DEAD_LETTERED, Metric.SWEPT, Metric.SECRET_OUTDATED, Metric.GIVEN_UP, Metric.AWAITING_REDRIVE, Metric.ARCHIVED_UNRENDERED,
    Metric.SCORES_FAILED,
  ] as readonly MetricName[],
  /** Metrics that only systems with shadow rules have. */
  shadowMetrics: [Metric.SHADOW_VERDICT, Metric.SHADOW_RULE_FIRED] as readonly MetricName[],
  /** The kinds of rules that apply to fraud, and to few other payments: not in every hour. Their metrics have values as failures do. */
  rareRules: [
    'blocked', 'allowed', 'duplicate-amount', 'distinct-cards', 'distinct-customers', 'repeated-declines', 'provider-risk', 'three-d-secure',
    'earlier-fraud',
  ] as readonly FraudRuleConfig['rule'][],
  /** Metrics that only systems with `alertEmails` have. */
  emailMetrics: [Metric.UNCONFIRMED_RECIPIENTS] as readonly MetricName[],
  /** Seconds of one reconciliation, with 1 GB. */
  reconciliationSeconds: 3,
  /** Storage of a transaction in the index of events, with the bytes that DynamoDB adds. */
  eventIndexBytes: 150,
  /** Header bytes of an HTTP response, in addition to its body. */
  responseHeaderBytes: 400,
  /** Sandboxes of the validator that keep the secret in memory, each for this long. */
  secretCache: { sandboxes: 2, seconds: 300 },
  /** Principals that use the table. For each of them, DynamoDB calls KMS again after this time. */
  tableKey: { principals: 4, seconds: 300 },
  /** The share of stored logs that remains after compression (https://aws.amazon.com/cloudwatch/pricing/). */
  logCompression: 0.15,
} as const;
