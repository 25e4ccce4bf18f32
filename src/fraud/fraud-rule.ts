import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { AmountAboveProps, AmountRankProps, AmountSpikeProps, DuplicateAmountProps, NewCustomerAboveProps } from './amount-rule-props';
import { amountAboveConfig, amountRankConfig, amountSpikeConfig, duplicateAmountConfig, newCustomerAboveConfig } from './amount-rules';
import { defaultRules } from './default-rules';
import type { FraudRuleProps } from './fraud-rule-props';
import type { DistinctCardsProps, DistinctCustomersProps, EarlierFraudProps, NewCardProps, RepeatedDeclinesProps, VelocityProps } from './history-rule-props';
import {
  distinctCardsConfig, distinctCustomersConfig, earlierFraudConfig, newCardConfig, repeatedDeclinesConfig, velocityConfig,
} from './history-rules';
import type { AllowedProps, BlockedProps } from './list-rule-props';
import { allowedConfig, blockedConfig } from './list-rules';
import { scorecardFile } from './scorecard-file';
import type { ScorecardProps } from './scorecard-props';
import { scorecardConfig } from './scorecard-rule';
import type { ScoredByProps } from './scored-by-props';
import { scoredByConfig } from './scored-by-rule';
import type { OutsideHoursProps, ProviderRiskProps, ThreeDSecureProps } from './signal-rule-props';
import { countryMismatchConfig, outsideHoursConfig, providerRiskConfig, threeDSecureConfig } from './signal-rules';
import type { FraudRuleConfig } from '../private/contract';

/**
 * A rule that assesses the transactions of `assessmentScope`. The scores of the rules that apply are added. The sum decides
 * between approve, review and block.
 *
 * Rules read earlier events from indexes. For any number of rules, an assessment reads at most one page of 200 events for each
 * history: the newest events of the customer, of the card and of the email address. The indexes are eventually consistent, so
 * transactions within the same second can miss each other.
 *
 * If a transaction does not have the value that a rule needs, such as a customer, the rule does not apply.
 *
 * @example
 *   import { Duration } from 'aws-cdk-lib';
 *
 *   new WebhookProcessingSystem(this, 'Payments', {
 *     fraudRules: [
 *       FraudRule.blocked({ countries: ['KP'], score: 100 }),
 *       FraudRule.amountAbove({ timesHigh: 5, score: 20 }),
 *       FraudRule.velocity({ count: 3, window: Duration.minutes(10), score: 40 }),
 *       FraudRule.countryMismatch({ score: 30 }),
 *     ],
 *   });
 */
export class FraudRule {
  /**
   * Applies to transactions above an amount: payments, refunds and payouts alike. The amount is a number, or a multiple of the
   * high threshold of the transaction's currency. Reads nothing.
   *
   * @example
   *   FraudRule.amountAbove({ timesHigh: 5, score: 20 });
   */
  public static amountAbove(props: AmountAboveProps): FraudRule {
    return new FraudRule(amountAboveConfig(props));
  }

  /**
   * Applies to payments that are larger than most of the shop's assessed payments in the same currency. It compares them with
   * the payments of this month and the last one, if these are at least 100. Reads two items.
   *
   * @example
   *   FraudRule.amountRank({ above: 0.99, score: 20 });
   */
  public static amountRank(props: AmountRankProps): FraudRule {
    return new FraudRule(amountRankConfig(props));
  }

  /**
   * Applies to payments far above the customer's usual payment. This is the median of the earlier payments in the same
   * currency. Reads one page of the customer's history.
   *
   * @example
   *   FraudRule.amountSpike({ factor: 10, score: 30 });
   */
  public static amountSpike(props: AmountSpikeProps): FraudRule {
    return new FraudRule(amountSpikeConfig(props));
  }

  /**
   * Applies to transactions above an amount by new customers. A customer's first transaction is the first one that this
   * system stored. Reads the customer's oldest event.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.newCustomerAbove({ timesHigh: 2, age: Duration.days(7), score: 30 });
   */
  public static newCustomerAbove(props: NewCustomerAboveProps): FraudRule {
    return new FraudRule(newCustomerAboveConfig(props));
  }

  /**
   * Applies if a customer, a card or an email address has too many transactions, or spends too much money, within a time.
   * Counts distinct transactions that moved money, and adds the largest payment of each. Reads one page of the history.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.velocity({ count: 5, total: { timesHigh: 10 }, window: Duration.hours(1), score: 40 });
   */
  public static velocity(props: VelocityProps): FraudRule {
    return new FraudRule(velocityConfig(props));
  }

