import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toChange, type StreamChange } from '../../../handlers/aws/stream-change';
import { eventsOf as changeEventsOf } from '../../../handlers/publish/events/change-events';
import { entryOf, type PublishingConfig } from '../../../handlers/publish/events/event-entry';
import { ASSESSMENT, RECEIVED_AT, DETAIL_CONFIG, insertion, packed, SHADOW_ASSESSMENT, storedTransaction, streamRecord } from '../support/items';

const CONFIG = { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG };
const open = storedTransaction() as StoredItem;
const assessed = storedTransaction(ASSESSMENT) as StoredItem;
/** An item that a user with access to the blocklist wrote. */
const forged = storedTransaction({ transaction_id: { S: 'blocklist:country:DE' } }) as StoredItem;

const eventsOf = (change: StreamChange, config: PublishingConfig) => changeEventsOf(change, config)
  .map(({ type, detail, item }) => entryOf(type, detail, item, config));

function eventsFor(eventName: string, images: { newImage?: StoredItem; oldImage?: StoredItem }) {
  return eventsOf(toChange(streamRecord(1, eventName, images)), CONFIG);
}

describe('eventsOf', () => {
  test('a new transaction is received', () => {
    const [entry, ...others] = eventsOf(toChange(insertion(1)), CONFIG);

    expect(entry).toMatchObject({
      EventBusName: 'payment-events', Source: 'payments', DetailType: 'transaction.received', Time: new Date(RECEIVED_AT),
    });
    expect(JSON.parse(entry.Detail)).toMatchObject({ transaction_id: 'stripe:pi_1', amount: 12345.67 });
    expect(others).toEqual([]);
  });

  test('a verdict that appears is an assessment', () => {
    const [entry, ...others] = eventsFor('MODIFY', { newImage: assessed, oldImage: open });

    expect(entry).toMatchObject({ DetailType: 'transaction.assessed', Time: new Date('2025-03-04T05:06:09.000Z') });
    expect(JSON.parse(entry.Detail)).toMatchObject({ transaction_id: 'stripe:pi_1', verdict: 'review', score: 40, rule_set: '0123456789ab' });
    expect(others).toEqual([]);
  });

  test('a verdict that blocks is an additional event', () => {
    const newImage = { ...assessed, verdict: { S: 'block' } };

    const entries = eventsFor('MODIFY', { newImage, oldImage: open });

    expect(entries.map(({ DetailType }) => DetailType)).toEqual(['transaction.assessed', 'transaction.blocked']);
    expect(entries[1]).toEqual({ ...entries[0], DetailType: 'transaction.blocked' });
    expect(JSON.parse(entries[1].Detail)).toMatchObject({ verdict: 'block', alert_subject: 'BLOCK: captured 12,345.67 EUR (stripe, test)' });
  });

  test.each(['approve', 'review', 'block'])('the verdict of shadow rules is in no event and causes no event, beside %s', (verdict) => {
    const newImage = { ...assessed, verdict: { S: verdict } };

    expect(eventsFor('MODIFY', { newImage: { ...newImage, ...SHADOW_ASSESSMENT as StoredItem }, oldImage: open })).toEqual(eventsFor('MODIFY', { newImage, oldImage: open }));
  });

  test('a transaction that is not routed is received too', () => {
    const [entry] = eventsFor('INSERT', { newImage: storedTransaction({ money_movement: { BOOL: false } }) as StoredItem });

    expect(JSON.parse(entry.Detail)).toMatchObject({ money_movement: false });
  });

  test('each event has the body, if that is configured', () => {
    const newImage = { ...assessed, verdict: { S: 'block' }, body: packed('{"id":"evt_1"}') };
    const changes = [streamRecord(1, 'INSERT', { newImage }), streamRecord(2, 'MODIFY', { newImage, oldImage: open })].map(toChange);
    const bodies = (config: PublishingConfig) => changes.flatMap((change) => eventsOf(change, config))
      .map(({ Detail }) => (JSON.parse(Detail) as { body?: string }).body);

    expect(bodies({ ...CONFIG, includeBody: true })).toEqual(['{"id":"evt_1"}', '{"id":"evt_1"}', '{"id":"evt_1"}']);
    expect(bodies(CONFIG)).toEqual([undefined, undefined, undefined]);
  });

  test.each<[string, string, { newImage?: StoredItem; oldImage?: StoredItem }]>([
    ['a claim', 'MODIFY', { newImage: { ...open, claim_owner: { S: 'arn' } }, oldImage: open }],
    ['the end of the workflow', 'MODIFY', { newImage: { ...assessed, closed_at: { S: RECEIVED_AT } }, oldImage: assessed }],
    ['an unchanged verdict', 'MODIFY', { newImage: assessed, oldImage: assessed }],
    ['a removed verdict', 'MODIFY', { newImage: open, oldImage: assessed }],
    ['a deletion', 'REMOVE', { oldImage: assessed }],
    ['an unknown record type', 'INSERT', { newImage: { ...open, record_type: { S: 'note' } } }],
    ['a rule set', 'INSERT', { newImage: { ...open, record_type: { S: 'rule-set' } } }],
    ['a blocklist entry', 'INSERT', { newImage: { ...open, record_type: { S: 'blocklist-entry' } } }],
    ['a forged transaction', 'INSERT', { newImage: forged }],
    ['a verdict on a forged transaction', 'MODIFY', { newImage: { ...forged, ...ASSESSMENT as StoredItem }, oldImage: forged }],
    ['a missing record type', 'INSERT', { newImage: { transaction_id: { S: 'x' }, timestamp: { S: 'y' } } }],
    ['an odd item', 'INSERT', { newImage: { transaction_id: { N: '12' }, timestamp: { N: '1' }, record_type: { M: { a: { L: [{ NULL: true }] } } } } }],
    ['an odd item that changes', 'MODIFY', { newImage: { transaction_id: { N: '12' }, timestamp: { SS: ['a'] }, verdict: { S: 'block' } } }],
    ['an unknown event name', 'TRUNCATE', { newImage: open }],
  ])('%s is not an event', (_, eventName, images) => {
    expect(eventsFor(eventName, images)).toEqual([]);
  });
});
