import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { skipN } from 'pure-rand/utils/skipN';

/** Lower and upper bound, both inclusive. */
export type Range = readonly [from: number, to: number];
export type Weighted<T> = readonly (readonly [option: T, weight: number])[];

/** The first draws of neighboring seeds are similar. */
const WARM_UP = 64;

/** Random draws from a seed. The same calls in the same order give the same month. */
export class Random {
  private readonly generator: RandomGenerator;

  public constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
    skipN(this.generator, WARM_UP);
  }

  public int([from, to]: Range): number {
    return uniformInt(this.generator, from, to);
  }

  public between([from, to]: Range): number {
    return from + (to - from) * uniformFloat64(this.generator);
  }

  public chance(probability: number): boolean {
    return uniformFloat64(this.generator) < probability;
  }

  public pick<T>(options: readonly T[]): T {
    if (options.length === 0) throw new Error('There is nothing to pick from');
    return options[this.int([0, options.length - 1])];
  }

  public weighted<T>(options: Weighted<T>): T {
    const total = options.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.between([0, total]);
    const drawn = options.find(([, weight]) => (left -= weight) < 0);
    return (drawn ?? options[options.length - 1])[0];
  }

  /** Sums of money have a skewed distribution: many small ones, few very large ones. */
  public logNormal(median: number, sigma: number): number {
    return median * Math.exp(this.normal(0, sigma));
  }

  /** Box-Muller. Uses `1 -` because the logarithm of 0 is infinite. */
  public normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(this.generator)));
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniformFloat64(this.generator));
  }

  /** The number of independent events at this rate. The product of uniform numbers (Knuth) is fast for small rates. */
  public poisson(rate: number): number {
    const least = Math.exp(-rate);
    let product = uniformFloat64(this.generator);
    let count = 0;
    while (product > least) {
      product *= uniformFloat64(this.generator);
      count += 1;
    }
    return count;
  }
}
