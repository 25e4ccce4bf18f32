/** The tiers that transactions are routed by. */
export enum AmountTier {
  /** Above the high threshold: assessed by the workflow. */
  HIGH = 'high',
  /** From the medium to the high threshold, both included: an alert. */
  MEDIUM = 'medium',
  /** Below the medium threshold: only your own targets. */
  LOW = 'low',
}

/** The thresholds of one currency, in its major units. */
export interface CurrencyThresholds {
  /**
   * The smallest amount of the medium tier. Major units (euros, not cents), from 0 to below 5e9.
   */
  readonly medium: number;

  /**
   * Amounts above this one are of the high tier. Major units, not less than `medium`, below 5e9.
   */
  readonly high: number;
}

/**
 * The limits between the tiers.
 *
 * EventBridge compares numbers up to 5e9 with six decimals. A larger amount is compared as 5e9. The event also has the
 * exact amount.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#eb-filtering-numeric-matching
 */
export interface AmountThresholds {
  /**
   * The smallest amount of the medium tier, in every currency.
   *
   * @default 1000
   */
  readonly medium?: number;

  /**
   * Amounts above this one are of the high tier, in every currency.
   *
   * @default 10000
   */
  readonly high?: number;

  /**
   * Thresholds of single currencies, by ISO 4217 code.
   *
   * Currencies with the same thresholds are grouped. An event pattern has at most 2,048 characters, which is enough for
   * about 140 currencies in one group, or 20 groups.
   *
   * @default - `medium` and `high` apply to every currency
   */
  readonly currencies?: { [code: string]: CurrencyThresholds };
}
