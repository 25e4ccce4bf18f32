import type { ImageName } from '../../src/private/contract';
import type { MemoryUse } from '../faults/lambda-host';

/** How much the heap can grow from the first to the last tenth. */
export const MAX_GROWTH = 0.01;
const TENTHS = 10;

/** What a process used during the soak, in equal intervals, after the warm-up. */
export interface MemorySeries {
  readonly handler: ImageName;
  readonly memoryMb: number;
  readonly invocations: number;
  readonly samples: readonly MemoryUse[];
}

export interface MemoryGrowth {
  readonly first: MemoryUse;
  readonly last: MemoryUse;
  /** The growth of the heap, as a share of the first tenth. Negative if it shrinks. */
  readonly heap: number;
  /** The highest resident memory. */
  readonly highestBytes: number;
}

/** Compares the medians of the first and the last tenth. */
export function growthOf({ samples }: Pick<MemorySeries, 'samples'>): MemoryGrowth {
  const size = Math.floor(samples.length / TENTHS);
  if (size === 0) {
    throw new Error(`a comparison of tenths needs at least ${TENTHS} samples, got ${samples.length}`);
  }
  const [first, last] = [samples.slice(0, size), samples.slice(-size)].map((tenth): MemoryUse => ({
    heapBytes: median(tenth.map(({ heapBytes }) => heapBytes)),
    residentBytes: median(tenth.map(({ residentBytes }) => residentBytes)),
  }));
  return { first, last, heap: last.heapBytes / first.heapBytes - 1, highestBytes: Math.max(...samples.map(({ residentBytes }) => residentBytes)) };
}

/** Why the memory of a process is not acceptable; empty if it is. */
export function memoryDefectsOf(series: MemorySeries): string[] {
  const { heap, highestBytes } = growthOf(series);
  const limit = series.memoryMb * 1024 ** 2;
  return [
    ...heap > MAX_GROWTH ? [`the heap of the ${series.handler} grew by ${(heap * 100).toFixed(1)} %, the limit is ${MAX_GROWTH * 100} %`] : [],
    ...highestBytes > limit ? [`the ${series.handler} used ${Math.round(highestBytes / 1024 ** 2)} MB, its memory is ${series.memoryMb} MB`] : [],
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
