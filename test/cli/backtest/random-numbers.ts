import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/** Neighboring seeds give similar first numbers, so these are not used. */
const SKIPPED = 64;

/** Pseudorandom numbers that are the same for the same seed. */
export class RandomNumbers {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
    skipN(this.generator, SKIPPED);
  }

  /** From 0 to below 1. */
  public next(): number {
    return uniformFloat64(this.generator);
  }

  public below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  public pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  public normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
  }

  /** An amount around a median. */
  public amount(median: number, spread: number): number {
    return Math.max(1, Math.round(100 * median * Math.exp(spread * this.normal())) / 100);
  }
}
