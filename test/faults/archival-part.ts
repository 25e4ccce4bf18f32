import { AwsServices } from './aws-services';
import { EventSourceMapping } from './event-source-mapping';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { compare } from './published-events';
import { storePayments } from './stored-payments';
import type { StreamRecord } from '../../handlers/aws/stream-change';

/** The ids of the records that must be in the archive. The item that cannot be rendered is archived as it is. */
export function archivedIds(stream: readonly StreamRecord[]): string[] {
  return stream
    .filter(({ dynamodb }) => ['transaction', 'rule-set'].includes(dynamodb!.NewImage!.record_type.S!))
    .map(({ eventID }) => eventID!);
}

/** Archives the changes of a table. */
export async function runArchival(size: number, plan: FaultPlan): Promise<PartResult> {
  const services = new AwsServices();
  await storePayments(services.table, 16 * size, Date.now());
  const archival = await FaultyFunction.start('transaction-archival', services, plan);
  try {
    const { stream } = services.table;
    const mapping = new EventSourceMapping({
      stream, invoke: async (event) => archival.invoke(event), batchSize: 8, reportBatchItemFailures: false, filters: [],
    });
    await mapping.drain();
    const { missing, duplicates } = compare(archivedIds(stream), services.archivedLines.map(({ event_id: id }) => id));
    return {
      sent: mapping.delivered,
      acknowledged: mapping.finished,
      lost: missing + mapping.abandoned.length,
      duplicates,
      deadLetters: services.deadLetters.length,
      timeouts: archival.lambda.timeouts,
    };
  } finally {
    await archival.stop();
  }
}
