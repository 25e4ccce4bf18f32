import { Duration } from 'aws-cdk-lib';
import type { FraudConfig } from '../contract';
import { validateSeconds } from '../validation';

const SHORTEST = Duration.hours(1);
const LONGEST = Duration.days(3_650);

/** Checks how long a disputed card stays on the blocklist. */
export function resolveDisputedCardsTime(time: Duration | undefined, { rules }: Pick<FraudConfig, 'rules'>): Duration | undefined {
  if (time === undefined) {
    return undefined;
  }
  validateSeconds('blockDisputedCards', time, SHORTEST, LONGEST);
  if (!rules.some(({ rule }) => rule === 'blocked')) {
    throw new Error(
      '`blockDisputedCards` needs a rule that reads the blocklist in `fraudRules`, which has no such rule. Add FraudRule.blocked({ score: 100 }).',
    );
  }
  return time;
}
