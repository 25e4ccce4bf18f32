import type { Duration } from 'aws-cdk-lib';
import type { FraudRuleProps } from './fraud-rule-props';

/** Options of `FraudRule.amountAbove`. Set either `amount` or `timesHigh`. */
export interface AmountAboveProps extends FraudRuleProps {
  /**
   * The rule applies to amounts above this one. Major units (euros, not cents), at most 15 digits.
   *
   * @default - `timesHigh` is required
   */
  readonly amount?: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code. Only with `amount`.
   *
   * @default - the rule compares the number in every currency
   */
  readonly currency?: string;

  /**
   * The rule applies to amounts above this many times the high threshold of the payment's currency, see `thresholds`. Above 0,
   * at most 10,000.
   *
   * @default - `amount` is required
   */
  readonly timesHigh?: number;
}

/** Options of `FraudRule.newCustomerAbove`. Set either `amount` or `timesHigh`. */
export interface NewCustomerAboveProps extends FraudRuleProps {
  /**
   * The rule applies to amounts above this one. Major units (euros, not cents), at most 15 digits.
   *
   * @default - `timesHigh` is required
   */
  readonly amount?: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code. Only with `amount`.
   *
   * @default - the rule compares the number in every currency
   */
  readonly currency?: string;

  /**
   * The rule applies to amounts above this many times the high threshold of the payment's currency, see `thresholds`. Above 0,
   * at most 10,000.
   *
   * @default - `amount` is required
   */
  readonly timesHigh?: number;

  /** The time after the first transaction in which a customer is new. From one second to 365 days. */
  readonly age: Duration;
}

/** Options of `FraudRule.amountSpike`. */
export interface AmountSpikeProps extends FraudRuleProps {
  /** The rule applies to payments of more than this many times the median. Above 1, at most 1,000. */
  readonly factor: number;

  /**
   * The minimum number of earlier payments in the same currency. If a customer has fewer, the rule does not apply. From 1
   * to 100.
   *
   * @default 5
   */
  readonly transactions?: number;

  /**
   * The window of the payments of the median. It ends with the transaction. From one second to 365 days.
   *
   * @default Duration.days(90)
   */
  readonly window?: Duration;
}

/** Options of `FraudRule.amountRank`. */
export interface AmountRankProps extends FraudRuleProps {
  /** The rule applies if more than this share of the shop's assessed payments were smaller. From 0 to below 1, such as 0.99. */
  readonly above: number;
}

/** Options of `FraudRule.duplicateAmount`. */
export interface DuplicateAmountProps extends FraudRuleProps {
  /** The minimum number of payments with the same amount, including the present one. From 2 to 100. */
  readonly count: number;

  /** The window that ends with the transaction. From one second to 30 days. */
  readonly window: Duration;
}
