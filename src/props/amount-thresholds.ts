/** The tiers that transactions are routed by. */
export enum AmountTier {
  /** Above the high threshold: assessed by the workflow. */
  HIGH = 'high',
  /** From the medium to the high threshold, both included: an alert. */
  MEDIUM = 'medium',
  /** Below the medium threshold: open for your own targets. */
  LOW = 'low',
}

/** The thresholds of one currency, in its major units. */
export interface CurrencyThresholds {
  /**
   * Amounts from here on are of the medium tier. Major units (euros, not cents), 0 to below 5e9.
   */
  readonly medium: number;

  /**
   * Amounts above are of the high tier. Major units, not less than `medium`, below 5e9.
   */
  readonly high: number;
}

/**
 * Where the tiers begin.
 *
 * EventBridge compares numbers up to 5e9 with six decimals, so that an amount
 * beyond is compared as 5e9; the exact amount stands beside it in the event.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching
 */
export interface AmountThresholds {
  /**
   * Amounts from here on are of the medium tier, whatever their currency.
   *
   * @default 1000
   */
  readonly medium?: number;

  /**
   * Amounts above are of the high tier, whatever their currency.
   *
   * @default 10000
   */
  readonly high?: number;

  /**
   * Thresholds of single currencies, by ISO 4217 code.
   *
   * Currencies with the same thresholds are grouped. An event pattern ends at
   * 2,048 characters: about 140 currencies in one group, or 20 groups.
   *
   * @default - every currency is measured by `medium` and `high`
   */
  readonly currencies?: { [code: string]: CurrencyThresholds };
}
