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
   * except for `mostly-rejected` and `server-errors` (15 minutes), `dead-letter-arrived` (20 minutes), `unparsed` and `silent`
   * (one hour). All periods together can be one day or, if a period is one hour, 7 days.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   * @default - the number of periods of the alarm, see the runbook
   */
  readonly evaluationPeriods?: number;

  /**
   * Whether the alarm is created. An alarm costs 0.10 USD a month, `mostly-rejected` 0.30 USD and `silent` 0.20 USD for each
   * provider.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
