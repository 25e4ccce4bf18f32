import { gunzipSync } from 'node:zlib';
import type { SdkPut } from './candidates/sdk-put';
import { handlerCounts } from './counts';
import { itemOf, serveStripeSecret, stripeEvents, VALIDATOR_ENVIRONMENT } from './stripe-validator';
import type { FigureTable } from '../../figures';
import { compareInTurns } from '../../in-turns';
import type { StubCall } from '../../processes/aws-stub';
import type { MeasuredProcess } from '../../processes/measured-process';
import type { ProcessPool } from '../../processes/process-pool';

const CANDIDATES = 'benchmarks/groups/handler/candidates';

/** How often a table is measured, and after how many invocations. */
export interface Repetitions {
  readonly warmUp: number;
  readonly rounds: number;
  /** The invocations of a round. */
  readonly invocations: number;
}

interface Alternative {
  readonly id: string;
  readonly label: string;
  readonly process: MeasuredProcess;
  readonly events: () => readonly unknown[];
}

/** Measures the acknowledgement of a webhook. `calls`: the writes of the validator. */
export async function acknowledgeTables(pool: ProcessPool, { warmUp, rounds, invocations }: Repetitions): Promise<{
  readonly tables: readonly FigureTable[];
  readonly calls: readonly StubCall[];
}> {
  serveStripeSecret(pool);
  const ours = pool.function('webhook-validator', VALIDATOR_ENVIRONMENT);
  await ours.run({ events: stripeEvents(), invocations: 1 });
  const calls = await pool.stub.during(async () => ours.run({ events: stripeEvents(), invocations: stripeEvents().length }));
  const complete = calls.map((call): SdkPut => ({ item: itemOf(call) }));
  const packed = complete.map(({ item: { body, ...item } }): SdkPut => ({ item, body: gunzipSync(body.B!) }));

  const alternatives: readonly Alternative[] = [
    { id: 'raw', label: 'node:http alone, the same bytes', process: await pool.alternative(`${CANDIDATES}/replay.ts`), events: () => calls.map((call) => ({ calls: [call] })) },
    { id: 'sdk', label: 'AWS SDK alone', process: await pool.alternative(`${CANDIDATES}/sdk-put.ts`), events: () => complete },
    { id: 'sdk-gzip', label: 'AWS SDK and gzip', process: await pool.alternative(`${CANDIDATES}/sdk-put.ts`), events: () => packed },
    { id: 'typical', label: 'typical handler (document client, Powertools, stripe, zod)', process: await pool.alternative(`${CANDIDATES}/typical.ts`), events: stripeEvents },
    { id: 'ours', label: 'webhook-validator', process: ours, events: stripeEvents },
  ];
  for (const { process, events } of alternatives) {
    await process.run({ events: events(), invocations: warmUp });
  }
  const rows = await compareInTurns(alternatives.map(({ id, label, process, events }) => ({
    id: `handler/acknowledge/${id}`, label, measure: async () => process.microsecondsOf({ events: events(), invocations }),
  })), 'µs', rounds);
  const counted = alternatives.filter(({ id }) => id === 'typical' || id === 'ours');
  return {
    calls,
    tables: [
      {
        id: 'handler/acknowledge',
        title: 'Processor time of an acknowledged webhook',
        description: `A Stripe webhook of 2.7 KB, from the event of API Gateway to the answer 200. The processor time of the function's whole process, after ${warmUp.toLocaleString('en-US')} webhooks.`,
        rows,
      },
      await handlerCounts(counted, pool),
    ],
  };
}