  /**
   * Applies to repeated payments of a customer with the same amount and currency. Reads one page of the customer's
   * history.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.duplicateAmount({ count: 3, window: Duration.hours(1), score: 30 });
   */
  public static duplicateAmount(props: DuplicateAmountProps): FraudRule {
    return new FraudRule(duplicateAmountConfig(props));
  }

  /**
   * Applies if payments of the customer, with the card or with the email address were declined several times before. This is
   * typical of tests of stolen cards. Counts the declines that the provider sends as events. Declines of one transaction within
   * three seconds count once. Reads one page of declines, or of the history of the card or the email address.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.repeatedDeclines({ count: 3, window: Duration.hours(1), score: 40 });
   */
  public static repeatedDeclines(props: RepeatedDeclinesProps): FraudRule {
    return new FraudRule(repeatedDeclinesConfig(props));
  }

  /**
   * Applies if a customer who has paid by card before uses another card. Compares the fingerprints of the cards, or else the
   * first digits. A card that cannot be compared is not new. Reads one page of the customer's history.
   *
   * @example
   *   FraudRule.newCard({ payments: 2, score: 15 });
   */
  public static newCard(props: NewCardProps): FraudRule {
    return new FraudRule(newCardConfig(props));
  }

  /**
   * Applies if a customer or an email address uses too many cards within a time. This is typical of tests of stolen cards, so
   * declined payments count. Reads one page of the history, and for a customer one page of declines.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.distinctCards({ count: 3, window: Duration.days(1), score: 40 });
   */
  public static distinctCards(props: DistinctCardsProps): FraudRule {
    return new FraudRule(distinctCardsConfig(props));
  }

  /**
   * Applies if too many customers use one card or one email address within a time. Reads one page of the history of the card
   * or the email address.
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *
   *   FraudRule.distinctCustomers({ count: 2, window: Duration.days(30), score: 20 });
   */
  public static distinctCustomers(props: DistinctCustomersProps): FraudRule {
    return new FraudRule(distinctCustomersConfig(props));
  }

  /**
   * Applies if an earlier payment of the customer, with the card or with the email address is labeled as fraud, by a dispute
   * or by a person. Reads one page of the history.
   *
   * @example
   *   FraudRule.earlierFraud({ by: FraudSubject.CARD, score: 40 });
   */
  public static earlierFraud(props: EarlierFraudProps): FraudRule {
    return new FraudRule(earlierFraudConfig(props));
  }

  /**
   * Applies if the customer's country and the card's country are known and differ. Reads nothing.
   *
   * @example
   *   FraudRule.countryMismatch({ score: 30 });
   */
  public static countryMismatch(props: FraudRuleProps): FraudRule {
    return new FraudRule(countryMismatchConfig(props));
  }

  /**
   * Applies to payments with a high risk by the provider's own estimate. Reads nothing. The table in
   * [docs/fraud-data.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud-data.md)
   * shows which providers sign an estimate.
   *
   * @example
   *   FraudRule.providerRisk({ levels: [FraudRiskLevel.HIGHEST], score: 40 });
   */
  public static providerRisk(props: ProviderRiskProps): FraudRule {
    return new FraudRule(providerRiskConfig(props));
  }

  /**
   * Applies to payments with the given results of 3-D Secure. If the provider states no result, the rule does not apply. Reads
   * nothing.
   *
   * @example
   *   FraudRule.threeDSecure({ outcomes: [ThreeDSecureResult.FAILED], score: 20 });
   */
  public static threeDSecure(props: ThreeDSecureProps): FraudRule {
    return new FraudRule(threeDSecureConfig(props));
  }

  /**
   * Applies to transactions outside of the usual hours, on every day of the week. Reads nothing.
   *
   * @example
   *   FraudRule.outsideHours({ startHour: 7, endHour: 22, timeZone: 'Europe/Berlin', score: 20 });
   */
  public static outsideHours(props: OutsideHoursProps): FraudRule {
    return new FraudRule(outsideHoursConfig(props));
  }

  /**
   * Applies to customers, countries, cards, email addresses and their domains on a blocklist. There are the lists that you pass,
   * and the list in the table, which operators change without a deployment. If you pass no list, only the table counts. Each
   * rule of this kind adds its score for an entry. Reads at most nine items by their keys.
   *
   * @example
   *   FraudRule.blocked({ customers: ['stripe:cus_123'], countries: ['KP'], cards: ['411111'], emailDomains: ['example.com'], score: 100 });
   */
  public static blocked(props: BlockedProps): FraudRule {
    return new FraudRule(blockedConfig(props));
  }

