import type { Interval } from './figures';

/** The quantile of the normal distribution for a confidence of 95 %. */
const Z = 1.96;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The median of repeated measurements and its confidence interval, which is
 * between two of the sorted values. It assumes no distribution: times have a long
 * tail (https://www.itl.nist.gov/div898/software/dataplot/refman1/auxillar/mediancl.htm).
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const { length } = sorted;
  const margin = Z * Math.sqrt(length) / 2;
  const low = Math.max(0, Math.floor(length / 2 - margin));
  const high = Math.min(length - 1, Math.ceil(length / 2 + margin));
  return { value: median(sorted), low: sorted[low], high: sorted[high] };
}
