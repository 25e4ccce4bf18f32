/** Writes the patterns and drawn events that AWS's own matcher is asked about, with the answers of this project's. */
import * as fc from 'fast-check';
import type { Tier } from '../../src/private/contract';
import { tierPattern } from '../../src/private/tier-patterns';
import { matches } from '../support/event-pattern';
import { foreignCase, routedCase, SOURCE, TIER_CONFIGS } from '../support/tier-cases';

const TIERS: Tier[] = ['high', 'medium', 'low'];
const CASES = 2_000;

const groups = TIER_CONFIGS.map((config) => {
  const patterns = TIERS.map((tier) => {
    const { detailType, ...rest } = tierPattern(tier, SOURCE, config);
    return { tier, pattern: { ...rest, 'detail-type': detailType } };
  });
  const cases = [...fc.sample(routedCase, CASES), ...fc.sample(foreignCase, CASES)].map(({ event, routed }) => ({
    event,
    routed,
    matched: patterns.filter(({ pattern }) => matches(pattern, event)).map(({ tier }) => tier),
  }));
  return { patterns, cases };
});
process.stdout.write(JSON.stringify(groups));
