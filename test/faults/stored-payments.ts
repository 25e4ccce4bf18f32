import type { StreamedTable } from './streamed-table';
import type { StoredItem } from '../../handlers/aws/stored-item';
import { ASSESSMENT, packed, storedTransaction } from '../handlers/support/items';

const MINUTE = 60_000;

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

/** The transactions of small payments that follow declines and that follow none, by the beginning of their ids. */
export const SMALL_PAYMENTS = { suspicious: 'stripe:pi_suspicious_', other: 'stripe:pi_calm_' } as const;

/** Adds small payments: two declines come before every second one. */
export async function storeSmallPayments(table: StreamedTable, count: number, at: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const isSuspicious = index % 2 === 0;
    const customer = { customer_id: { S: `small_${index}` }, customer_key: { S: `stripe:small_${index}` }, card_fingerprint: { S: `card_${index}` } };
    for (const minutes of isSuspicious ? [2, 1] : []) {
      await table.put(payment(10_000 + 10 * index + minutes, at - minutes * MINUTE, {
        ...customer, customer_key: { S: `declined#stripe:small_${index}` }, kind: { S: 'failed' }, money_movement: { BOOL: false },
      }));
    }
    const id = `${isSuspicious ? SMALL_PAYMENTS.suspicious : SMALL_PAYMENTS.other}${index}`;
    await table.put(payment(20_000 + index, at, { ...customer, transaction_id: { S: id }, amount_minor: { N: '500' } }));
  }
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
