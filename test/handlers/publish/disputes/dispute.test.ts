import type { StoredItem } from '../../../../handlers/aws/stored-item';
import { disputeOf } from '../../../../handlers/publish/disputes/dispute';
import { RECEIVED_AT, storedTransaction } from '../../support/items';

const disputed = (overrides: Parameters<typeof storedTransaction>[0] = {}) => storedTransaction({ kind: { S: 'disputed' }, ...overrides }) as StoredItem;

describe('a dispute', () => {
  test('is a new transaction item that takes money back', () => {
    expect(disputeOf({ eventName: 'INSERT', newImage: disputed() })).toEqual({ transactionId: 'stripe:pi_1', receivedAt: RECEIVED_AT });
  });

  test.each<[string, string, StoredItem | undefined]>([
    ['a change of it', 'MODIFY', disputed()],
    ['its deletion', 'REMOVE', undefined],
    ['an event of a dispute that moves no money', 'INSERT', disputed({ money_movement: { BOOL: false } })],
    ['a refund', 'INSERT', disputed({ kind: { S: 'refunded' } })],
    ['another item with such attributes', 'INSERT', disputed({ transaction_id: { S: 'blocklist:country:KP' } })],
    ['an item without a time', 'INSERT', disputed({ received_at: undefined })],
    ['an item with an invalid time', 'INSERT', disputed({ received_at: { S: 'today' } })],
  ])('is not %s', (_, eventName, newImage) => {
    expect(disputeOf({ eventName, newImage })).toBeUndefined();
  });
});
