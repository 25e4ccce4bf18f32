import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { DetailType, type Tier, type TierConfig, type TierThresholds } from './contract';

/** Characters of an event pattern (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html). */
const MAX_PATTERN_LENGTH = 2_048;

/**
 * The event pattern of a tier: money movements of this system with an
 * amount of the tier in the thresholds of their currency.
 *
 * The three patterns divide the number line at the same points with opposite
 * comparisons, so that each amount is in exactly one of them.
 */
export function tierPattern(tier: Tier, source: string, tiers: TierConfig): EventPattern {
  const pattern = {
    source: [source],
    detailType: [DetailType.RECEIVED],
    detail: { money_movement: [true], ...amountPattern(tier, tiers) },
  };
  const length = JSON.stringify({ ...pattern, 'detailType': undefined, 'detail-type': pattern.detailType }).length;
  if (length > MAX_PATTERN_LENGTH) {
    throw new Error(
      `\`thresholds.currencies\` must fit an event pattern of ${MAX_PATTERN_LENGTH} characters, got: ${length}; `
      + 'give more currencies the same thresholds, which groups them, or leave some to the common thresholds',
    );
  }
  return pattern;
}

function amountPattern(tier: Tier, { groups = [], ...common }: TierConfig): object {
  if (groups.length === 0) {
    return { amount: numeric(tier, common) };
  }
  return {
    $or: [
      ...groups.map(({ currencies, ...own }) => ({ currency: [...currencies], amount: numeric(tier, own) })),
      { currency: [{ 'anything-but': groups.flatMap(({ currencies }) => currencies).sort() }], amount: numeric(tier, common) },
    ],
  };
}

function numeric(tier: Tier, { medium, high }: TierThresholds): object[] {
  const comparisons = {
    high: ['>', high],
    // EventBridge rejects a range of a single number.
    medium: medium === high ? ['=', medium] : ['>=', medium, '<=', high],
    low: ['<', medium],
  };
  return [{ numeric: comparisons[tier] }];
}
