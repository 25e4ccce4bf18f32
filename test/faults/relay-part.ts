import { AwsServices } from './aws-services';
import { EventSourceMapping } from './event-source-mapping';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { compare, expectedEvents, keyOfEvent } from './published-events';
import { storePayments } from './stored-payments';
import { RELAY_FILTERS } from '../../src/private/stream-filters';

/** Publishes the changes of a table through the relay. */
export async function runRelay(size: number, plan: FaultPlan): Promise<PartResult> {
  const services = new AwsServices();
  await storePayments(services.table, 16 * size, Date.now());
  const relay = await FaultyFunction.start('event-relay', services, plan);
  try {
    const { stream } = services.table;
    const mapping = new EventSourceMapping({
      stream, invoke: async (event) => relay.invoke(event), batchSize: 12, reportBatchItemFailures: true, filters: RELAY_FILTERS,
    });
    await mapping.drain();
    const { missing, duplicates } = compare(expectedEvents(stream), services.events.map(keyOfEvent));
    return {
      sent: mapping.delivered,
      acknowledged: mapping.finished,
      lost: missing + mapping.abandoned.length + missingLetters(services, 'event-relay'),
      duplicates,
      deadLetters: services.deadLetters.length,
      timeouts: relay.lambda.timeouts,
    };
  } finally {
    await relay.stop();
  }
}

/** 1 if the queue has no message about the unreadable item, else 0. */
function missingLetters({ deadLetters }: AwsServices, origin: string): number {
  return deadLetters.some((letter) => letter.includes('pi_unreadable') && letter.includes(origin)) ? 0 : 1;
}
