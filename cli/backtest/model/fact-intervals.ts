import type { FactName } from '../../../src/private/contract';

/** The intervals of a fact. The first one begins below every value, and each other one at a cut. */
export interface FactIntervals {
  readonly fact: FactName;
  /** In ascending order. */
  readonly cuts: readonly number[];
  /** Whether the fact is unknown for some payments. */
  readonly canBeMissing: boolean;
}

/** A value, and whether its payment is fraud. */
export interface LabeledValue {
  readonly value: number;
  readonly isFraud: boolean;
}

interface Bin {
  /** Where it begins. */
  readonly from: number;
  readonly payments: number;
  readonly fraud: number;
}

const MOST_INTERVALS = 8;
/** The minimum number of payments in an interval. With fewer, the share of fraud in it would be mostly chance. */
const LEAST_PAYMENTS = 20;
/** Two intervals that differ less than this are merged: the 95 % quantile of chi-squared with one degree of freedom. */
const LEAST_DIFFERENCE = 3.84;
/** The cuts that are tried, by the quantiles of fraud and of honest payments each. */
const QUANTILES = 24;
const CUT_DIGITS = 3;

/** Cuts values where the share of fraud changes. Empty if it does not. */
export function cutsOf(values: readonly LabeledValue[]): number[] {
  const candidates = [true, false].flatMap((fraud) => quantilesOf(values.filter(({ isFraud }) => isFraud === fraud).map(({ value }) => value)));
  const cuts = [...new Set(candidates)].sort((one, other) => one - other);
  let bins = binsOf(values, cuts);
  for (let place = weakestOf(bins); place !== undefined; place = weakestOf(bins)) {
    const { from, payments, fraud } = bins[place];
    const next = bins[place + 1];
    bins = [...bins.slice(0, place), { from, payments: payments + next.payments, fraud: fraud + next.fraud }, ...bins.slice(place + 2)];
  }
  return bins.slice(1).map(({ from }) => from);
}

/** The place of a value: 0 below the first cut. */
export function intervalOf(cuts: readonly number[], value: number): number {
  let place = 0;
  while (place < cuts.length && value >= cuts[place]) {
    place++;
  }
  return place;
}

/** Values with few digits, because people read them. */
function quantilesOf(values: readonly number[]): number[] {
  const ascending = [...values].sort((one, other) => one - other);
  const places = ascending.length === 0 ? [] : [...Array(QUANTILES).keys()].map((step) => Math.floor(step * ascending.length / QUANTILES));
  return places.map((place) => Number(ascending[place].toPrecision(CUT_DIGITS)));
}

function binsOf(values: readonly LabeledValue[], cuts: readonly number[]): Bin[] {
  const bins = [-Infinity, ...cuts].map((from) => ({ from, payments: 0, fraud: 0 }));
  values.forEach(({ value, isFraud }) => {
    const bin = bins[intervalOf(cuts, value)];
    bin.payments++;
    bin.fraud += Number(isFraud);
  });
  return bins;
}

/** The place of the bin to merge with the next one; undefined if all differ and have enough payments. */
function weakestOf(bins: readonly Bin[]): number | undefined {
  const pairs = bins.slice(1).map((next, place) => ({
    place, isSmall: Math.min(bins[place].payments, next.payments) < LEAST_PAYMENTS, difference: chiSquared(bins[place], next),
  }));
  const small = pairs.filter(({ isSmall }) => isSmall);
  const [weakest] = (small.length > 0 ? small : pairs).sort((one, other) => one.difference - other.difference || one.place - other.place);
  const isWeak = weakest !== undefined && (weakest.isSmall || weakest.difference < LEAST_DIFFERENCE || bins.length > MOST_INTERVALS);
  return isWeak ? weakest.place : undefined;
}

/** The difference of the shares of fraud, as chi-squared. */
function chiSquared(one: Bin, other: Bin): number {
  const payments = one.payments + other.payments;
  const fraud = one.fraud + other.fraud;
  const expected = fraud * (payments - fraud) * one.payments * other.payments;
  return expected === 0 ? 0 : payments * (one.fraud * (other.payments - other.fraud) - other.fraud * (one.payments - one.fraud)) ** 2 / expected;
}
