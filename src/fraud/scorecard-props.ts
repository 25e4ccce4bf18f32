import type { FraudFact } from './fraud-fact';

/** Options of `FraudRule.scorecard`. */
export interface ScorecardProps {
  /** The points of each fact. At least one fact, each of them once. */
  readonly facts: FraudFactPoints[];
}

/** The points of one fact. At least one of its intervals or `missing` must have points. */
export interface FraudFactPoints {
  /** The fact. */
  readonly fact: FraudFact;

  /** The points by the value of the fact, in ascending order. At most 8 intervals. Below the first one, a fact has no points. */
  readonly intervals: FraudFactInterval[];

  /**
   * The points if the fact is not known. A whole number from 0 to 1,000.
   *
   * @default 0
   */
  readonly missing?: number;
}

/** An interval of a fact: it ends where the next one begins. */
export interface FraudFactInterval {
  /** The first value of the interval, in the unit of the fact. */
  readonly minimum: number;

  /** The points in the interval. A whole number from 0 to 1,000. */
  readonly points: number;
}
