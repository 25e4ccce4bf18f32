import type { Repetitions } from './acknowledge';
import { wireItemOf, TABLE } from './stripe-validator';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import { Env } from '../../../src/private/contract';
import { streamRecord, TIERS } from '../../../test/handlers/support/items';
import type { FigureTable } from '../../figures';
import { compareInTurns } from '../../in-turns';
import type { StubCall } from '../../processes/aws-stub';
import type { MeasuredProcess } from '../../processes/measured-process';
import type { ProcessPool } from '../../processes/process-pool';

/** The first size is the baseline. */
const SIZES = [1, 10, 100, 1_000];

/** The variables of a relay without optional work. */
export const RELAY_ENVIRONMENT: Readonly<Record<string, string>> = {
  [Env.TABLE_NAME]: TABLE,
  [Env.EVENT_BUS_NAME]: 'payment-events',
  [Env.EVENT_SOURCE]: 'webhook-processing-system.benchmark',
  [Env.TIERS]: JSON.stringify(TIERS),
  [Env.DEAD_LETTER_QUEUE_URL]: 'http://queue.invalid/dead-letters',
  [Env.SYSTEM_NAME]: 'benchmark',
};

const ARCHIVAL_ENVIRONMENT: Readonly<Record<string, string>> = {
  [Env.ARCHIVE_BUCKET_NAME]: 'archive', [Env.DEAD_LETTER_QUEUE_URL]: 'http://queue.invalid/dead-letters', [Env.SYSTEM_NAME]: 'benchmark',
};

/** A batch of the stream: the insertions of items that the validator wrote. */
export function insertions(calls: readonly StubCall[], count: number): StreamRecord[] {
  return Array.from({ length: count }, (_, index) => streamRecord(index + 1, 'INSERT', { newImage: wireItemOf(calls[index % calls.length]) }));
}

/** Measures the stream's functions for each size of a batch. */
export async function batchTables(pool: ProcessPool, calls: readonly StubCall[], repetitions: Repetitions): Promise<readonly FigureTable[]> {
  const relay = pool.function('event-relay', RELAY_ENVIRONMENT);
  const archival = pool.function('transaction-archival', ARCHIVAL_ENVIRONMENT);
  return [
    {
      id: 'handler/relay',
      title: 'Processor time of a published record, by the size of the batch',
      description: 'The event relay publishes insertions of Stripe charges in batches of the stream. One call of PutEvents has up to 10 events.',
      rows: await rowsOf('handler/relay', relay, calls, repetitions),
    },
    {
      id: 'handler/archival',
      title: 'Processor time of an archived record, by the size of the batch',
      description: 'The archival writes insertions of Stripe charges, with their unpacked bodies, as one compressed object for each batch.',
      rows: await rowsOf('handler/archival', archival, calls, repetitions),
    },
  ];
}

async function rowsOf(table: string, process: MeasuredProcess, calls: readonly StubCall[], { warmUp, rounds, invocations }: Repetitions) {
  const batches = SIZES.map((size) => ({ size, events: [{ Records: insertions(calls, size) }] }));
  await process.run({ events: batches[0].events, invocations: warmUp });
  return compareInTurns(batches.map(({ size, events }) => ({
    id: `${table}/${size}`,
    label: size === 1 ? 'batch of 1' : `batch of ${size.toLocaleString('en-US')}`,
    measure: async () => await process.microsecondsOf({ events, invocations: Math.ceil(invocations / size) }) / size,
  })), 'µs', rounds);
}
