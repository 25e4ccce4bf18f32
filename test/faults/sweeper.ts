import type { FaultyFunction } from './faulty-function';
import type { StreamedTable } from './streamed-table';
import { SWEEP_ATTEMPTS, SWEEP_INPUT, SWEEP_MAX_WAIT_MINUTES } from '../../src/private/contract';

const MINUTE = 60_000;
/** Each transaction is closed or given up by then. */
const LIMIT = SWEEP_ATTEMPTS * SWEEP_MAX_WAIT_MINUTES * MINUTE;

/** Sweeps each minute in which a transaction is due, until none is open. Time passes without waiting. */
export async function sweepUntilClosed(
  { table, relay, from, afterEach }: {
    readonly table: StreamedTable;
    readonly relay: FaultyFunction;
    readonly from: number;
    /** Processes what the sweep published. */
    readonly afterEach: (now: number) => Promise<void>;
  },
): Promise<void> {
  let now = from;
  for (;;) {
    const due = table.items.flatMap(({ sweep_at: at, given_up_at: givenUpAt }) => at && !givenUpAt ? [Date.parse(at.S!)] : []);
    now = Math.max(now + MINUTE, Math.min(...due));
    if (due.length === 0 || now > from + LIMIT) {
      return;
    }
    try {
      await relay.invoke(SWEEP_INPUT, now);
    } catch {
      // The next sweep is the retry.
    }
    await afterEach(now);
  }
}
