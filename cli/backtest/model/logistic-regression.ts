import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** The features of a payment that are not zero. */
export interface SparseRow {
  readonly places: readonly number[];
  readonly values: readonly number[];
}

/** The weights of the features, and a constant. */
export interface LogisticModel {
  readonly intercept: number;
  readonly weights: readonly number[];
}

const MAX_STEPS = 60;
/** The steps end when the objective changes less than this, relative to its size. */
const TOLERANCE = 1e-9;
const ROUNDING = 1e-12;

/** The log-odds of fraud. */
export function logOddsOf({ intercept, weights }: LogisticModel, { places, values }: SparseRow): number {
  return places.reduce((sum, place, index) => sum + weights[place] * values[index], intercept);
}

/**
 * Fits a logistic regression by Newton's method. `penalty` is a positive definite matrix: weights `w` cost half of `w' penalty w`,
 * so the optimum is unique, also for features that depend on each other. Nothing is random.
 */
export function fitLogistic(rows: readonly SparseRow[], isFraud: readonly boolean[], penalty: Matrix): LogisticModel {
  const size = penalty.rows;
  let model: LogisticModel = { intercept: baseLogOdds(isFraud), weights: Array<number>(size).fill(0) };
  let cost = penalizedLoss(model, rows, isFraud, penalty);
  for (let step = 0; step < MAX_STEPS; step++) {
    const direction = newtonDirection(model, rows, isFraud, penalty);
    const before = cost;
    let share = 1;
    let next = moved(model, direction, share);
    // The objective decreases in this direction, so a small enough step increases it by rounding only.
    while ((cost = penalizedLoss(next, rows, isFraud, penalty)) > before * (1 + ROUNDING)) {
      share /= 2;
      next = moved(model, direction, share);
    }
    model = next;
    if (before - cost <= TOLERANCE * before) {
      break;
    }
  }
  return model;
}

/** With one payment more of each kind, so that it is finite. */
function baseLogOdds(isFraud: readonly boolean[]): number {
  const fraud = isFraud.filter(Boolean).length;
  return Math.log((fraud + 1) / (isFraud.length - fraud + 1));
}

function penalizedLoss(model: LogisticModel, rows: readonly SparseRow[], isFraud: readonly boolean[], penalty: Matrix): number {
  const { weights } = model;
  const w = Matrix.columnVector([...weights]);
  const penalized = w.transpose().mmul(penalty).mmul(w).get(0, 0) / 2;
  return rows.reduce((sum, row, index) => {
    const logOdds = logOddsOf(model, row);
    // The logarithm of 1 + e^x without an overflow.
    return sum + Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds))) - (isFraud[index] ? logOdds : 0);
  }, penalized);
}

/** Solves for the step of the weights and, in the last row, of the intercept. */
function newtonDirection(model: LogisticModel, rows: readonly SparseRow[], isFraud: readonly boolean[], penalty: Matrix): readonly number[] {
  const size = penalty.rows;
  const hessian = Matrix.zeros(size + 1, size + 1);
  hessian.setSubMatrix(penalty, 0, 0);
  const gradient = Matrix.zeros(size + 1, 1);
  gradient.setSubMatrix(penalty.mmul(Matrix.columnVector([...model.weights])).mul(-1), 0, 0);
  // The arrays of the rows are faster than the methods of the matrix.
  const cells = hessian.to2DArray();
  const sums = gradient.to1DArray();
  rows.forEach((row, index) => {
    const probability = 1 / (1 + Math.exp(-logOddsOf(model, row)));
    const error = Number(isFraud[index]) - probability;
    const curvature = probability * (1 - probability);
    const places = [...row.places, size];
    const values = [...row.values, 1];
    places.forEach((place, at) => {
      sums[place] += error * values[at];
      // Only one half is computed, because rounding would make the halves differ.
      for (let other = 0; other <= at; other++) {
        const product = curvature * values[at] * values[other];
        cells[Math.max(place, places[other])][Math.min(place, places[other])] += product;
      }
    });
  });
  // An intercept without curvature has no step.
  cells[size][size] += 1e-9;
  cells.forEach((half, place) => half.slice(0, place).forEach((cell, other) => {
    cells[other][place] = cell;
  }));
  return new CholeskyDecomposition(new Matrix(cells)).solve(Matrix.columnVector(sums)).to1DArray();
}

function moved({ intercept, weights }: LogisticModel, direction: readonly number[], share: number): LogisticModel {
  return { intercept: intercept + share * direction[weights.length], weights: weights.map((weight, place) => weight + share * direction[place]) };
}
