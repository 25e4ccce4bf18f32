import { itemOf } from './stripe-validator';
import { writeUnits } from '../../../test/cost/item-size';
import { exact, type FigureTable, type Row } from '../../figures';
import type { MeasuredProcess } from '../../processes/measured-process';
import type { ProcessPool } from '../../processes/process-pool';

const INVOCATIONS = 100;

interface CountedHandler {
  readonly id: string;
  readonly label: string;
  readonly process: MeasuredProcess;
  readonly events: () => readonly unknown[];
}

/** Counts what a webhook costs at AWS. The functions are warm. */
export async function handlerCounts(handlers: readonly CountedHandler[], { stub }: ProcessPool): Promise<FigureTable> {
  const rows: Row[] = [];
  for (const { id, label, process, events } of handlers) {
    let logged = 0;
    const calls = await stub.during(async () => {
      logged = (await process.run({ events: events(), invocations: INVOCATIONS })).logBytes;
    });
    const units = calls.filter(({ operation }) => operation === 'PutItem').map((call) => writeUnits(undefined, itemOf(call)));
    rows.push(
      { id: `handler/calls/${id}`, label: `calls of AWS, ${label}`, unit: 'calls', figure: exact(calls.length / INVOCATIONS) },
      { id: `handler/write-units/${id}`, label: `write units of the item, at most, ${label}`, unit: 'write units', figure: exact(Math.max(...units)) },
      { id: `handler/log-bytes/${id}`, label: `log, ${label}`, unit: 'bytes', figure: exact(logged / INVOCATIONS) },
    );
  }
  return {
    id: 'handler/calls',
    title: 'Calls, write units and log of a webhook',
    description: `Counted over ${INVOCATIONS} Stripe webhooks of 2.7 KB, when the secret is cached. A write unit is 1 KB of an item. The log includes the metrics.`,
    rows: rows.sort((one, other) => one.unit.localeCompare(other.unit)),
  };
}
