import type { LabeledEvent } from './labeled-event';
import { Random } from './wholesale-random';

const DAY = 24 * 60 * 60_000;
/** Half of the frauds are known within this time: cardholders read a statement, then their bank sends a dispute. */
const MEDIAN_DAYS = 14;
const SPREAD = 0.6;
const EARLIEST_DAYS = 2;

/** Adds the time when each fraud becomes known, some days to some weeks after it. All events of a transaction have the same time. */
export function withLabelTimes(events: readonly LabeledEvent[], seed: number): LabeledEvent[] {
  const random = new Random(seed);
  const known = new Map<string, Date>();
  return events.map((event) => {
    if (!event.fraud) return event;
    const { transactionId, at } = event;
    const days = () => Math.max(EARLIEST_DAYS, random.logNormal(MEDIAN_DAYS, SPREAD));
    const knownAt = known.get(transactionId) ?? new Date(at.getTime() + Math.round(days() * DAY));
    known.set(transactionId, knownAt);
    return { ...event, knownAt };
  });
}
