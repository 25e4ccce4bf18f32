import { PutEventsCommand, type EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { ReplayedEvent } from './replayed-events';
import { MAX_BATCH_ENTRIES, type EventEntry } from '../../handlers/publish/events/event-entry';
import { publishInOrder } from '../../handlers/publish/events/event-publisher';

const SECOND = 1_000;

export interface ReplayResult {
  readonly published: number;
  /** Events that the bus never accepts, such as those that are too large. */
  readonly rejected: ReadonlyArray<{ readonly event: ReplayedEvent; readonly error: string }>;
  /** The first event that is not published. Absent if all were processed. */
  readonly next?: ReplayedEvent;
  /** Why the replay stopped there. Absent if it was interrupted. */
  readonly error?: string;
}

export interface ReplayPorts {
  readonly put: (entries: readonly EventEntry[]) => Promise<readonly (string | undefined)[]>;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly now: () => Date;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/**
 * Publishes events in order, at most `rate` per second. A failed entry is retried. If it keeps failing, the replay stops, so
 * that everything before `next` is published, and a second run can continue there.
 */
export async function publishReplay(
  events: readonly ReplayedEvent[], rate: number, ports: ReplayPorts, onProgress: (processed: number) => void,
): Promise<ReplayResult> {
  const rejected: { event: ReplayedEvent; error: string }[] = [];
  const size = Math.max(1, Math.min(MAX_BATCH_ENTRIES, Math.floor(rate)));
  let published = 0;
  for (let first = 0; first < events.length; first += size) {
    if (ports.signal.aborted) {
      return { published, rejected, next: events[first] };
    }
    const batch = events.slice(first, first + size);
    const startedAt = ports.now().getTime();
    const outcomes = await publishInOrder(batch.map(({ entry }) => entry), { ...ports, sleep: uninterrupted(ports.sleep) });
    for (const [index, outcome] of outcomes.entries()) {
      const event = batch[index];
      if (outcome.state === 'published') {
        published += 1;
      } else if (outcome.state === 'non-retryable') {
        rejected.push({ event, error: outcome.error });
      }
    }
    const open = outcomes.findIndex(({ state }) => state === 'failed' || state === 'unsent');
    if (open >= 0) {
      const failures = outcomes.flatMap((outcome) => outcome.state === 'failed' ? [outcome.error] : []);
      return { published, rejected, next: batch[open], error: failures[0] };
    }
    onProgress(first + batch.length);
    if (first + size < events.length) {
      const elapsed = ports.now().getTime() - startedAt;
      await uninterrupted(ports.sleep)(Math.max(0, batch.length / rate * SECOND - elapsed));
    }
  }
  return { published, rejected };
}

/**
 * Puts at most ten entries on the bus, and returns the error of each one that failed. A call is not aborted, so that it is
 * known what was published. If its answer is lost, its events are published twice, with the same ids.
 */
export function putEventsOf(client: EventBridgeClient): ReplayPorts['put'] {
  return async (entries) => {
    try {
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries: [...entries] }));
      return entries.map((_, index) => results[index]?.EventId ? undefined : results[index]?.ErrorCode ?? 'NoAnswer');
    } catch (error) {
      return entries.map(() => (error as Error).name);
    }
  };
}

/** A wait that ends at an interruption, which the loop then handles. */
function uninterrupted(sleep: ReplayPorts['sleep']): ReplayPorts['sleep'] {
  return async (millis) => sleep(millis).catch(() => undefined);
}
