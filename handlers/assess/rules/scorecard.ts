import { FACT_NEEDS } from './fact-needs';
import { factText } from './fact-text';
import { defineRule, type RuleFinding } from './rule';
import type { Need } from './rule-context';
import type { ScorecardConfig, ScorecardFact } from '../../../src/private/contract';

/** Adds the points of each fact. Each fact with points is a separate reason, so that people see what decided. */
export const scorecard = defineRule({
  label: 'Scorecard',
  applies: 'adds points for each [fact](#scorecards), by the interval that its value is in; a fact that is not known has separate points',
  reads: 'numbers about the transaction and the histories of the customer, the card and the email address',
  needs: ({ facts }: ScorecardConfig): Need[] => ['facts', ...new Set(facts.flatMap(({ fact }) => FACT_NEEDS[fact]))],
  evaluate({ facts }, context): RuleFinding[] {
    return facts
      .map((each) => ({ reason: factText(each.fact, context.facts[each.fact]), points: pointsOf(each, context.facts[each.fact]) }))
      .filter(({ points }) => points > 0);
  },
});

/** The points of the last interval that begins at the value or below it. In a stored rule set, the intervals are in another order. */
function pointsOf({ intervals, missing = 0 }: ScorecardFact, value: number | undefined): number {
  return value === undefined
    ? missing
    : intervals.reduce((last, each) => (each.from <= value && each.from >= last.from ? each : last), { from: -Infinity, points: 0 }).points;
}
