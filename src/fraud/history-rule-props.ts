import type { Duration } from 'aws-cdk-lib';
import type { FraudRuleProps } from './fraud-rule-props';
import type { FraudSubject } from './fraud-values';

/** A limit of the money that is spent. Set either `amount` with `currency`, or `timesHigh`. */
export interface SpendingLimit {
  /**
   * The amount in major units (euros, not cents), at most 15 digits.
   *
   * @default - `timesHigh` is required
   */
  readonly amount?: number;

  /**
   * The currency of the payments to add, an ISO 4217 code. Payments in other currencies do not count. Required with `amount`.
   *
   * @default - with `timesHigh`, payments in the currency of the present one
   */
  readonly currency?: string;

  /**
   * A multiple of the high threshold of the present payment's currency, see `thresholds`. Payments in the same currency are
   * added. Above 0, at most 10,000.
   *
   * @default - `amount` is required
   */
  readonly timesHigh?: number;
}

/** Options of `FraudRule.velocity`. Set `count`, `total` or both: the rule applies if one of them is exceeded. */
export interface VelocityProps extends FraudRuleProps {
  /**
   * The rule applies if there are more transactions than this, including the present one. From 1 to 100.
   *
   * @default - transactions are not counted; `total` is required
   */
  readonly count?: number;

  /**
   * The rule applies if the payments add up to more than this, including the present one.
   *
   * @default - payments are not added; `count` is required
   */
  readonly total?: SpendingLimit;

  /** The window that ends with the transaction. From one second to 30 days. */
  readonly window: Duration;

  /**
   * The subject of the counted transactions.
   *
   * @default FraudSubject.CUSTOMER
   */
  readonly by?: FraudSubject;
}

/** Options of `FraudRule.repeatedDeclines`. */
export interface RepeatedDeclinesProps extends FraudRuleProps {
  /** The minimum number of declined payments. From 1 to 50. */
  readonly count: number;

  /** The window that ends with the transaction. From one second to 30 days. */
  readonly window: Duration;

  /**
   * The subject of the counted payments.
   *
   * @default FraudSubject.CUSTOMER
   */
  readonly by?: FraudSubject;
}

/** Options of `FraudRule.newCard`. */
export interface NewCardProps extends FraudRuleProps {
  /**
   * The minimum number of the customer's earlier payments by card. From 1 to 100.
   *
   * @default 1
   */
  readonly payments?: number;
}

/** Options of `FraudRule.distinctCards`. */
export interface DistinctCardsProps extends FraudRuleProps {
  /** The rule applies if there are more cards than this, including the present one. From 1 to 100. */
  readonly count: number;

  /** The window that ends with the transaction. From one second to 30 days. */
  readonly window: Duration;

  /**
   * The subject of the counted cards: `CUSTOMER` or `EMAIL`.
   *
   * @default FraudSubject.CUSTOMER
   */
  readonly by?: FraudSubject;
}

/** Options of `FraudRule.distinctCustomers`. */
export interface DistinctCustomersProps extends FraudRuleProps {
  /** The rule applies if there are more customers than this, including the present one. From 1 to 100. */
  readonly count: number;

  /** The window that ends with the transaction. From one second to 30 days. */
  readonly window: Duration;

  /**
   * The value that the customers share: `CARD` or `EMAIL`.
   *
   * @default FraudSubject.CARD
   */
  readonly by?: FraudSubject;
}

/** Options of `FraudRule.earlierFraud`. */
export interface EarlierFraudProps extends FraudRuleProps {
  /**
   * The subject of the earlier payments.
   *
   * @default FraudSubject.CUSTOMER
   */
  readonly by?: FraudSubject;

  /**
   * The window of the earlier payments. It ends with the transaction. From one second to 365 days.
   *
   * @default Duration.days(365)
   */
  readonly window?: Duration;
}
