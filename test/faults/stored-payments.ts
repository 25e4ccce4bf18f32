import type { StreamedTable } from './streamed-table';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { ASSESSMENT, packed, storedTransaction } from '../handlers/support/items';

/** A transaction in the table that neither the relay nor the archival can process. */
const UNREADABLE: StoredItem = {
  ...storedTransaction({ transaction_id: { S: 'stripe:pi_unreadable' }, kind: undefined }) as StoredItem, body: { B: 'bm8gZ3ppcA==' },
};

/** A transaction of a few customers, of the high tier unless overridden. Both times are `at`. */
export function payment(index: number, at: number, overrides: StoredItem = {}): StoredItem {
  const time = new Date(at).toISOString();
  return {
    ...storedTransaction() as StoredItem,
    transaction_id: { S: `stripe:pi_${index}` },
    timestamp: { S: `${time}#evt_${index}` },
    event_id: { S: `evt_${index}` },
    customer_id: { S: `cus_${index % 3}` },
    customer_key: { S: `stripe:cus_${index % 3}` },
    event_time: { S: time },
    occurred_at: { S: time },
    received_at: { S: time },
    sweep_partition: { S: String(index % 10) },
    sweep_at: { S: new Date(at + 10 * 60_000).toISOString() },
    body: packed(JSON.stringify({ index })),
    ...overrides,
  };
}

/** Fills the table, and so its stream: transactions with and without a verdict, other changes, and one unreadable item. */
export async function storePayments(table: StreamedTable, count: number, at: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const item = payment(index, at);
    await table.put(item);
    if (index % 2 === 0) {
      await table.put({ ...item, claim_owner: { S: 'an-execution' }, claimed_at: { S: new Date(at).toISOString() } });
      await table.put({ ...item, ...ASSESSMENT as StoredItem, ...index % 4 === 0 && { verdict: { S: 'block' } } });
    }
    if (index === Math.floor(count / 2)) {
      await table.put(UNREADABLE);
    }
  }
}
