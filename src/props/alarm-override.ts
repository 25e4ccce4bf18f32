/** Changes of one alarm or, if every provider has one, of all alarms with this name. */
export interface AlarmOverride {
  /**
   * The value from which on the alarm fires, or below which it fires, in the unit of its metric. Above 0.
   *
   * @default - the threshold of the alarm, see the runbook
   */
  readonly threshold?: number;

  /**
   * The number of consecutive periods in which the metric must be beyond the threshold, at least 1. A period is five minutes,
   * except for these alarms:
   *
   * - `mostly-rejected`, `server-errors` and `awaiting-redrive`: 15 minutes
   * - `dead-letter-arrived`: 20 minutes
   * - `unparsed`, `silent`, `sweep-republishes` and `alerts-unconfirmed`: one hour
   * - `reconciliation-stopped`: the time `every` of the reconciliation
   *
   * All periods together can be one day or, if a period is at least one hour, 7 days.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   * @default - the number of periods of the alarm, see the runbook
   */
  readonly evaluationPeriods?: number;

  /**
   * Whether the alarm is created. An alarm costs 0.10 USD a month, and `concurrency` 0.20 USD. For each provider,
   * `mostly-rejected` costs 0.30 USD, and `silent` and `events-missed` 0.20 USD each.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
