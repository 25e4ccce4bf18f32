import { Duration } from 'aws-cdk-lib';
import { amountAboveConfig, amountRankConfig, amountSpikeConfig, duplicateAmountConfig, newCustomerAboveConfig } from './amount-rules';
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
const { CARD, EMAIL } = FraudSubject;

/**
 * The rules of `FraudRule.defaults()`, for thresholds of 40 and 80. No rule has an amount of its own: amounts follow the high
 * threshold, the shop and the customer. The points of the steps of one kind add up, so that there is no single cliff.
 *
 * The points of the amounts were chosen, so that payments without another sign are ranked by their amount. The others were
 * tuned on the simulated marketplace of test/simulation, and checked on the other designs: see docs/fraud.md. The points of
 * signals that no design has were chosen too: of providers, of 3-D Secure, by card across customers and by email address.
 */
export function defaultRules(): FraudRuleConfig[] {
  return [
    blockedConfig({ score: 100 }),
    allowedConfig({}),

    amountAboveConfig({ timesHigh: 2, score: 4 }),
    amountAboveConfig({ timesHigh: 3, score: 6 }),
    amountAboveConfig({ timesHigh: 5, score: 8 }),
    amountAboveConfig({ timesHigh: 10, score: 10 }),
    amountRankConfig({ above: 0.5, score: 3 }),
    amountRankConfig({ above: 0.75, score: 3 }),
    amountRankConfig({ above: 0.9, score: 6 }),
    amountRankConfig({ above: 0.95, score: 8 }),
    amountRankConfig({ above: 0.98, score: 10 }),
    amountRankConfig({ above: 0.99, score: 10 }),
    amountSpikeConfig({ factor: 3, transactions: 3, score: 10 }),
    amountSpikeConfig({ factor: 5, transactions: 3, score: 6 }),
    amountSpikeConfig({ factor: 10, transactions: 3, score: 6 }),
    // One small payment before a large one can be a test of a stolen card.
    amountSpikeConfig({ factor: 30, transactions: 1, score: 12 }),
    // Payments this small are assessed only after declined ones.
    newCustomerAboveConfig({ timesHigh: 0.01, age: WEEK, score: 24 }),
    newCustomerAboveConfig({ timesHigh: 1, age: MONTH, score: 7 }),
    newCustomerAboveConfig({ timesHigh: 1, age: DAY, score: 8 }),

    // A number of payments alone separates little: many honest customers pay several times a day.
    velocityConfig({ count: 2, window: DAY, score: 4 }),
    velocityConfig({ total: { timesHigh: 3 }, window: DAY, score: 4 }),
    velocityConfig({ total: { timesHigh: 5 }, window: DAY, score: 6 }),
    velocityConfig({ by: CARD, count: 1, window: DAY, score: 14 }),
    duplicateAmountConfig({ count: 3, window: DAY, score: 14 }),

    distinctCardsConfig({ count: 2, window: WEEK, score: 22 }),
    distinctCardsConfig({ count: 3, window: WEEK, score: 20 }),
    distinctCardsConfig({ count: 5, window: WEEK, score: 12 }),
    distinctCustomersConfig({ by: CARD, count: 2, window: MONTH, score: 20 }),
    // Card testing is a review by itself, also for small payments: five declines have 40 points.
    repeatedDeclinesConfig({ count: 1, window: HOUR, score: 5 }),
    repeatedDeclinesConfig({ count: 3, window: HOUR, score: 5 }),
    repeatedDeclinesConfig({ count: 5, window: HOUR, score: 30 }),
    repeatedDeclinesConfig({ by: CARD, count: 5, window: DAY, score: 30 }),
    newCardConfig({ payments: 1, score: 16 }),

    countryMismatchConfig({ score: 25 }),
    providerRiskConfig({ levels: [FraudRiskLevel.ELEVATED], score: 15 }),
    providerRiskConfig({ levels: [FraudRiskLevel.HIGHEST], score: 30 }),
    threeDSecureConfig({ outcomes: [ThreeDSecureResult.FAILED], score: 20 }),
    // After a dispute, banks replace the card: the next payment with it is a review by itself.
    earlierFraudConfig({ by: CARD, score: 40 }),
    // The customer of a disputed payment is often the victim, who goes on to pay honestly.
    earlierFraudConfig({ score: 5 }),
    earlierFraudConfig({ by: EMAIL, score: 5 }),
  ];
}
