import { AwsServices } from './aws-services';
import { EventSourceMapping } from './event-source-mapping';
import type { FaultPlan } from './fault-plan';
import type { PartResult } from './fault-row';
import { FaultyFunction } from './faulty-function';
import { compare, expectedEvents, keyOfEvent } from './published-events';
import { SMALL_PAYMENTS, storePayments, storeSmallPayments } from './stored-payments';
import type { TransactionDetail } from '../../src/private/contract';
import { RELAY_FILTERS } from '../../src/private/stream-filters';

/** Publishes the changes of a table through the relay. */
export async function runRelay(size: number, plan: FaultPlan): Promise<PartResult> {
  const services = new AwsServices();
  await storePayments(services.table, 12 * size, Date.now());
  await storeSmallPayments(services.table, 4 * size, Date.now());
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
      lost: missing + mapping.abandoned.length + missingLetters(services, 'event-relay') + wronglyMarked(services),
      duplicates,
      deadLetters: services.deadLetters.length,
      timeouts: relay.lambda.timeouts,
    };
  } finally {
    await relay.stop();
  }
}

/** How many events of small payments do not say whether declines came before: an unmarked one is never assessed. */
function wronglyMarked({ events }: AwsServices): number {
  const details = events.map(({ Detail }) => JSON.parse(Detail) as TransactionDetail);
  const small = details.filter(({ transaction_id: id }) => Object.values(SMALL_PAYMENTS).some((prefix) => id.startsWith(prefix)));
  return small.filter(({ transaction_id: id, suspicious = false }) => id.startsWith(SMALL_PAYMENTS.suspicious) !== suspicious).length;
}

/** 1 if the queue has no message about the unreadable item, else 0. */
function missingLetters({ deadLetters }: AwsServices, origin: string): number {
  return deadLetters.some((letter) => letter.includes('pi_unreadable') && letter.includes(origin)) ? 0 : 1;
}
