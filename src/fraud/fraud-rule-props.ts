import type { Duration } from 'aws-cdk-lib';

/** Options of every rule. */
export interface FraudRuleProps {
  /** The score that the rule adds if it applies. A whole number from 1 to 1000. */
  readonly score: number;
}

/** Options of `FraudRule.amountAbove`. */
export interface AmountAboveProps extends FraudRuleProps {
  /** The rule applies to amounts above this one. Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code.
   *
   * @default - the rule compares the number in every currency
   */
  readonly currency?: string;
}

/** How much a customer can spend in one currency. */
export interface SpendingLimit {
  /** Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /** The currency of the payments to add, an ISO 4217 code. Payments in other currencies do not count. */
  readonly currency: string;
}

/** Options of `FraudRule.velocity`. Set `count`, `total` or both: the rule applies if one of them is exceeded. */
export interface VelocityProps extends FraudRuleProps {
  /**
   * The rule applies to more transactions than this, including the present one. From 1 to 100.
   *
   * @default - transactions are not counted; `total` is required
   */
  readonly count?: number;

  /**
   * The rule applies to more money than this, including the present transaction.
   *
   * @default - payments are not added; `count` is required
   */
  readonly total?: SpendingLimit;

  /** How far back the rule counts. From one second to 30 days. */
  readonly window: Duration;
}

/** Options of `FraudRule.amountSpike`. */
export interface AmountSpikeProps extends FraudRuleProps {
  /** The rule applies to payments of more than this many times the median. Above 1, at most 1000. */
  readonly factor: number;

  /**
   * The minimum number of earlier payments in the same currency. If a customer has fewer, the rule does not apply. From 1
   * to 100.
   *
   * @default 5
   */
  readonly transactions?: number;

  /**
   * How far back the payments of the median go. From one second to 365 days.
   *
   * @default Duration.days(90)
   */
  readonly window?: Duration;
}

/**
 * Options of `FraudRule.blocked`: lists that you deploy with the stack. Use the table for lists that are long or change
 * often.
 */
export interface BlockedProps extends FraudRuleProps {
  /**
   * Customers as `<provider>:<customer id>`, such as `stripe:cus_123`.
   *
   * @default - only those of the table
   */
  readonly customers?: string[];

  /**
   * ISO 3166 alpha-2 codes, of the customer or the card.
   *
   * @default - only those of the table
   */
  readonly countries?: string[];

  /**
   * The first 6 to 8 digits of card numbers, which identify a bank and a product.
   *
   * @default - only those of the table
   */
  readonly cards?: string[];

  /**
   * Domains of email addresses, in lower case. The whole domain: `example.com` does not block `mail.example.com`.
   *
   * @default - only those of the table
   */
  readonly emailDomains?: string[];
}

/** Options of `FraudRule.repeatedDeclines`. */
export interface RepeatedDeclinesProps extends FraudRuleProps {
  /** The minimum number of declined payments. From 1 to 50. */
  readonly count: number;

  /** How far back the rule counts. From one second to 30 days. */
  readonly window: Duration;
}

/** Options of `FraudRule.newCustomerAbove`. */
export interface NewCustomerAboveProps extends FraudRuleProps {
  /** The rule applies to amounts above this one. Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code.
   *
   * @default - the rule compares the number in every currency
   */
  readonly currency?: string;

  /** How long a customer is new after the first transaction. From one second to 365 days. */
  readonly age: Duration;
}

/** Options of `FraudRule.outsideHours`. */
export interface OutsideHoursProps extends FraudRuleProps {
  /** The full hour at which the usual hours begin. From 0 to 23. */
  readonly startHour: number;

  /** The full hour at which they end, from 0 to 24. If it is before `startHour`, they last past midnight. */
  readonly endHour: number;

  /** The IANA name of the time zone of the hours, such as `Europe/Berlin`. Daylight saving time is respected. */
  readonly timeZone: string;
}

/** Options of `FraudRule.duplicateAmount`. */
export interface DuplicateAmountProps extends FraudRuleProps {
  /** The minimum number of payments with the same amount, including the present one. From 2 to 100. */
  readonly count: number;

  /** How far back the rule counts. From one second to 30 days. */
  readonly window: Duration;
}
