import { Matrix } from 'ml-matrix';
import { RandomNumbers } from './random-numbers';
import { FactRegression } from '../../../cli/backtest/model/fact-features';
import { cutsOf, intervalOf } from '../../../cli/backtest/model/fact-intervals';
import { intervalWeights } from '../../../cli/backtest/model/interval-weights';
import { fitLogistic, logOddsOf } from '../../../cli/backtest/model/logistic-regression';
import { scorecardOfWeights, totalPoints } from '../../../cli/backtest/model/whole-points';
import type { FactValues } from '../../../handlers/assess/rules/rule-context';

const times = <T>(count: number, make: (index: number) => T) => [...Array(count).keys()].map(make);

describe('a logistic regression', () => {
  test('finds the log-odds of two groups', () => {
    // 30 of 100 and 80 of 100 are fraud.
    const rows = times(200, (index) => (index < 100 ? { places: [], values: [] } : { places: [0], values: [1] }));
    const { intercept, weights: [weight] } = fitLogistic(rows, times(200, (index) => index % 100 < (index < 100 ? 30 : 80)), Matrix.eye(1, 1, 1e-9));

    expect(intercept).toBeCloseTo(Math.log(30 / 70), 5);
    expect(intercept + weight).toBeCloseTo(Math.log(80 / 20), 5);
  });

  test('is finite if a feature separates all fraud, and at the optimum of its objective', () => {
    const rows = times(40, (index) => ({ places: [0], values: [index < 20 ? -1 : 1] }));
    const isFraud = rows.map((_, index) => index >= 20);
    const model = fitLogistic(rows, isFraud, Matrix.eye(1, 1, 1));
    const gradient = rows.reduce((sum, row, index) => sum + row.values[0] * (Number(isFraud[index]) - 1 / (1 + Math.exp(-logOddsOf(model, row)))), 0);

    expect(model.weights[0]).toBeCloseTo(gradient, 5);
    expect(model.weights[0]).toBeGreaterThan(1);
  });

  test('finds the optimum also where a whole step would go beyond it', () => {
    const values = [1.04, -62.93, -0.37, -14.77, 0.34, -3.06, ...times(22, () => 0)];
    const rows = values.map((value) => ({ places: [0], values: [value] }));
    const isFraud = values.map((value, index) => value === -62.93 || index === 6 || index === 7);
    const model = fitLogistic(rows, isFraud, Matrix.eye(1, 1, 1e-6));
    const gradient = rows.reduce((sum, row, index) => sum + row.values[0] * (Number(isFraud[index]) - 1 / (1 + Math.exp(-logOddsOf(model, row)))), 0);

    expect(gradient).toBeCloseTo(1e-6 * model.weights[0], 3);
  });

  test('learns nothing without fraud', () => {
    const { intercept, weights } = fitLogistic(times(10, () => ({ places: [0], values: [1] })), times(10, () => false), Matrix.eye(1, 1, 1));

    expect(intercept).toBeLessThan(-2);
    expect(Number.isFinite(intercept) && Number.isFinite(weights[0])).toBe(true);
  });
});

describe('intervals', () => {
  test('begin where the share of fraud changes', () => {
    const values = times(2_000, (index) => ({ value: index, isFraud: index >= 1_500 && index % 2 === 0 }));

    expect(cutsOf(values)).toEqual([1_500]);
  });

  test('are at most eight, with at least 20 payments each', () => {
    const values = times(4_000, (index) => ({ value: index, isFraud: Math.floor(index / 200) % 2 === 0 }));
    const cuts = cutsOf(values);

    expect(cuts).toHaveLength(7);
    expect(cutsOf(values.slice(0, 25))).toEqual([]);
  });

  test('are one if the share of fraud does not change, or if there is no value', () => {
    expect(cutsOf(times(1_000, (index) => ({ value: index, isFraud: index % 5 === 0 })))).toEqual([]);
    expect(cutsOf([])).toEqual([]);
  });

  test('include their lower end', () => {
    expect([-1, 0, 4.9, 5, 9].map((value) => intervalOf([0, 5], value))).toEqual([0, 1, 1, 2, 2]);
  });
});

