import { compareEvents, type CompareRun } from './compare-events';
import type { ApiAccess, EventList, ListWindow } from '../providers/shared/event-list';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A run moves the checkpoint after each window, so that a run that ends early loses at most one. */
export const WINDOW_MS = HOUR;
/** How far before the checkpoint a run begins, for events that a provider listed late. */
export const OVERLAP_MS = HOUR;
/** The youngest events are left to their webhooks, which can be on their way. */
export const SETTLE_MS = 15 * MINUTE;
/** The oldest events can leave the list during a run. */
const KEPT_MARGIN_MS = HOUR;
/** The time that a page can take: its request with all attempts and waits, and the writes of its events. */
export const RESERVE_MS = 180_000;

/**
 * `completed`: all events up to now were compared. `stopped`: time was short, and the next run continues. `superseded`: another
 * run moved the checkpoint and continues.
 */
export type ReconciliationResult = 'completed' | 'stopped' | 'superseded';

export interface CheckpointPorts {
  readonly read: () => Promise<number | undefined>;
  readonly move: (range: { readonly from: number | undefined; readonly to: number }) => Promise<boolean>;
}

export interface ReconcileRun extends CompareRun {
  readonly now: number;
  /** From an operator: where to begin, if it is before the checkpoint. */
  readonly since?: number;
  readonly list: EventList;
  readonly access: ApiAccess;
  readonly checkpoint: CheckpointPorts;
  readonly remainingMillis: () => number;
  /** Reports a span of time whose events the provider lists no longer. */
  readonly onGap: (gap: ListWindow) => void;
}

/**
 * Compares the events that a provider lists with the stored ones, and stores those that are missing, window by window from the
 * checkpoint on. The first run only sets the checkpoint: events from before the system existed would cause alerts. Two runs at
 * the same time do no harm: the same event gets the same key, and only one of them moves the checkpoint. Throws if a window
 * cannot be finished. The next run then repeats it.
 */
export async function reconcile(run: ReconcileRun): Promise<ReconciliationResult> {
  const { now, list, checkpoint } = run;
  const end = now - SETTLE_MS;
  const oldest = now - list.keptDays * DAY + KEPT_MARGIN_MS;
  let until = await checkpoint.read();
  // With the first checkpoint, the overlap of later runs begins now. A later time of an operator would skip what is not compared yet.
  const begin = Math.min(run.since ?? Infinity, until ?? run.since ?? now + OVERLAP_MS);
  const start = Math.max(begin, oldest);
  if (start !== until) {
    if (!await checkpoint.move({ from: until, to: start })) {
      return 'superseded';
    }
    if (start > begin) {
      run.onGap({ from: begin, to: start });
    }
    until = start;
  }
  let from = begin === run.since ? start : Math.max(start - OVERLAP_MS, oldest);
  while (until < end) {
    const to: number = Math.min(until + WINDOW_MS, end);
    if (!await compareWindow({ from, to }, run)) {
      return 'stopped';
    }
    if (!await checkpoint.move({ from: until, to })) {
      return 'superseded';
    }
    from = to;
    until = to;
  }
  return 'completed';
}

/** Returns false if time was too short for the window. */
async function compareWindow(window: ListWindow, run: ReconcileRun): Promise<boolean> {
  const isLate = () => run.remainingMillis() < RESERVE_MS;
  if (isLate()) {
    return false;
  }
  for await (const events of run.list.pages(window, run.access)) {
    await compareEvents(events, run);
    if (isLate()) {
      return false;
    }
  }
  return true;
}
