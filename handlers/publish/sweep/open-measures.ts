import { receiptTimes } from './open-transactions';
import { GIVEN_UP_PARTITION, Metric, SWEEP_PARTITIONS } from '../../../src/private/contract';
import { measure } from '../../aws/telemetry';

const SECOND = 1_000;

/**
 * Measures how long the oldest open transaction has waited, and counts those that were given up. If a partition cannot be
 * read, there is no value, because a part of the partitions could hide the oldest transaction.
 */
export async function measureOpen(now: number): Promise<void> {
  const open = Array.from({ length: SWEEP_PARTITIONS }, (_, partition) => String(partition));
  const [givenUp, ...times] = await Promise.all([GIVEN_UP_PARTITION, ...open].map(receiptTimes));
  // An item without a time is not a transaction, and compares as false.
  const oldest = times.flat().reduce((least, time) => time < least ? time : least, now);
  measure(Metric.OLDEST_OPEN, Math.floor((now - oldest) / SECOND));
  if (givenUp.length > 0) {
    measure(Metric.AWAITING_REDRIVE, givenUp.length);
  }
}
