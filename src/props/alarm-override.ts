/** Changes of one alarm. */
export interface AlarmOverride {
  /**
   * The value from which on the alarm fires, or below which it fires, in the unit of its metric. Above 0.
   *
   * @default - the threshold of the alarm, see the runbook
   */
  readonly threshold?: number;

  /**
   * The number of consecutive periods of five minutes in which the metric must be beyond the threshold. From 1 to 288,
   * which is one day.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   * @default - the number of periods of the alarm, see the runbook
   */
  readonly evaluationPeriods?: number;

  /**
   * Whether the alarm is created. An alarm costs 0.10 USD a month.
   *
   * @default true
   */
  readonly enabled?: boolean;
}
