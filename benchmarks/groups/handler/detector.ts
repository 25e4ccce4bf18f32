import type { Repetitions } from './acknowledge';
import { TABLE, wireItemOf } from './stripe-validator';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { Env, type AssessmentRequest } from '../../../src/private/contract';
import { resolveFraudRules } from '../../../src/private/settings/fraud-config';
import { DETAIL_CONFIG } from '../../../test/handlers/support/items';
import type { FigureTable } from '../../figures';
import { compareInTurns } from '../../in-turns';
import type { StubCall } from '../../processes/aws-stub';
import type { ProcessPool } from '../../processes/process-pool';

/** Measures an assessment with the default rules. Each history that it reads has the events of `calls`. */
export async function detectorTable(
  pool: ProcessPool, calls: readonly StubCall[], { warmUp, rounds, invocations }: Repetitions,
): Promise<FigureTable> {
  // Only events of the index of customers have this time.
  const items = calls.map(wireItemOf).filter(({ occurred_at: occurredAt }) => occurredAt !== undefined);
  const [item] = items.filter(({ sweep_at: sweepAt }) => sweepAt !== undefined);
  pool.stub.answer('BatchGetItem', { Responses: { [TABLE]: [item] }, UnprocessedKeys: {} });
  pool.stub.answer('Query', { Items: items, Count: items.length });
  const request: AssessmentRequest = {
    detail: toTransactionDetail(item, DETAIL_CONFIG),
    execution: 'arn:aws:states:eu-central-1:123456789012:express:high-value:1:2',
    started_at: new Date().toISOString(),
  };
  const ours = pool.function('fraud-detector', { [Env.TABLE_NAME]: TABLE, [Env.FRAUD_RULES]: JSON.stringify(resolveFraudRules()), [Env.SYSTEM_NAME]: 'benchmark' });
  const replay = await pool.alternative('benchmarks/groups/handler/candidates/replay.ts');
  await ours.run({ events: [request], invocations: warmUp });
  const made = await pool.stub.during(async () => ours.run({ events: [request], invocations: 1 }));
  const replayed = [{ calls: made }];
  await replay.run({ events: replayed, invocations: warmUp });
  return {
    id: 'handler/detector',
    title: 'Processor time of an assessment',
    description: `The fraud detector assesses a payment of the high tier with the default rules: ${made.length} calls of AWS, with ${items.length} earlier events in each history.`,
    rows: await compareInTurns([
      { id: 'handler/detector/raw', label: 'node:http alone, the same calls', measure: async () => replay.microsecondsOf({ events: replayed, invocations }) },
      { id: 'handler/detector/ours', label: 'fraud-detector', measure: async () => ours.microsecondsOf({ events: [request], invocations }) },
    ], 'µs', rounds),
  };
}