  /**
   * Approves payments that match an allowlist. The other rules add nothing, but their reasons are listed after the entry. If an
   * entry of `blocked` matches too, the allowlist has no effect. The lists work like those of `blocked`, except that a country
   * matches only if each known country of the payment is listed. Nobody verifies email addresses: if you can, list customers
   * and single cards instead. Reads at most nine items by their keys.
   *
   * @example
   *   FraudRule.allowed({ customers: ['stripe:cus_456'] });
   */
  public static allowed(props: AllowedProps = {}): FraudRule {
    return new FraudRule(allowedConfig(props));
  }

  /**
   * Adds points for each fact about a payment, by the interval that its value is in. Each fact with points is a separate reason.
   * Reads the data of its facts: at most one page of each history.
   *
   * @example
   *   FraudRule.scorecard({
   *     facts: [
   *       { fact: FraudFact.AMOUNT_TO_HIGH, intervals: [{ minimum: 2, points: 10 }, { minimum: 5, points: 25 }] },
   *       { fact: FraudFact.CUSTOMER_AGE, intervals: [{ minimum: 0, points: 20 }, { minimum: 30, points: 0 }], missing: 5 },
   *     ],
   *   });
   */
  public static scorecard(props: ScorecardProps): FraudRule {
    return new FraudRule(scorecardConfig(props.facts));
  }

  /**
   * Reads a scorecard from a file that `cdk-webhooks fit` wrote. The path is relative to the folder that the app runs in. Set
   * `fraudReviewScore` and `fraudBlockScore` to the file's `reviewScore` and `blockScore`.
   *
   * @param path the path of the JSON file
   */
  public static scorecardFromFile(path: string): FraudRule {
    return new FraudRule(scorecardFile(path));
  }

  /**
   * Adds the score that a function of yours returns, such as a model or a vendor's service, up to `score`. The function gets
   * the transaction and the facts about it, and returns `{ "score": 0, "reason": "optional text" }`.
   * [docs/fraud.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud.md)
   * describes both. The points are rounded to whole numbers, and a score above `score` counts as `score`.
   *
   * The function can only add points: it can never approve what other rules review or block. If it does not answer within
   * `timeout`, the assessment continues with the points of `onFailure`. It is not called again for the same assessment.
   *
   * Each assessment invokes it once: Lambda costs 0.20 USD per million invocations, and its duration
   * (https://aws.amazon.com/lambda/pricing/).
   *
   * @example
   *   import { Duration } from 'aws-cdk-lib';
   *   import { Function } from 'aws-cdk-lib/aws-lambda';
   *
   *   const model = Function.fromFunctionName(this, 'Model', 'fraud-model');
   *   FraudRule.scoredBy({ function: model, score: 60, timeout: Duration.millis(500), onFailure: 10 });
   */
  public static scoredBy(props: ScoredByProps): FraudRule {
    return new FraudRule(scoredByConfig(props), props.function);
  }

  /**
   * The rules of a system without `fraudRules`. Their amounts follow your thresholds, your payments and your customers, in
   * every currency. An entry on the blocklist blocks. Card testing, or earlier fraud with the same card, leads to a review.
   * Otherwise several rules together lead to a review, and more of them to a block.
   * [docs/fraud.md](https://github.com/cdk-webhooks/cdk-webhook-processing-system/blob/main/docs/fraud.md)
   * lists the rules, with measurements of what they find and what they miss.
   *
   * In the first month, every customer is new to the system, so the rules for new customers apply to all.
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', { fraudRules: FraudRule.defaults(), fraudReviewScore: 50 });
   */
  public static defaults(): FraudRule[] {
    return defaultRules().map((config) => new FraudRule(config));
  }

  /**
   * The default rules, see `FraudRule.defaults`, and rules of your own after them.
   *
   * @param rules the rules to add
   *
   * @example
   *   new WebhookProcessingSystem(this, 'Payments', {
   *     providers: [WebhookProvider.stripe()],
   *     fraudRules: FraudRule.defaultsAnd(
   *       FraudRule.outsideHours({ startHour: 7, endHour: 22, timeZone: 'Europe/Berlin', score: 10 }),
   *       FraudRule.allowed({ customers: ['stripe:cus_456'] }),
   *     ),
   *   });
   */
  public static defaultsAnd(...rules: FraudRule[]): FraudRule[] {
    return [...FraudRule.defaults(), ...rules];
  }

  /** @internal */
  public readonly _config: FraudRuleConfig;

  /** @internal */
  public readonly _scoringFunction?: IFunction;

  private constructor(config: FraudRuleConfig, scoringFunction?: IFunction) {
    this._config = config;
    this._scoringFunction = scoringFunction;
  }
}
