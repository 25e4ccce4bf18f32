import { gunzipSync } from 'node:zlib';
import type { Repetitions } from './acknowledge';
import { COMPRESSIONS, type Compression } from './candidates/compress';
import { itemOf } from './stripe-validator';
import { sizeOf, writeUnits } from '../../../test/cost/item-size';
import { exact, type FigureTable, type Row } from '../../figures';
import { compareInTurns } from '../../in-turns';
import type { StubCall } from '../../processes/aws-stub';
import type { ProcessPool } from '../../processes/process-pool';

const LABELS: { readonly [name in Compression]: string } = {
  'gzip-6': 'gzip, level 6 (used)', 'none': 'none', 'gzip-1': 'gzip, level 1', 'gzip-9': 'gzip, level 9', 'zstd': 'Zstandard, level 3',
};

/** Compares ways to compress the body of an item. Zstandard needs Node 22.15. */
export async function compressionTables(
  pool: ProcessPool, calls: readonly StubCall[], { warmUp, rounds, invocations }: Repetitions,
): Promise<readonly FigureTable[]> {
  const process = await pool.alternative('benchmarks/groups/handler/candidates/compress.ts');
  const items = calls.map(itemOf);
  const bodies = items.map(({ body }) => gunzipSync(body.B!));
  const names = Object.keys(COMPRESSIONS) as Compression[];
  const eventsOf = (compression: Compression) => bodies.map((body) => ({ compression, body }));
  for (const name of names) {
    await process.run({ events: eventsOf(name), invocations: warmUp });
  }
  return [
    {
      id: 'handler/compression',
      title: 'Processor time of the compression of a body',
      description: 'The body of a Stripe webhook, 2.7 KB. Zstandard is measured if Node has it.',
      rows: await compareInTurns(names.map((name) => ({
        id: `handler/compression/${name}`, label: LABELS[name], measure: async () => process.microsecondsOf({ events: eventsOf(name), invocations }),
      })), 'µs', rounds),
    },
    {
      id: 'handler/compressed-item',
      title: 'Size of the item by the compression of its body',
      description: 'A write unit is 1 KB. Gzip halves the write units of a webhook. Level 9 stores no fewer bytes than level 6, and level 1 stores more.',
      rows: names.flatMap((name): Row[] => {
        const stored = items.map((item, index) => ({ ...item, body: { B: COMPRESSIONS[name]!(bodies[index]) } }));
        const average = (values: readonly number[]) => exact(values.reduce((sum, value) => sum + value, 0) / values.length);
        return [
          { id: `handler/compressed-item/bytes/${name}`, label: `bytes, ${LABELS[name]}`, unit: 'bytes', figure: average(stored.map(sizeOf)) },
          { id: `handler/compressed-item/units/${name}`, label: `write units, ${LABELS[name]}`, unit: 'write units', figure: average(stored.map((item) => writeUnits(undefined, item))) },
        ];
      }),
    },
  ];
}
