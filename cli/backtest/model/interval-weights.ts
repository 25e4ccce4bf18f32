import { Matrix } from 'ml-matrix';
import { cutsOf, intervalOf, type FactIntervals } from './fact-intervals';
import { fitLogistic, logOddsOf, type LogisticModel, type SparseRow } from './logistic-regression';
import type { FactValues } from '../../../handlers/assess/rules/rule-context';
import { FACTS, type FactName } from '../../../src/private/contract';

/** The weights of the intervals of a fact, in the order of the intervals. */
export interface IntervalWeights extends FactIntervals {
  readonly weights: readonly number[];
  /** Set if the fact can be missing. */
  readonly missing?: number;
}

/** The penalties that are tried, from weak to strong. */
const PENALTIES = [1, 3, 10, 30, 100];
/** The cost of a weight itself, relative to the cost of a step between neighbors. It makes the optimum unique. */
const LEVEL_COST = 0.05;
/** The share of the payments that a penalty is learned from. The rest compares the penalties. */
const INNER_SHARE = 0.7;

/**
 * Learns the weights of intervals: the log-odds of fraud, by a logistic regression that avoids steps between neighbors. It uses
 * the penalty that predicts the last part of the payments best. The payments are in the order of their time.
 */
export function intervalWeights(payments: readonly FactValues[], isFraud: readonly boolean[]): IntervalWeights[] {
  const intervals = (Object.keys(FACTS) as FactName[]).flatMap((fact) => intervalsOf(fact, payments, isFraud));
  const layout = new IntervalLayout(intervals);
  const rows = payments.map((facts) => layout.rowOf(facts));
  const penalty = bestPenalty(rows, isFraud, layout);
  return layout.weightsOf(fitLogistic(rows, isFraud, layout.penalty(penalty)));
}

function intervalsOf(fact: FactName, payments: readonly FactValues[], isFraud: readonly boolean[]): FactIntervals[] {
  const known = payments.flatMap((facts, index) => facts[fact] === undefined ? [] : [{ value: facts[fact], isFraud: isFraud[index] }]);
  const canBeMissing = known.length < payments.length;
  const cuts = cutsOf(known);
  return known.length === 0 || (cuts.length === 0 && !canBeMissing) ? [] : [{ fact, cuts, canBeMissing }];
}

function bestPenalty(rows: readonly SparseRow[], isFraud: readonly boolean[], layout: IntervalLayout): number {
  const inner = Math.floor(INNER_SHARE * rows.length);
  const losses = PENALTIES.map((penalty) => {
    const model = fitLogistic(rows.slice(0, inner), isFraud.slice(0, inner), layout.penalty(penalty));
    return rows.slice(inner).reduce((sum, row, index) => sum + Math.log1p(Math.exp((isFraud[inner + index] ? -1 : 1) * logOddsOf(model, row))), 0);
  });
  return PENALTIES[losses.indexOf(Math.min(...losses))];
}

/** The places of the intervals in the rows of the regression. */
class IntervalLayout {
  private readonly starts: readonly number[];
  private readonly size: number;

  constructor(private readonly intervals: readonly FactIntervals[]) {
    const sizes = intervals.map(({ cuts, canBeMissing }) => cuts.length + 1 + Number(canBeMissing));
    this.starts = sizes.map((_, place) => sizes.slice(0, place).reduce((sum, size) => sum + size, 0));
    this.size = sizes.reduce((sum, size) => sum + size, 0);
  }

  public rowOf(facts: FactValues): SparseRow {
    const places = this.intervals.map(({ fact, cuts }, index) => {
      const value = facts[fact];
      return this.starts[index] + (value === undefined ? cuts.length + 1 : intervalOf(cuts, value));
    });
    return { places, values: places.map(() => 1) };
  }

  public penalty(strength: number): Matrix {
    const matrix = Matrix.eye(this.size, this.size, strength * LEVEL_COST);
    this.intervals.forEach(({ cuts }, index) => cuts.forEach((_, step) => {
      const [low, high] = [this.starts[index] + step, this.starts[index] + step + 1];
      for (const [row, column, sign] of [[low, low, 1], [high, high, 1], [low, high, -1], [high, low, -1]]) {
        matrix.set(row, column, matrix.get(row, column) + sign * strength);
      }
    }));
    return matrix;
  }

  public weightsOf({ weights }: LogisticModel): IntervalWeights[] {
    return this.intervals.map((each, index) => {
      const end = this.starts[index] + each.cuts.length + 1;
      return { ...each, weights: weights.slice(this.starts[index], end), ...each.canBeMissing && { missing: weights[end] } };
    });
  }
}
