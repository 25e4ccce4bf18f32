import type { FaultyFunction } from './faulty-function';
import type { StreamedTable } from './streamed-table';
import { SWEEP_GIVE_UP_HOURS, SWEEP_INPUT } from '../../src/private/contract';

const MINUTE = 60_000;
/** Each transaction is closed or in the dead-letter queue by then. */
const LIMIT = (SWEEP_GIVE_UP_HOURS + 2) * 60 * MINUTE;

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
    const due = table.items.flatMap(({ sweep_at: at }) => at ? [Date.parse(at.S!)] : []);
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
