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
const MONTH = Duration.days(30);
const { CARD, EMAIL } = FraudSubject;

/**
 * The rules of `FraudRule.defaults()`, for thresholds of 40 and 80. No rule has an amount of its own: amounts follow the high
 * threshold, the shop and the customer. The points of the steps of one kind add up, so that there is no single cliff.
 */
export function defaultRules(): FraudRuleConfig[] {
  return [
    blockedConfig({ score: 100 }),
    allowedConfig({}),

    amountAboveConfig({ timesHigh: 2, score: 4 }),
    amountAboveConfig({ timesHigh: 4, score: 5 }),
    amountAboveConfig({ timesHigh: 8, score: 6 }),
    amountAboveConfig({ timesHigh: 15, score: 8 }),
    amountRankConfig({ above: 0.9, score: 6 }),
    amountRankConfig({ above: 0.95, score: 8 }),
    amountRankConfig({ above: 0.99, score: 10 }),
    newCustomerAboveConfig({ timesHigh: 1, age: MONTH, score: 10 }),
    newCustomerAboveConfig({ timesHigh: 3, age: MONTH, score: 10 }),
    amountSpikeConfig({ factor: 5, transactions: 3, score: 8 }),
    amountSpikeConfig({ factor: 10, transactions: 3, score: 10 }),
    // One small payment before a large one can be a test of a stolen card.
    amountSpikeConfig({ factor: 30, transactions: 1, score: 10 }),

    velocityConfig({ count: 1, window: DAY, score: 8 }),
    velocityConfig({ count: 2, window: DAY, score: 8 }),
    velocityConfig({ total: { timesHigh: 3 }, window: DAY, score: 6 }),
    velocityConfig({ total: { timesHigh: 10 }, window: DAY, score: 8 }),
    velocityConfig({ by: CARD, count: 2, window: DAY, score: 8 }),
    duplicateAmountConfig({ count: 3, window: DAY, score: 15 }),

    // Card testing is a review by itself, also for small payments.
    distinctCardsConfig({ count: 2, window: DAY, score: 15 }),
    distinctCardsConfig({ count: 3, window: DAY, score: 25 }),
    distinctCustomersConfig({ by: CARD, count: 2, window: MONTH, score: 20 }),
    repeatedDeclinesConfig({ count: 1, window: HOUR, score: 5 }),
    repeatedDeclinesConfig({ count: 3, window: HOUR, score: 15 }),
    repeatedDeclinesConfig({ count: 5, window: HOUR, score: 20 }),
    repeatedDeclinesConfig({ by: CARD, count: 2, window: DAY, score: 10 }),
    repeatedDeclinesConfig({ by: CARD, count: 5, window: DAY, score: 30 }),
    newCardConfig({ payments: 2, score: 12 }),

    countryMismatchConfig({ score: 15 }),
    providerRiskConfig({ levels: [FraudRiskLevel.ELEVATED], score: 15 }),
    providerRiskConfig({ levels: [FraudRiskLevel.HIGHEST], score: 30 }),
    threeDSecureConfig({ outcomes: [ThreeDSecureResult.FAILED], score: 20 }),
    // After a dispute, the next payment with the card is a review by itself.
    earlierFraudConfig({ by: CARD, score: 40 }),
    earlierFraudConfig({ score: 30 }),
    earlierFraudConfig({ by: EMAIL, score: 25 }),
  ];
}
