import { Duration } from 'aws-cdk-lib';
import { amountAboveConfig, amountRankConfig, amountSpikeConfig, newCustomerAboveConfig } from './amount-rules';
import { FraudRiskLevel, FraudSubject, ThreeDSecureResult } from './fraud-values';
import {
  distinctCardsConfig, distinctCustomersConfig, earlierFraudConfig, newCardConfig, repeatedDeclinesConfig, velocityConfig,
} from './history-rules';
import { allowedConfig, blockedConfig } from './list-rules';
import { countryMismatchConfig, providerRiskConfig, threeDSecureConfig } from './signal-rules';
import type { FraudRuleConfig } from '../private/contract';

const HOUR = Duration.hours(1);
const DAY = Duration.days(1);
const WEEK = Duration.days(7);
const MONTH = Duration.days(30);
const { CARD } = FraudSubject;

/**
 * The rules of `FraudRule.defaults()`, for thresholds of 40 and 80. No rule has an amount of its own: amounts follow the high
 * threshold, the shop and the customer. The points of the steps of one kind add up, so that a
 * slightly larger amount never adds many points at once.
 *
 * The points were tuned on seeds 1 to 8 of every design of test/simulation. A rule that changed no result there was left out. The
 * points for the signals of providers, 3-D Secure and a card of several customers were chosen: no design has these signs.
 */
export function defaultRules(): FraudRuleConfig[] {
  return [
    blockedConfig({ score: 100 }),
    allowedConfig({}),

    amountAboveConfig({ timesHigh: 2, score: 3 }),
    amountAboveConfig({ timesHigh: 3, score: 4 }),
    amountAboveConfig({ timesHigh: 5, score: 8 }),
    amountAboveConfig({ timesHigh: 10, score: 10 }),
    // The largest payments of the shop lead to a review by themselves, because in some shops only the amount shows fraud.
    amountRankConfig({ above: 0.9, score: 8 }),
    amountRankConfig({ above: 0.95, score: 12 }),
    amountRankConfig({ above: 0.98, score: 20 }),
    amountSpikeConfig({ factor: 3, transactions: 3, score: 10 }),
    // One small payment before a large one can be a test of a stolen card.
    amountSpikeConfig({ factor: 30, transactions: 1, score: 20 }),
    newCustomerAboveConfig({ timesHigh: 1, age: WEEK, score: 25 }),
    newCustomerAboveConfig({ timesHigh: 1, age: MONTH, score: 10 }),

    // The number of payments alone is a weak sign: many honest customers pay several times a day.
    velocityConfig({ total: { timesHigh: 3 }, window: DAY, score: 5 }),
    velocityConfig({ by: CARD, count: 1, window: DAY, score: 15 }),
    countryMismatchConfig({ score: 30 }),

    newCardConfig({ payments: 1, score: 15 }),
    distinctCardsConfig({ count: 1, window: WEEK, score: 5 }),
    distinctCardsConfig({ count: 2, window: WEEK, score: 30 }),
    distinctCardsConfig({ count: 3, window: WEEK, score: 30 }),
    distinctCustomersConfig({ by: CARD, count: 2, window: MONTH, score: 20 }),
    // Card testing leads to a review by itself, also for small payments: five declines have 40 points.
    repeatedDeclinesConfig({ count: 1, window: DAY, score: 5 }),
    repeatedDeclinesConfig({ count: 5, window: HOUR, score: 35 }),

    providerRiskConfig({ levels: [FraudRiskLevel.ELEVATED], score: 15 }),
    providerRiskConfig({ levels: [FraudRiskLevel.HIGHEST], score: 30 }),
    threeDSecureConfig({ outcomes: [ThreeDSecureResult.FAILED], score: 20 }),
    // Only the card: the customer of a disputed payment is often the victim, who later pays honestly with another card.
    earlierFraudConfig({ by: CARD, score: 40 }),
  ];
}
