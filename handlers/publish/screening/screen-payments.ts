import type { DeclineLookup, Screening } from './decline-lookups';
import { errorName } from '../../aws/telemetry';
import { countDeclines, type DeclineEvent } from '../../domain/declines';

/** The number of payments whose declines are read at the same time. Each has at most two reads, and the client has 50 sockets. */
const PARALLEL = 20;

/** Reads the declines of a lookup. */
export type ReadDeclines = (lookup: DeclineLookup) => Promise<readonly DeclineEvent[]>;

/** The results in order, up to the first failure. */
export interface ScreeningResults {
  readonly suspicious: readonly boolean[];
  /** The error of the first missing result. */
  readonly failure?: string;
}

/**
 * Screens payments in order, a few at the same time. An undefined entry needs no screening.
 * After a failure, no further payment starts, because all of them are retried.
 */
export async function screenPayments(payments: readonly (Screening | undefined)[], read: ReadDeclines): Promise<ScreeningResults> {
  const suspicious: boolean[] = [];
  const failures = new Map<number, string>();
  let next = 0;
  const work = async () => {
    while (next < payments.length && failures.size === 0) {
      const index = next++;
      try {
        suspicious[index] = await isSuspicious(payments[index], read);
      } catch (error) {
        failures.set(index, errorName(error));
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  // Every payment before a failed one has started, so it has a result or has failed too.
  const first = Math.min(...failures.keys());
  return failures.size === 0 ? { suspicious } : { suspicious: suspicious.slice(0, first), failure: failures.get(first) };
}

async function isSuspicious(screening: Screening | undefined, read: ReadDeclines): Promise<boolean> {
  if (!screening) {
    return false;
  }
  const found = await Promise.all(screening.lookups.map(read));
  return found.some((events) => countDeclines(events) >= screening.declines);
}
