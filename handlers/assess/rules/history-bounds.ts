import { LONG_AGO, occurredAt } from './rule-context';
import { HISTORY_LIMIT, type TransactionDetail } from '../../../src/private/contract';

/** The time of the newest event that is read for a transaction. If its webhook arrived late, this is the time of its receipt. */
export function newestTimeOf(detail: TransactionDetail): string {
  const own = occurredAt(detail);
  return detail.received_at > own ? detail.received_at : own;
}

/**
 * The time of a customer's oldest movement, from the times of the newest ones, newest first; undefined without any. With
 * `HISTORY_LIMIT` movements, there can be older ones that were not read.
 */
export function firstSeenIn(times: readonly string[]): string | undefined {
  return times.length < HISTORY_LIMIT ? times.at(-1) : LONG_AGO;
}
