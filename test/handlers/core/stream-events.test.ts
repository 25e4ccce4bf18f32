import type { StoredItem } from '../../../handlers/core/stored-item';
import { toChange } from '../../../handlers/core/stream-change';
import { eventOf } from '../../../handlers/core/stream-events';
import { ASSESSMENT, RECEIVED_AT, TIERS, insertion, storedTransaction, streamRecord } from '../support/items';

const CONFIG = { eventBusName: 'payment-events', source: 'payments', tiers: TIERS };
const open = storedTransaction() as StoredItem;
const assessed = storedTransaction(ASSESSMENT) as StoredItem;

function eventFor(eventName: string, images: { newImage?: StoredItem; oldImage?: StoredItem }) {
  return eventOf(toChange(streamRecord(1, eventName, images)), CONFIG);
}

describe('eventOf', () => {
  test('a new transaction is received', () => {
    const entry = eventOf(toChange(insertion(1)), CONFIG)!;

    expect(entry).toMatchObject({
      EventBusName: 'payment-events', Source: 'payments', DetailType: 'transaction.received', Time: new Date(RECEIVED_AT),
    });
    expect(JSON.parse(entry.Detail)).toMatchObject({ transaction_id: 'stripe:pi_1', amount: 12345.67 });
  });

  test('a verdict that appears is an assessment', () => {
    const entry = eventFor('MODIFY', { newImage: assessed, oldImage: open })!;

    expect(entry).toMatchObject({ DetailType: 'transaction.assessed', Time: new Date('2025-03-04T05:06:09.000Z') });
    expect(JSON.parse(entry.Detail)).toMatchObject({ transaction_id: 'stripe:pi_1', verdict: 'review', score: 40 });
  });

  test('a transaction that is not routed is received too', () => {
    const entry = eventFor('INSERT', { newImage: storedTransaction({ routed: { BOOL: false } }) as StoredItem })!;

    expect(JSON.parse(entry.Detail)).toMatchObject({ routed: false });
  });

  test.each<[string, string, { newImage?: StoredItem; oldImage?: StoredItem }]>([
    ['a claim', 'MODIFY', { newImage: { ...open, claim_owner: { S: 'arn' } }, oldImage: open }],
    ['a verdict that stays', 'MODIFY', { newImage: assessed, oldImage: assessed }],
    ['a verdict that goes', 'MODIFY', { newImage: open, oldImage: assessed }],
    ['a deletion', 'REMOVE', { oldImage: assessed }],
    ['an unknown record type', 'INSERT', { newImage: { ...open, record_type: { S: 'blocklist' } } }],
    ['a missing record type', 'INSERT', { newImage: { transaction_id: { S: 'x' }, timestamp: { S: 'y' } } }],
    ['an odd item', 'INSERT', { newImage: { transaction_id: { N: '12' }, timestamp: { N: '1' }, record_type: { M: { a: { L: [{ NULL: true }] } } } } }],
    ['an odd item that changes', 'MODIFY', { newImage: { transaction_id: { N: '12' }, timestamp: { SS: ['a'] }, verdict: { S: 'block' } } }],
    ['an unknown event name', 'TRUNCATE', { newImage: open }],
  ])('%s is none', (_, eventName, images) => {
    expect(eventFor(eventName, images)).toBeUndefined();
  });
});
