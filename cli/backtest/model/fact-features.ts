import { Matrix } from 'ml-matrix';
import { fitLogistic, logOddsOf, type LogisticModel, type SparseRow } from './logistic-regression';
import type { FactValues } from '../../../handlers/assess/rules/rule-context';
import { FACTS, type FactDefinition, type FactName } from '../../../src/private/contract';

/** The units of facts without an upper limit. Their logarithms are compared. */
const UNLIMITED: ReadonlySet<FactDefinition['unit']> = new Set(['times', 'days', 'minutes', 'payments', 'declines', 'cards', 'customers']);
/** The cost of weights of features that are scaled to a deviation of 1. */
const PENALTY = 1;

/** A fact as a feature: scaled to a mean of 0 and a deviation of 1. An unknown fact is 0, and has a feature of its own. */
interface FactFeature {
  readonly fact: FactName;
  readonly mean: number;
  readonly deviation: number;
}

/** A logistic regression on the facts, without intervals and whole points. */
export class FactRegression {
  public static fit(payments: readonly FactValues[], isFraud: readonly boolean[]): FactRegression {
    const features = (Object.keys(FACTS) as FactName[]).flatMap((fact) => featureOf(fact, payments));
    const rows = payments.map((facts) => rowOf(features, facts));
    return new FactRegression(features, fitLogistic(rows, isFraud, Matrix.eye(2 * features.length, 2 * features.length, PENALTY)));
  }

  private constructor(private readonly features: readonly FactFeature[], private readonly model: LogisticModel) {}

  /** The log-odds of fraud. */
  public score(facts: FactValues): number {
    return logOddsOf(this.model, rowOf(this.features, facts));
  }
}

function featureOf(fact: FactName, payments: readonly FactValues[]): FactFeature[] {
  const values = payments.flatMap((facts) => facts[fact] === undefined ? [] : [featureValue(fact, facts[fact])]);
  if (values.length === 0) {
    return [];
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return [{ fact, mean, deviation: Math.sqrt(variance) || 1 }];
}

function rowOf(features: readonly FactFeature[], facts: FactValues): SparseRow {
  const cells = features.map(({ fact, mean, deviation }, place): readonly [number, number] => {
    const value = facts[fact];
    return value === undefined ? [2 * place + 1, 1] : [2 * place, (featureValue(fact, value) - mean) / deviation];
  });
  return { places: cells.map(([place]) => place), values: cells.map(([, value]) => value) };
}

function featureValue(fact: FactName, value: number): number {
  return UNLIMITED.has(FACTS[fact].unit) ? Math.log1p(Math.max(0, value)) : value;
}
