import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { DetailType, type AssessmentScopeConfig, type Tier, type TierConfig, type TierThresholds } from './contract';

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
  return movementPattern(source, amountPattern(tier, tiers));
}

/**
 * The event pattern of the money movements that are assessed although they are
 * below the high tier. Each of them matches the pattern of its tier too, and none
 * that of the high tier.
 */
export function assessedBelowHighPattern({ below }: AssessmentScopeConfig, source: string, tiers: TierConfig): EventPattern {
  return movementPattern(source, { ...below === 'suspicious' && { suspicious: [true] }, ...amountPattern('below high', tiers) });
}

function movementPattern(source: string, conditions: object): EventPattern {
  const pattern = {
    source: [source],
    detailType: [DetailType.RECEIVED],
    detail: { money_movement: [true], ...conditions },
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

type AmountRange = Tier | 'below high';

function amountPattern(range: AmountRange, { groups = [], ...common }: TierConfig): object {
  if (groups.length === 0) {
    return { amount: numeric(range, common) };
  }
  return {
    $or: [
      ...groups.map(({ currencies, ...own }) => ({ currency: [...currencies], amount: numeric(range, own) })),
      { currency: [{ 'anything-but': groups.flatMap(({ currencies }) => currencies).sort() }], amount: numeric(range, common) },
    ],
  };
}

function numeric(range: AmountRange, { medium, high }: TierThresholds): object[] {
  const comparisons = {
    'high': ['>', high],
    // EventBridge rejects a range of a single number.
    'medium': medium === high ? ['=', medium] : ['>=', medium, '<=', high],
    'low': ['<', medium],
    'below high': ['<=', high],
  };
  return [{ numeric: comparisons[range] }];
}
