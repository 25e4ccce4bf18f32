import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/** Neighboring seeds give similar first numbers, so these are not used. */
const WARM_UP = 64;

/** Random numbers from a seed. The same seed gives the same numbers. */
export class Dice {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
    skipN(this.generator, WARM_UP);
  }

  /** An integer, including both ends. */
  between(from: number, to: number): number {
    return uniformInt(this.generator, from, to);
  }

  /** A number from the first up to the second, excluding the second. */
  real(from: number, to: number): number {
    return from + (to - from) * uniformFloat64(this.generator);
  }

  chance(probability: number): boolean {
    return this.real(0, 1) < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.between(0, items.length - 1)];
  }

  /** The index of one of the weights. A weight that is twice as large is drawn twice as often. */
  weighted(weights: readonly number[]): number {
    let rest = this.real(0, weights.reduce((sum, weight) => sum + weight, 0));
    const place = weights.findIndex((weight) => (rest -= weight) < 0);
    return place < 0 ? weights.length - 1 : place;
  }

  /** Half of the numbers are below the median. A larger `sigma` gives a longer tail above it. */
  logNormal(median: number, sigma: number): number {
    // Box-Muller. Uses 1 minus the number, because the logarithm of 0 is not finite.
    const normal = Math.sqrt(-2 * Math.log(1 - this.real(0, 1))) * Math.cos(this.real(0, 2 * Math.PI));
    return median * Math.exp(sigma * normal);
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.between(0, last);
      [copy[last], copy[other]] = [copy[other], copy[last]];
    }
    return copy;
  }
}
