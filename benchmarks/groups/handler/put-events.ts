import { insertions, RELAY_ENVIRONMENT } from './batches';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import { entrySize, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, type EventEntry } from '../../../handlers/publish/events/event-entry';
import { Env } from '../../../src/private/contract';
import { packed } from '../../../test/handlers/support/items';
import { exact, type FigureTable, type Row } from '../../figures';
import type { StubCall } from '../../processes/aws-stub';
import type { MeasuredProcess } from '../../processes/measured-process';
import type { ProcessPool } from '../../processes/process-pool';

const COUNTS = [1, 10, 25, 100];
const LARGE_COUNT = 100;
const LARGE_BODY_BYTES = 60 * 1024;

/** Counts the calls of PutEvents for the records of a batch. The ratio compares them with the fewest that the limits allow. */
export async function putEventsTable(pool: ProcessPool, calls: readonly StubCall[]): Promise<FigureTable> {
  const relay = pool.function('event-relay', RELAY_ENVIRONMENT);
  const withBodies = pool.function('event-relay', { ...RELAY_ENVIRONMENT, [Env.INCLUDE_BODY]: 'true' });
  const rows: Row[] = [];
  for (const count of COUNTS) {
    rows.push(await rowOf(String(count), `records: ${count}`, insertions(calls, count), relay, pool));
  }
  rows.push(await rowOf('large', `records: ${LARGE_COUNT}, each event with a body of 60 KB`, insertions(calls, LARGE_COUNT).map(withLargeBody), withBodies, pool));
  return {
    id: 'handler/put-events',
    title: 'Calls of PutEvents for a batch',
    description: `A call can have ${MAX_BATCH_ENTRIES} entries, and 256 KB in every Region. The ratio is relative to the fewest calls that these limits allow. Calls are free: EventBridge charges for each event of 64 KB.`,
    rows,
  };
}

async function rowOf(id: string, label: string, records: readonly StreamRecord[], process: MeasuredProcess, { stub }: ProcessPool): Promise<Row> {
  const sent = (await stub.during(async () => process.run({ events: [{ Records: records }], invocations: 1 })))
    .filter(({ operation }) => operation === 'PutEvents');
  const entries = sent.flatMap(({ body }) => (JSON.parse(Buffer.from(body).toString()) as { readonly Entries: readonly EventEntry[] }).Entries);
  if (entries.length !== records.length) {
    throw new Error(`the relay published ${entries.length} events of ${records.length} records`);
  }
  const bytes = entries.reduce((sum, entry) => sum + entrySize(entry), 0);
  const fewest = Math.max(Math.ceil(entries.length / MAX_BATCH_ENTRIES), Math.ceil(bytes / MAX_BATCH_BYTES));
  return { id: `handler/put-events/${id}`, label, unit: 'calls', figure: exact(sent.length), ratio: exact(sent.length / fewest) };
}

function withLargeBody(record: StreamRecord): StreamRecord {
  const { NewImage: item, ...change } = record.dynamodb!;
  return { ...record, dynamodb: { ...change, NewImage: { ...item, body: packed('x'.repeat(LARGE_BODY_BYTES)) } } };
}
