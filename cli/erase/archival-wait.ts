import type { ArchiveErasure } from './archive-erasure';
import type { Tombstone } from './erasure-targets';

/** Most tombstones are archived within seconds. Each look lists the objects of the last days, so the pauses double. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const DAY_MS = 86_400_000;
/** The stream keeps a change for 24 hours. An older tombstone is archived, or in a batch that failed. */
const STREAM_MS = 25 * 3_600_000;

/** The clock of a run, which tests replace. */
export interface Clock {
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
}

/**
 * Waits until the tombstones of the last day are in the archive. The stream keeps the order of the changes of an item, so
 * everything that was written about it before is in the archive then, too. Without the wait, the archival would write it after
 * this run has looked. Returns the number of tombstones that are not archived at the end of the time.
 */
export async function waitForArchival(
  archive: ArchiveErasure, tombstones: ReadonlyMap<string, Tombstone>, clock: Clock, waitMs: number, onWait: (pending: number) => void,
): Promise<number> {
  const started = clock.now().getTime();
  const isRecent = ({ erasedAt }: Tombstone) => Date.parse(erasedAt) > started - STREAM_MS;
  const pending = new Map([...tombstones].filter(([, tombstone]) => isRecent(tombstone)));
  const seen = new Set<string>();
  // An object's day is that of its first change, which can be older.
  const from = new Date(started - STREAM_MS - DAY_MS).toISOString().slice(0, 10);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    if (pending.size > 0) {
      await archive.removeArchived(pending, from, seen);
    }
    if (pending.size === 0 || clock.now().getTime() - started >= waitMs) {
      return pending.size;
    }
    onWait(pending.size);
    await clock.sleep(pause);
  }
}
