import { Duration } from 'aws-cdk-lib';
import type {
  AmountAboveProps, AmountSpikeProps, BlockedProps, DuplicateAmountProps, FraudRuleProps, NewCustomerAboveProps, OutsideHoursProps,
  RepeatedDeclinesProps, VelocityProps,
} from './fraud-rule-props';
import { HISTORY_LIMIT, type FraudRuleConfig } from '../private/contract';
import {
  validateAmount, validateCards, validateCountries, validateCurrency, validateCustomers, validateEmailDomains, validateFactor,
  validateHours, validateSeconds, validateSummedCurrency, validateTimeZone, validateWholeNumber,
} from '../private/validation';

/** A transaction can have several events in the history that one assessment reads. */
const MAX_TRANSACTIONS = HISTORY_LIMIT / 2;
/** A provider sends up to four events about one decline: for the charge, the intent, the checkout and the invoice. */
const MAX_DECLINES = HISTORY_LIMIT / 4;

const MAX_WINDOW = Duration.days(30);
/** For the usual payments of a customer, which need a longer history than velocity does. */
const MAX_LONG_WINDOW = Duration.days(365);

/**
 * The scores of the rules of `defaults()`, for thresholds of 40 and 80. They were tuned on one simulated month of
 * test/simulation, and checked on another one.
 */
const DEFAULT_SCORE = {
  /** Blocks alone. */
  certain: 100,
  /** A review with any other rule. */
  strong: 30,
  /** Two of them are a review. */
  weak: 20,
  /** Decides between two verdicts. */
  hint: 10,
} as const;

/**
 * A rule that assesses high-value transactions. The scores of the rules that apply are added. The sum decides between
 * approve, review and block.
 *
 * Rules read the customer's money movements in their windows from an index: at most one page with the 200 newest ones, for
 * any number of rules. The index is eventually consistent, so transactions within the same second can miss each other. If a
 * transaction names no customer, rules about the customer's history do not apply.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     fraudRules: [
 *       FraudRule.blocked({ countries: ['KP'], score: 100 }),
 *       FraudRule.amountAbove({ amount: 25_000, currency: 'EUR', score: 40 }),
 *       FraudRule.velocity({ count: 3, window: Duration.minutes(10), score: 40 }),
 *       FraudRule.countryMismatch({ score: 30 }),
 *     ],
 *   });
 */
export class FraudRule {
  /**
   * Applies to transactions above an amount: payments, refunds and payouts alike. Reads nothing.
   *
   * @example
   *   FraudRule.amountAbove({ amount: 25_000, currency: 'EUR', score: 40 });
   */
  public static amountAbove(props: AmountAboveProps): FraudRule {
    const { score, amount, currency } = props;
    validateAmountLimit(amount, currency);
    return new FraudRule({ rule: 'amount-above', score, amount, currency });
  }

  /**
   * Applies to a customer with too many transactions, or too much money, within a time. Counts distinct transactions that
   * moved money, and adds the largest payment of each. Reads one page of the customer's history.
   *
   * @example
   *   FraudRule.velocity({ count: 5, total: { amount: 100_000, currency: 'EUR' }, window: Duration.hours(1), score: 40 });
   */
  public static velocity(props: VelocityProps): FraudRule {
    const { score, count, total, window } = props;
    if (count === undefined && total === undefined) {
      throw new Error('`count` or `total` must be set, because without a limit no transaction exceeds it, got: neither');
    }
    if (count !== undefined) {
      validateWholeNumber('count', count, 1, MAX_TRANSACTIONS);
    }
    if (total !== undefined) {
      validateAmount('total.amount', total.amount);
      validateSummedCurrency('total.currency', total.currency);
    }
    return new FraudRule({
      rule: 'velocity', score, windowSeconds: validatedSeconds('window', window), count, total: total && { amount: total.amount, currency: total.currency },
    });
  }

  /**
   * Applies to payments far above what the customer usually pays: the median of the earlier payments
   * in the same currency. Reads one page of the customer's history.
   *
   * @example
   *   FraudRule.amountSpike({ factor: 10, score: 30 });
   */
  public static amountSpike(props: AmountSpikeProps): FraudRule {
    const { score, factor, transactions = 5, window = Duration.days(90) } = props;
    validateFactor('factor', factor);
    validateWholeNumber('transactions', transactions, 1, MAX_TRANSACTIONS);
    return new FraudRule({ rule: 'amount-spike', score, factor, transactions, windowSeconds: validatedSeconds('window', window, MAX_LONG_WINDOW) });
  }

  /**
   * Applies to customers, countries, cards and email domains on a blocklist: the lists that you pass, and the list in the
   * table, which operators change without a deployment. If you pass no list, only the table counts. An entry counts once
   * for each rule of this kind. Reads at most seven items by their keys.
   *
   * @example
   *   FraudRule.blocked({ customers: ['stripe:cus_123'], countries: ['KP'], cards: ['411111'], emailDomains: ['example.com'], score: 100 });
   */
  public static blocked(props: BlockedProps): FraudRule {
    const { score, customers, countries, cards, emailDomains } = props;
    validateCustomers('customers', customers);
    validateCountries('countries', countries);
    validateCards('cards', cards);
    validateEmailDomains('emailDomains', emailDomains);
    return new FraudRule({
      rule: 'blocked',
      score,
      customers: sorted(customers),
      countries: sorted(countries),
      cards: sorted(cards),
      emailDomains: sorted(emailDomains),
    });
  }