/** Fraud is likely for new customers, for high risk scores, and without 3-D Secure. The hour does not matter. */
function simulatedFacts(seed: number, count: number) {
  const random = new RandomNumbers(seed);
  const facts: FactValues[] = times(count, () => ({
    customerAge: 100 * random.next(),
    ...random.chance(0.7) && { providerRiskScore: random.below(100) },
    ...random.chance(0.5) && { authenticated: 1 },
    hourOfDay: random.below(24),
  }));
  const isFraud = facts.map(({ customerAge = 0, providerRiskScore = 0, authenticated }) => {
    const logOdds = 3 * Number(customerAge < 10) + 2.5 * Number(providerRiskScore >= 80) + 2 * Number(authenticated === undefined) - 4;
    return random.chance(1 / (1 + Math.exp(-logOdds)));
  });
  return { facts, isFraud };
}

describe('a scorecard', () => {
  const { facts, isFraud } = simulatedFacts(1, 4_000);
  const weights = intervalWeights(facts, isFraud);
  const scorecard = scorecardOfWeights(weights, facts, 40, 300);
  const usual = { customerAge: 50, providerRiskScore: 10, authenticated: 1, hourOfDay: 12 };
  const pointsFor = (changed: FactValues) => totalPoints(scorecard, { ...usual, ...changed });

  test('has more points for what fraud has in common', () => {
    expect(pointsFor({ customerAge: 3 })).toBeGreaterThan(pointsFor({}) + 5);
    expect(pointsFor({ providerRiskScore: 95 })).toBeGreaterThan(pointsFor({}) + 5);
    expect(pointsFor({ authenticated: undefined })).toBeGreaterThan(pointsFor({}) + 5);
    expect(Math.abs(pointsFor({ hourOfDay: 3 }) - pointsFor({}))).toBeLessThanOrEqual(2);
  });

  test('has whole points that are not negative, in ascending intervals', () => {
    const points = scorecard.flatMap(({ intervals, missing = 0 }) => [missing, ...intervals.map((interval) => interval.points)]);

    expect(points.every((each) => Number.isInteger(each) && each >= 0)).toBe(true);
    scorecard.map(({ intervals }) => intervals.map(({ from }) => from)).forEach((starts) => {
      expect(starts).toEqual([...starts].sort((one, other) => one - other));
    });
    expect(scorecard.every(({ intervals }) => intervals.length <= 8)).toBe(true);
  });

  test('has about as many alerts as the budget', () => {
    const alerts = facts.filter((each) => totalPoints(scorecard, each) >= 40).length;

    expect(alerts).toBeGreaterThan(200);
    expect(alerts).toBeLessThan(400);
  });

  test('is the same each time', () => {
    expect(scorecardOfWeights(intervalWeights(facts, isFraud), facts, 40, 300)).toEqual(scorecard);
  });

  test('ranks new payments as well as a logistic regression', () => {
    const later = simulatedFacts(2, 4_000);
    const regression = FactRegression.fit(facts, isFraud);
    const caughtBy = (score: (each: FactValues) => number) => later.facts
      .map((each, index) => ({ score: score(each), isFraud: later.isFraud[index] }))
      .sort((one, other) => other.score - one.score).slice(0, 300).filter((each) => each.isFraud).length;

    expect(caughtBy((each) => totalPoints(scorecard, each))).toBeGreaterThanOrEqual(caughtBy((each) => regression.score(each)) - 5);
  });

  test('has no points for an unknown fact that was known for all learned payments', () => {
    expect(totalPoints(scorecard, { authenticated: 1, providerRiskScore: 10 })).toBeLessThanOrEqual(pointsFor({}));
  });

  test('has no facts if all payments are equal', () => {
    expect(scorecardOfWeights(intervalWeights([{ hourOfDay: 1 }, { hourOfDay: 1 }], [true, false]), [{ hourOfDay: 1 }], 40, 1)).toEqual([]);
  });
});
