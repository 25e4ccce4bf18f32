import type { ListenSession } from './listen-session';
import { observedEvent, type ObservedEvent } from './observed-event';
import { SeenIds } from './seen-ids';

const SECOND = 1_000;
/** After so many failures in a row, the session ends. The SDK has tried each of them several times. */
const MAX_FAILURES = 5;
const PAUSE_MILLIS = 5_000;
/** The longest wait for a message in one call. */
const WAIT_SECONDS = 10;

export interface ObserveOptions {
  /** Alerts are not filtered by AWS. */
  readonly provider?: string;
  readonly tier?: string;
  readonly until: Date;
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly onFailure: (error: Error) => void;
}

/** The events and alerts of a session, each once, until a time or until the signal. */
export async function* observeSession(session: Pick<ListenSession, 'receive'>, options: ObserveOptions): AsyncGenerator<ObservedEvent> {
  const { until, now, sleep, signal, onFailure, provider, tier } = options;
  const seen = new SeenIds();
  let failures = 0;
  while (!signal.aborted && now() < until) {
    let bodies: readonly string[] = [];
    try {
      bodies = await session.receive(signal, Math.min(WAIT_SECONDS, Math.ceil((until.getTime() - now().getTime()) / SECOND)));
      failures = 0;
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      failures += 1;
      if (failures >= MAX_FAILURES) {
        throw error;
      }
      onFailure(error as Error);
      await sleep(PAUSE_MILLIS).catch(() => undefined);
    }
    for (const event of bodies.map(observedEvent)) {
      const isChosen = event && (provider === undefined || event.provider === provider) && (tier === undefined || event.tier === tier);
      if (isChosen && seen.add(event.id)) {
        yield event;
      }
    }
  }
}
