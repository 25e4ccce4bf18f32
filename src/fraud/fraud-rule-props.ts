import type { Duration } from 'aws-cdk-lib';

/** What every rule takes. */
export interface FraudRuleProps {
  /** What the rule adds to the score when it applies. A whole number from 1 to 1000. */
  readonly score: number;
}

/** Options of `FraudRule.amountAbove`. */
export interface AmountAboveProps extends FraudRuleProps {
  /** The rule applies to amounts above. Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code.
   *
   * @default - the rule applies to the number, whatever its currency
   */
  readonly currency?: string;
}

/** What a customer may spend in one currency. */
export interface SpendingLimit {
  /** Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /** The currency that is added up, an ISO 4217 code. Payments in other ones are not converted and do not count. */
  readonly currency: string;
}

/** Options of `FraudRule.velocity`: `count`, `total` or both, of which each makes the rule apply. */
export interface VelocityProps extends FraudRuleProps {
  /**
   * The rule applies to more transactions than this, the present one included. From 1 to 100.
   *
   * @default - transactions are not counted; `total` has to be given
   */
  readonly count?: number;

  /**
   * The rule applies to more money than this, the present transaction included.
   *
   * @default - payments are not added up; `count` has to be given
   */
  readonly total?: SpendingLimit;

  /** The time before the present transaction that is counted. From a second to 30 days. */
  readonly window: Duration;
}

/** Options of `FraudRule.amountSpike`. */
export interface AmountSpikeProps extends FraudRuleProps {
  /** The rule applies to payments of more than so many times the median. Above 1, at most 1000. */
  readonly factor: number;

  /**
   * How many earlier payments in the same currency a customer must have before
   * anything is called usual. From 1 to 100.
   *
   * @default 5
   */
  readonly transactions?: number;

  /**
   * The time before the present transaction whose payments make up the median. From a second to 365 days.
   *
   * @default Duration.days(90)
   */
  readonly window?: Duration;
}

/**
 * Options of `FraudRule.blocked`: lists that are deployed with the stack. What
 * changes often, or is long, belongs in the table, where operators enter it.
 */
export interface BlockedProps extends FraudRuleProps {
  /**
   * Customers as `<provider>:<customer id>`, such as `stripe:cus_123`: ids are a provider's own.
   *
   * @default - those of the table alone
   */
  readonly customers?: string[];

  /**
   * ISO 3166 alpha-2 codes, of the customer or the card.
   *
   * @default - those of the table alone
   */
  readonly countries?: string[];

  /**
   * What card numbers begin with: 6 to 8 digits, which name a bank and a product.
   *
   * @default - those of the table alone
   */
  readonly cards?: string[];

  /**
   * Domains of email addresses, in lower case. The whole domain: `example.com` does not block `mail.example.com`.
   *
   * @default - those of the table alone
   */
  readonly emailDomains?: string[];
}

/** Options of `FraudRule.repeatedDeclines`. */
export interface RepeatedDeclinesProps extends FraudRuleProps {
  /** The rule applies from so many declined payments of the customer on. From 1 to 50. */
  readonly count: number;

  /** The time before the present transaction that is counted. From a second to 30 days. */
  readonly window: Duration;
}

/** Options of `FraudRule.newCustomerAbove`. */
export interface NewCustomerAboveProps extends FraudRuleProps {
  /** The rule applies to amounts above. Major units (euros, not cents), at most 15 digits. */
  readonly amount: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code.
   *
   * @default - the rule applies to the number, whatever its currency
   */
  readonly currency?: string;

  /** For how long after the first transaction a customer is new. From a second to 365 days. */
  readonly age: Duration;
}

/** Options of `FraudRule.outsideHours`. */
export interface OutsideHoursProps extends FraudRuleProps {
  /** The full hour at which the usual hours begin. From 0 to 23. */
  readonly startHour: number;

  /** The full hour at which they end, from 0 to 24. If it is before `startHour`, they last past midnight. */
  readonly endHour: number;

  /** The IANA name of the time zone that the hours are of, such as `Europe/Berlin`; summer time is followed. */
  readonly timeZone: string;
}

/** Options of `FraudRule.duplicateAmount`. */
export interface DuplicateAmountProps extends FraudRuleProps {
  /** The rule applies from so many payments of the same amount on, the present one included. From 2 to 100. */
  readonly count: number;

  /** The time before the present transaction that is counted. From a second to 30 days. */
  readonly window: Duration;
}
