import type { FraudConfig, TierConfig } from '../../src/private/contract';

const DAY = 86_400;

/**
 * The default rules of an earlier version, with fixed amounts that do not follow the thresholds. The tables compare the present
 * rules with them.
 */
export function earlierRules(tiers: TierConfig): FraudConfig {
  return {
    tiers,
    review: 40,
    block: 80,
    rules: [
      { rule: 'blocked', score: 100 },
      { rule: 'amount-above', score: 30, amount: 50_000 },
      { rule: 'new-customer-above', score: 30, amount: 10_000, ageSeconds: 30 * DAY },
      { rule: 'amount-spike', score: 20, factor: 10, transactions: 3, windowSeconds: 90 * DAY },
      { rule: 'amount-spike', score: 10, factor: 30, transactions: 1, windowSeconds: 90 * DAY },
      { rule: 'velocity', score: 20, windowSeconds: DAY, count: 1 },
      { rule: 'velocity', score: 10, windowSeconds: DAY, count: 2 },
      { rule: 'country-mismatch', score: 20 },
      { rule: 'repeated-declines', score: 10, count: 1, windowSeconds: 3_600 },
      { rule: 'repeated-declines', score: 20, count: 3, windowSeconds: 3_600 },
      { rule: 'duplicate-amount', score: 20, count: 3, windowSeconds: DAY },
    ],
  };
}
