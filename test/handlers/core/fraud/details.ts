import { toTransactionDetail } from '../../../../handlers/core/detail';
import type { PastEvent } from '../../../../handlers/core/fraud/subject';
import type { StoredItem } from '../../../../handlers/core/stored-item';
import type { TransactionDetail } from '../../../../src/private/contract';
import { TIERS, storedTransaction } from '../../support/items';

/** A detail as the relay publishes it: 12,345.67 EUR at 05:06:00, country DE, card from FR. */
export function detailWith(overrides: Partial<TransactionDetail> = {}): TransactionDetail {
  return { ...toTransactionDetail(storedTransaction() as StoredItem, TIERS), ...overrides };
}

/** Earlier routed events of the customer, each of another transaction, the given seconds before the detail's time. */
export function pastEvents(...secondsAgo: number[]): PastEvent[] {
  const at = Date.parse(detailWith().event_time!);
  return secondsAgo.map((seconds, index) => ({
    transactionId: `stripe:past_${index}`,
    occurredAt: new Date(at - seconds * 1000).toISOString(),
    routed: true,
  }));
}
