import { Duration } from 'aws-cdk-lib';
import { HISTORY_LIMIT, type FraudRuleConfig } from './private/contract';
import { validateAmount, validateCountries, validateCurrency, validateDuration, validateWholeNumber } from './private/validation';

/** Each transaction may have several events in the history that one assessment reads. */
const MAX_VELOCITY_COUNT = HISTORY_LIMIT / 2;

/** What every rule takes. */
export interface FraudRuleProps {
  /** What the rule adds to the score when it applies. A whole number from 1 to 1000. */
  readonly score: number;
}

/** Options of `FraudRule.amountAbove`. */
export interface AmountAboveProps extends FraudRuleProps {
  /** The rule applies to amounts above. Major units (euros, not cents). */
  readonly amount: number;

  /**
   * The only currency that the rule applies to, an ISO 4217 code.
   *
   * @default - the rule applies to the number, whatever its currency
   */
  readonly currency?: string;
}

/** Options of `FraudRule.velocity`. */
export interface VelocityProps extends FraudRuleProps {
  /** The rule applies to more transactions than this, the present one included. From 1 to 100. */
  readonly count: number;

  /** The time before the present transaction that is counted. From a second to 30 days. */
  readonly window: Duration;
}

/** Options of `FraudRule.blockedCountries`. */
export interface BlockedCountriesProps extends FraudRuleProps {
  /** ISO 3166 alpha-2 codes. The rule applies if the customer or the card is of one of them. */
  readonly countries: string[];
}

/**
 * A rule that high-value transactions are assessed by. The scores of the
 * rules that apply add up; the sum decides between approve, review and block.
 *
 * @example
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     fraudRules: [
 *       FraudRule.amountAbove({ amount: 25_000, currency: 'EUR', score: 40 }),
 *       FraudRule.velocity({ count: 3, window: Duration.minutes(10), score: 60 }),
 *       FraudRule.countryMismatch({ score: 30 }),
 *     ],
 *   });
 */
export class FraudRule {
  /** Applies to transactions above an amount. */
  public static amountAbove(props: AmountAboveProps): FraudRule {
    const { score, amount, currency } = props;
    validateAmount('amount', amount);
    if (currency !== undefined) {
      validateCurrency('currency', currency);
    }
    return new FraudRule({ rule: 'amount-above', score, amount, currency });
  }

  /**
   * Applies to a customer's transactions that come too fast. Counts distinct
   * routed transactions. The index behind it is eventually consistent, so that
   * transactions of the same second may not count each other.
   */
  public static velocity(props: VelocityProps): FraudRule {
    const { score, count, window } = props;
    validateWholeNumber('count', count, 1, MAX_VELOCITY_COUNT);
    validateDuration('window', window, Duration.seconds(1), Duration.days(30));
    return new FraudRule({ rule: 'velocity', score, count, windowSeconds: window.toSeconds() });
  }

  /** Applies to customers and cards of some countries. */
  public static blockedCountries(props: BlockedCountriesProps): FraudRule {
    const { score, countries } = props;
    validateCountries('countries', countries);
    return new FraudRule({ rule: 'blocked-countries', score, countries: [...countries].sort() });
  }

  /** Applies where the customer's country and the card's are known and differ. */
  public static countryMismatch(props: FraudRuleProps): FraudRule {
    return new FraudRule({ rule: 'country-mismatch', score: props.score });
  }

  /** The rules of a system that names none. */
  public static defaults(): FraudRule[] {
    return [
      FraudRule.amountAbove({ amount: 50_000, score: 40 }),
      FraudRule.velocity({ count: 5, window: Duration.hours(1), score: 40 }),
      FraudRule.countryMismatch({ score: 30 }),
    ];
  }

  /** @internal */
  public readonly _config: FraudRuleConfig;

  private constructor(config: FraudRuleConfig) {
    validateWholeNumber('score', config.score, 1, 1_000);
    this._config = config;
  }
}
