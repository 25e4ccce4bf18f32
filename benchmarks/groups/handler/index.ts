import { acknowledgeTables } from './acknowledge';
import { batchTables } from './batches';
import { compressionTables } from './compression';
import { detectorTable } from './detector';
import { putEventsTable } from './put-events';
import type { FigureTable, Group } from '../../figures';
import { ProcessPool } from '../../processes/process-pool';

/** The processor time and the calls of the functions as they are deployed. */
export const handler: Group = {
  name: 'handler',
  measure: async ({ quick, progress }): Promise<readonly FigureTable[]> => {
    const pool = await ProcessPool.start();
    const rounds = quick ? 7 : 25;
    try {
      progress('acknowledgement of webhooks');
      const { tables, calls } = await acknowledgeTables(pool, { warmUp: quick ? 2_000 : 10_000, rounds, invocations: quick ? 200 : 1_000 });
      progress('batches of the stream');
      const batches = await batchTables(pool, calls, { warmUp: quick ? 500 : 5_000, rounds, invocations: quick ? 200 : 1_000 });
      progress('assessments');
      const detector = await detectorTable(pool, calls, { warmUp: quick ? 300 : 3_000, rounds, invocations: quick ? 50 : 300 });
      progress('compression');
      const compression = await compressionTables(pool, calls, { warmUp: 1_000, rounds, invocations: quick ? 500 : 2_000 });
      return [...tables, await putEventsTable(pool, calls), ...batches, detector, ...compression];
    } finally {
      pool.stop();
    }
  },
};