  /**
   * Applies if the customer's country and the card's country are known and differ. Reads nothing.
   *
   * @example
   *   FraudRule.countryMismatch({ score: 30 });
   */
  public static countryMismatch(props: FraudRuleProps): FraudRule {
    return new FraudRule({ rule: 'country-mismatch', score: props.score });
  }

  /**
   * Applies if the customer's payments were declined several times before, as when stolen cards are tested. Counts the
   * declines that the provider sends as events. Declines of one transaction within three seconds count once. Reads one
   * page of the customer's declines.
   *
   * @example
   *   FraudRule.repeatedDeclines({ count: 3, window: Duration.hours(1), score: 40 });
   */
  public static repeatedDeclines(props: RepeatedDeclinesProps): FraudRule {
    const { score, count, window } = props;
    validateWholeNumber('count', count, 1, MAX_DECLINES);
    return new FraudRule({ rule: 'repeated-declines', score, count, windowSeconds: validatedSeconds('window', window) });
  }

  /**
   * Applies to transactions above an amount by new customers. A customer's first transaction is the first one that this
   * system stored. Reads the customer's oldest event.
   *
   * @example
   *   FraudRule.newCustomerAbove({ amount: 20_000, currency: 'EUR', age: Duration.days(7), score: 30 });
   */
  public static newCustomerAbove(props: NewCustomerAboveProps): FraudRule {
    const { score, amount, currency, age } = props;
    validateAmountLimit(amount, currency);
    return new FraudRule({ rule: 'new-customer-above', score, amount, currency, ageSeconds: validatedSeconds('age', age, MAX_LONG_WINDOW) });
  }

  /**
   * Applies to transactions outside of the usual hours, on every day of the week. Reads nothing.
   *
   * @example
   *   FraudRule.outsideHours({ startHour: 7, endHour: 22, timeZone: 'Europe/Berlin', score: 20 });
   */
  public static outsideHours(props: OutsideHoursProps): FraudRule {
    const { score, startHour, endHour, timeZone } = props;
    validateHours(startHour, endHour);
    validateTimeZone('timeZone', timeZone);
    return new FraudRule({ rule: 'outside-hours', score, startHour, endHour, timeZone });
  }

  /**
   * Applies to repeated payments of a customer with the same amount and currency. Reads one page of the customer's
   * history.
   *
   * @example
   *   FraudRule.duplicateAmount({ count: 3, window: Duration.hours(1), score: 30 });
   */
  public static duplicateAmount(props: DuplicateAmountProps): FraudRule {
    const { score, count, window } = props;
    validateWholeNumber('count', count, 2, MAX_TRANSACTIONS);
    return new FraudRule({ rule: 'duplicate-amount', score, count, windowSeconds: validatedSeconds('window', window) });
  }

  /**
   * The rules of a system without `fraudRules`. An entry on the blocklist blocks. No other rule decides alone: two or three
   * lead to a review, more to a block. docs/fraud.md has measurements of what they find and what they miss.
   *
   * In the first month, every customer is new to the system, so the rule for new customers applies to all. The amounts are
   * compared in every currency: if you use a currency with large numbers, such as JPY, write rules by currency instead.
   *
   * @example
   *   // Add rules to the list, or remove some.
   *   const rules = FraudRule.defaults();
   *   new WebhookProcessingSystem(this, 'Payments', { fraudRules: rules, fraudReviewScore: 50 });
   */
  public static defaults(): FraudRule[] {
    const { certain, strong, weak, hint } = DEFAULT_SCORE;
    return [
      FraudRule.blocked({ score: certain }),
      FraudRule.amountAbove({ amount: 50_000, score: strong }),
      FraudRule.newCustomerAbove({ amount: 10_000, age: Duration.days(30), score: strong }),
      FraudRule.amountSpike({ factor: 10, transactions: 3, score: weak }),
      // One small payment before a large one can be a test of a stolen card.
      FraudRule.amountSpike({ factor: 30, transactions: 1, score: hint }),
      FraudRule.velocity({ count: 1, window: Duration.days(1), score: weak }),
      FraudRule.velocity({ count: 2, window: Duration.days(1), score: hint }),
      FraudRule.countryMismatch({ score: weak }),
      FraudRule.repeatedDeclines({ count: 1, window: Duration.hours(1), score: hint }),
      FraudRule.repeatedDeclines({ count: 3, window: Duration.hours(1), score: weak }),
      FraudRule.duplicateAmount({ count: 3, window: Duration.days(1), score: weak }),
    ];
  }

  /** @internal */
  public readonly _config: FraudRuleConfig;

  private constructor(config: FraudRuleConfig) {
    validateWholeNumber('score', config.score, 1, 1_000);
    this._config = config;
  }
}

function validateAmountLimit(amount: number, currency?: string): void {
  validateAmount('amount', amount);
  if (currency !== undefined) {
    validateCurrency('currency', currency);
  }
}

/** Checks a window, and converts it for the detector. */
function validatedSeconds(prop: string, window: Duration, most = MAX_WINDOW): number {
  validateSeconds(prop, window, Duration.seconds(1), most);
  return window.toSeconds();
}

/** Sorts, so that the order in the code does not change the template. */
function sorted(entries?: string[]): string[] | undefined {
  return entries && [...entries].sort();
}
