import { intervalOf } from './fact-intervals';
import type { IntervalWeights } from './interval-weights';
import type { FactValues } from '../../../handlers/assess/rules/rule-context';
import type { ScorecardFact } from '../../../src/private/contract';

/** The scales that are tried around the computed one, because whole points change the number of alerts. */
const TRIED_SCALES = [...Array(61).keys()].map((step) => 0.85 + step * 0.005);

/** The points of a payment: for each fact, the points of the last interval that begins at or below it. */
export function totalPoints(scorecard: readonly ScorecardFact[], facts: FactValues): number {
  return scorecard.reduce((sum, { fact, intervals, missing = 0 }) => {
    const value = facts[fact];
    return sum + (value === undefined ? missing : intervals.filter(({ from }) => value >= from).at(-1)?.points ?? 0);
  }, 0);
}

/**
 * Turns weights into whole points that are not negative, so that `budget` payments have at least `reviewScore` points. If this
 * number is not possible, it chooses the nearest one.
 */
export function scorecardOfWeights(
  weights: readonly IntervalWeights[], payments: readonly FactValues[], reviewScore: number, budget: number,
): ScorecardFact[] {
  const shifted = weights.map(shiftedWeights);
  const sums = payments.map((facts) => shifted.reduce((sum, each) => sum + weightFor(each, facts), 0)).sort((one, other) => other - one);
  const last = Math.min(Math.max(budget, 1), sums.length) - 1;
  const threshold = (sums[last] + (sums[last + 1] ?? 0)) / 2;
  // If no weight differs, no scale helps.
  const scale = reviewScore / (threshold || 1);
  const tried = TRIED_SCALES.map((factor) => {
    const scorecard = wholePoints(shifted, scale * factor);
    const alerts = payments.filter((facts) => totalPoints(scorecard, facts) >= reviewScore).length;
    return { scorecard, distance: Math.abs(alerts - budget), change: Math.abs(factor - 1) };
  });
  return tried.sort((one, other) => one.distance - other.distance || one.change - other.change)[0].scorecard;
}

/** The same weights with a lowest one of 0. */
function shiftedWeights({ weights, missing, ...rest }: IntervalWeights): IntervalWeights {
  const least = Math.min(...weights, ...missing === undefined ? [] : [missing]);
  return { ...rest, weights: weights.map((weight) => weight - least), ...missing !== undefined && { missing: missing - least } };
}

function weightFor({ fact, cuts, weights, missing = 0 }: IntervalWeights, facts: FactValues): number {
  const value = facts[fact];
  return value === undefined ? missing : weights[intervalOf(cuts, value)];
}

/** Facts are never negative, so the first interval begins at 0. Intervals with the points of the one before are a part of it. */
function wholePoints(shifted: readonly IntervalWeights[], scale: number): ScorecardFact[] {
  return shifted.flatMap(({ fact, cuts, weights, missing = 0 }) => {
    const all = [0, ...cuts].map((from, place) => ({ from, points: Math.round(scale * weights[place]) }));
    const intervals = all.filter(({ points }, place) => points !== (all[place - 1]?.points ?? 0));
    const missingPoints = Math.round(scale * missing);
    return intervals.length > 0 || missingPoints > 0 ? [{ fact, intervals, ...missingPoints > 0 && { missing: missingPoints } }] : [];
  });
}
