import { Token } from 'aws-cdk-lib';
import { FraudFact } from './fraud-fact';
import { MAX_SCORE } from './rule-limits';
import type { FraudFactInterval, FraudFactPoints } from './scorecard-props';
import type { ScorecardConfig } from '../private/contract';
import { validateList, validateMade, validateOneOf, validateUnique, validateWholeNumber } from '../private/validation';

const MAX_INTERVALS = 8;

/** Checks a scorecard, and computes the maximum that it can add to a score. */
export function scorecardConfig(facts: readonly FraudFactPoints[]): ScorecardConfig {
  validateMade('facts', facts, 'FraudFactPoints');
  if (facts.length === 0) {
    throw new Error('`facts` must contain at least one fact, got an empty list');
  }
  facts.forEach(validateFactPoints);
  validateUnique('facts', facts.map(({ fact }) => fact));
  return {
    rule: 'scorecard',
    score: facts.reduce((sum, each) => sum + Math.max(...possiblePoints(each)), 0),
    facts: facts.map(({ fact, intervals, missing }) => ({
      fact: fact as `${FraudFact}`, intervals: intervals.map(({ minimum, points }) => ({ from: minimum, points })), missing,
    })),
  };
}

function validateFactPoints(each: FraudFactPoints, position: number): void {
  const prop = `facts[${position}]`;
  const { fact, intervals, missing } = each;
  validateOneOf(`${prop}.fact`, fact, Object.values(FraudFact));
  validateList(`${prop}.intervals`, intervals);
  if (intervals.length > MAX_INTERVALS) {
    throw new Error(`\`${prop}.intervals\` must contain at most ${MAX_INTERVALS} intervals, got ${intervals.length} for ${fact}. Join some of them.`);
  }
  intervals.forEach(({ points }, index) => validateWholeNumber(`${prop}.intervals[${index}].points`, points, 0, MAX_SCORE));
  if (missing !== undefined) {
    validateWholeNumber(`${prop}.missing`, missing, 0, MAX_SCORE);
  }
  validateAscending(`${prop}.intervals`, intervals);
  if (possiblePoints(each).every((points) => points === 0)) {
    throw new Error(`\`${prop}\` must have points in an interval or in \`missing\`, got only zeros for ${fact}. Remove the fact.`);
  }
}

function validateAscending(prop: string, intervals: readonly FraudFactInterval[]): void {
  intervals.forEach(({ minimum }, index) => {
    const before = intervals[index - 1]?.minimum ?? -Infinity;
    if (![minimum, before].some(Token.isUnresolved) && !(Number.isFinite(minimum) && minimum > before)) {
      throw new Error(`\`${prop}\` must begin at numbers in ascending order, got: ${intervals.map((each) => each.minimum).join(', ')}`);
    }
  });
}

/** Points that are known only at deployment count as the maximum. */
function possiblePoints({ intervals, missing = 0 }: FraudFactPoints): number[] {
  return [...intervals.map(({ points }) => points), missing].map((points) => (Token.isUnresolved(points) ? MAX_SCORE : points));
}
