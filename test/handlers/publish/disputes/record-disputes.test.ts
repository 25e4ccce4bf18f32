import { QueryCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { isArchived } from '../../../../handlers/archive/archive-lines';
import type { StoredItem } from '../../../../handlers/aws/stored-item';
import { toChange } from '../../../../handlers/aws/stream-change';
import { disputePorts } from '../../../../handlers/publish/disputes/dispute-store';
import { eventsOf } from '../../../../handlers/publish/events/change-events';
import { putEvents } from '../../../../handlers/publish/events/put-events';
import { relayChanges } from '../../../../handlers/publish/publish';
import { RELAY_FILTERS } from '../../../../src/private/stream-filters';
import { matches } from '../../../support/event-pattern';
import { FakeBus } from '../../support/fake-bus';
import { FakeQueue } from '../../support/fake-queue';
import { FakeTable } from '../../support/fake-table';
import { ASSESSMENT, DETAIL_CONFIG, insertion, RECEIVED_AT, sequenceNumber, storedTransaction, streamRecord } from '../../support/items';
import { Output } from '../../support/output';

type Item = Record<string, AttributeValue>;

const CONFIG = { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG };
const DAY = 86_400;
const DISPUTED_AT = '2025-04-01T00:00:00.000Z';
const ENTRY_KEY = { transaction_id: { S: 'blocklist:card-fingerprint:stripe:fp_1' }, timestamp: { S: '-' } };
const LABEL = { label: { S: 'fraud' }, labeled_by: { S: 'dispute' }, labeled_at: { S: DISPUTED_AT } };

const CAPTURED = storedTransaction({ card_fingerprint: { S: 'fp_1' }, ...ASSESSMENT });
const AUTHORIZED = storedTransaction({
  timestamp: { S: '2025-03-04T05:05:00.000Z#evt_0' },
  kind: { S: 'authorized' },
  money_movement: { BOOL: false },
  customer_key: undefined,
  occurred_at: undefined,
  card_fingerprint: undefined,
});
const DISPUTE = storedTransaction({
  timestamp: { S: '2025-03-31T00:00:00.000Z#evt_9' },
  kind: { S: 'disputed' },
  received_at: { S: DISPUTED_AT },
  customer_key: undefined,
  occurred_at: undefined,
  card_fingerprint: undefined,
});
const OTHER = storedTransaction({ transaction_id: { S: 'stripe:pi_2' } });

const failure = (name: string) => Object.assign(new Error('no'), { name });
const inserted = (item: Item, position = 1) => streamRecord(position, 'INSERT', { newImage: item as StoredItem });

const table = new FakeTable();
const bus = new FakeBus();
const queue = new FakeQueue();
const output = new Output();

async function relay(records = [inserted(DISPUTE)], blockSeconds?: number, remainingMillis = () => 60_000) {
  return relayChanges(records, CONFIG, {
    put: putEvents, readDeclines: async () => [], sleep: async () => {}, random: () => 0, disputes: disputePorts(blockSeconds, remainingMillis),
  });
}

beforeEach(() => {
  process.env.TABLE_NAME = 'transactions';
  process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
  table.reset(CAPTURED, AUTHORIZED, DISPUTE, OTHER);
  bus.reset();
  queue.reset();
  output.capture();
});

describe('a dispute', () => {
  test('labels the money movements of its payment as fraud, before its event is published', async () => {
    bus.reset(() => {
      expect(table.find(CAPTURED)).toEqual({ ...CAPTURED, ...LABEL });
      return undefined;
    });

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(bus.details).toEqual([expect.objectContaining({ transaction_id: 'stripe:pi_1', kind: 'disputed' })]);
    expect(table.find(DISPUTE)).toEqual({ ...DISPUTE, ...LABEL });
    expect(table.find(AUTHORIZED)).toEqual(AUTHORIZED);
    expect(table.find(OTHER)).toEqual(OTHER);
    expect(output.logged('INFO')).toEqual([expect.objectContaining({ message: 'labeled disputed payment', transactionId: 'stripe:pi_1', labeled: 2, blocked: 0 })]);
  });

  test('labels declined payments of its transaction too', async () => {
    const declined = storedTransaction({ timestamp: { S: '2025-03-04T05:00:00.000Z#evt_8' }, kind: { S: 'failed' }, money_movement: { BOOL: false } });
    table.store(declined);

    await relay();

    expect(table.find(declined)).toEqual({ ...declined, ...LABEL });
  });

  test('writes nothing if it is repeated', async () => {
    await relay();
    const { items } = table;
    const writes = table.client.commandCalls(UpdateItemCommand).length;

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(table.items).toEqual(items);
    expect(output.logged('INFO')[1]).toMatchObject({ labeled: 0 });
    expect(table.client.commandCalls(UpdateItemCommand)).toHaveLength(writes);
  });

  test('of a payment with very many declines labels the movements and the newest declines', async () => {
    const declines = Array.from({ length: 300 }, (_, index) => storedTransaction({
      timestamp: { S: `${new Date(Date.UTC(2025, 2, 4, 4, 0, index)).toISOString()}#evt_d${index}` },
      kind: { S: 'failed' },
      money_movement: { BOOL: false },
    }));
    declines.forEach((item) => table.store(item));

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(table.find(CAPTURED)).toEqual({ ...CAPTURED, ...LABEL });
    expect(table.find(DISPUTE)).toEqual({ ...DISPUTE, ...LABEL });
    const labeled = declines.map((item) => table.find(item)?.label !== undefined);
    expect(labeled).toEqual(declines.map((_, index) => index >= 300 - 98));
    expect(output.logged('INFO')).toEqual([expect.objectContaining({ labeled: 100, omitted: 202 })]);
  });

  test('reads at most ten pages of its payment, the newest first', async () => {
    table.client.on(QueryCommand).resolves({ Items: [CAPTURED], LastEvaluatedKey: CAPTURED });

    await relay();

    expect(table.client.commandCalls(QueryCommand)).toHaveLength(10);
    expect(table.client.commandCalls(QueryCommand)[0].args[0].input).toMatchObject({ ScanIndexForward: false });
  });

  test('waits for the next invocation if the time is used up: the records before it are published', async () => {
    const times = [60_000, 29_999];
    const second = { ...DISPUTE, transaction_id: { S: 'stripe:pi_2' } };
    table.store(second);

    const response = await relay([inserted(DISPUTE, 3), inserted(second, 4)], undefined, () => times.shift()!);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(4) }] });
    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(table.find(OTHER)).toEqual(OTHER);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ result: 'retried', error: 'OutOfTime' })]);
  });

  test('does not stop the relay if a label can never be written', async () => {
    const { transaction_id, timestamp } = CAPTURED;
    table.client.on(UpdateItemCommand, { Key: { transaction_id, timestamp } }).rejects(failure('ValidationException'));

    expect(await relay([inserted(DISPUTE, 4), insertion(5)])).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_5']);
    expect(table.find(DISPUTE)).toEqual({ ...DISPUTE, ...LABEL });
    expect(output.logged('ERROR')).toEqual([expect.objectContaining({
      message: 'failed to record a part of a dispute', transactionId: 'stripe:pi_1', error: 'ValidationException',
    })]);
  });

  test.each(['honest', 'fraud'])('keeps the label %s of a person', async (label) => {
    const labeled = { ...CAPTURED, label: { S: label }, labeled_by: { S: 'jane' }, labeled_at: { S: RECEIVED_AT } };
    table.store(labeled);

    await relay();

    expect(table.find(CAPTURED)).toEqual(labeled);
  });

  test('labels nothing else if its payment is not stored, or has another id', async () => {
    table.reset(DISPUTE, OTHER);

    expect(await relay()).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(table.find(OTHER)).toEqual(OTHER);
    expect(output.logged('INFO')).toEqual([expect.objectContaining({ message: 'found no payment of a dispute', labeled: 1 })]);
  });

  test('does not label an erased payment, and does not block its cards', async () => {
    const erased = { ...CAPTURED, erased_at: { S: RECEIVED_AT } };
    table.reset(erased, DISPUTE);

    await relay([inserted(DISPUTE)], DAY);

    expect(table.find(CAPTURED)).toEqual(erased);
    expect(table.itemsOf('blocklist-entry')).toEqual([]);
  });

  test.each([['is read', QueryCommand], ['is labeled', UpdateItemCommand]])('fails if DynamoDB fails when its payment %s: the records before it are published, and Lambda retries it', async (_, command) => {
    table.client.on(command as typeof QueryCommand).rejects(failure('AccessDeniedException'));
    const records = [insertion(3), inserted(DISPUTE, 4), insertion(5)];

    expect(await relay(records)).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(4) }] });
    expect(bus.ids).toEqual(['stripe:pi_3']);
    expect(queue.messages).toEqual([]);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ result: 'retried', error: 'AccessDeniedException' })]);

    table.reset(CAPTURED, DISPUTE);
    expect(await relay(records.slice(1))).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_3', 'stripe:pi_1', 'stripe:pi_5']);
    expect(table.find(CAPTURED)).toEqual({ ...CAPTURED, ...LABEL });
  });

  test('that cannot be published goes to the dead-letter queue like every other event', async () => {
    expect(await relay([inserted({ ...DISPUTE, received_at: { S: 'today' } })])).toEqual({ batchItemFailures: [] });
    expect(queue.messages).toHaveLength(1);
    expect(table.find(CAPTURED)).toEqual(CAPTURED);
  });

  test('shows no email address or name in the log that a sender used as an id', async () => {
    await relay([inserted({ ...DISPUTE, transaction_id: { S: 'stripe:jane doe@example.com' } })]);

    expect(JSON.stringify(output.logged('INFO'))).not.toContain('jane');
  });
});

describe('a payment that is stored after its dispute', () => {
  const LATE = { ...CAPTURED, received_at: { S: '2025-04-02T00:00:00.000Z' } };
  const dispute = { ...DISPUTE, ...LABEL };

  test('is labeled, and its card is blocked as long as if it were in time', async () => {
    table.reset(dispute, LATE);

    expect(await relay([inserted(LATE)], DAY)).toEqual({ batchItemFailures: [] });
    expect(table.find(LATE)).toEqual({ ...LATE, ...LABEL });
    expect(table.itemsOf('blocklist-entry')).toEqual([expect.objectContaining({ created_at: { S: DISPUTED_AT }, expires_at: { N: String(Date.parse(DISPUTED_AT) / 1_000 + DAY) } })]);
    expect(bus.ids).toEqual(['stripe:pi_1']);
  });

  test('is labeled if the dispute is before it in the same batch', async () => {
    table.reset(DISPUTE, LATE);

    await relay([inserted(DISPUTE, 1), inserted(LATE, 2)]);

    expect(table.find(LATE)).toEqual({ ...LATE, ...LABEL });
  });

  test.each([
    ['a person labeled the dispute', { ...dispute, label: { S: 'honest' }, labeled_by: { S: 'jane' } }],
    ['a person removed the label of the dispute', DISPUTE],
    ['the dispute is of another payment', { ...dispute, transaction_id: { S: 'stripe:pi_9' } }],
  ])('is not labeled if %s', async (_, stored) => {
    table.reset(stored, LATE);

    await relay([inserted(LATE)]);

    expect(table.find(LATE)).toEqual(LATE);
  });

  test.each([
    ['arrives in time', CAPTURED],
    ['has no signed time', { ...LATE, event_time: undefined }],
    ['has no readable time of receipt', { ...LATE, received_at: undefined }],
    ['is erased', { ...LATE, erased_at: { S: RECEIVED_AT } }],
  ])('costs no read if it %s', async (_, { ...payment }) => {
    await relay([inserted(payment as Item)]);

    expect(table.client.commandCalls(QueryCommand)).toHaveLength(0);
  });

  test('fails if DynamoDB fails, and Lambda retries it', async () => {
    table.client.on(QueryCommand).rejects(failure('InternalServerError'));

    expect(await relay([insertion(3), inserted(LATE, 4)])).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(4) }] });
    expect(bus.ids).toEqual(['stripe:pi_3']);
  });
});

describe('a label', () => {
  const before = CAPTURED;
  const after = { ...CAPTURED, ...LABEL };
  const changes = [
    ['is set', streamRecord(1, 'MODIFY', { oldImage: before as StoredItem, newImage: after as StoredItem })],
    ['is removed', streamRecord(1, 'MODIFY', { oldImage: after as StoredItem, newImage: before as StoredItem })],
    ['is set before there is a verdict', streamRecord(1, 'MODIFY', { oldImage: OTHER as StoredItem, newImage: { ...OTHER, ...LABEL } as StoredItem })],
  ] as const;

  test.each(changes)('publishes nothing when it %s, and is archived', async (_, record) => {
    expect(eventsOf(toChange(record), CONFIG)).toEqual([]);
    expect(RELAY_FILTERS.some((filter) => matches({ ...filter }, record))).toBe(false);
    expect(isArchived(toChange(record))).toBe(true);
  });

  test('that comes before the verdict does not prevent the event of the verdict', () => {
    const record = streamRecord(1, 'MODIFY', { oldImage: { ...OTHER, ...LABEL } as StoredItem, newImage: { ...OTHER, ...LABEL, ...ASSESSMENT } as StoredItem });

    expect(eventsOf(toChange(record), CONFIG)).toHaveLength(1);
  });
});

describe('blockDisputedCards', () => {
  const EXPIRES = Date.parse(DISPUTED_AT) / 1_000 + 30 * DAY;
  const ENTRY = {
    ...ENTRY_KEY,
    record_type: { S: 'blocklist-entry' },
    reason: { S: 'disputed payment stripe:pi_1' },
    author: { S: 'dispute' },
    created_at: { S: DISPUTED_AT },
    expires_at: { N: String(EXPIRES) },
  };
  const block = async () => relay([inserted(DISPUTE)], 30 * DAY);

  test('adds the card of the payment to the blocklist for the time, and not the customer', async () => {
    await block();

    expect(table.itemsOf('blocklist-entry')).toEqual([ENTRY]);
    expect(output.logged('INFO')).toEqual([expect.objectContaining({ labeled: 2, blocked: 1 })]);
  });

  test('adds nothing by default, and nothing for a payment without a card', async () => {
    await relay();
    table.reset(storedTransaction({ card_fingerprint: undefined }), DISPUTE);
    await block();

    expect(table.itemsOf('blocklist-entry')).toEqual([]);
  });

  test('adds each card of a payment once, also the card of an event that moves no money', async () => {
    table.store({ ...AUTHORIZED, card_fingerprint: { S: 'fp_2' } });
    table.store({ ...DISPUTE, card_fingerprint: { S: 'fp_1' } });

    await block();

    expect(table.itemsOf('blocklist-entry').map(({ transaction_id: { S } }) => S).sort()).toEqual(['fp_1', 'fp_2'].map((card) => `blocklist:card-fingerprint:stripe:${card}`));
  });

  test.each([
    ['of a person', { ...ENTRY, author: { S: 'jane' }, reason: { S: 'a wave' } }],
    ['of a person that does not expire', { ...ENTRY_KEY, record_type: { S: 'blocklist-entry' }, author: { S: 'jane' } }],
    ['that somebody wrote by hand', { ...ENTRY_KEY, record_type: { S: 'blocklist-entry' } }],
    ['of a later dispute', { ...ENTRY, expires_at: { N: String(EXPIRES + 1) } }],
    ['of the same dispute', ENTRY],
  ])('keeps an entry %s', async (_, entry) => {
    table.store(entry as Item);

    await block();

    expect(table.find(ENTRY_KEY)).toEqual(entry);
    expect(output.logged('INFO')).toEqual([expect.objectContaining({ blocked: 0 })]);
  });

  test.each([
    ['of an earlier dispute', { ...ENTRY, reason: { S: 'other' }, expires_at: { N: String(EXPIRES - DAY) } }],
    ['that has expired and is not deleted yet', { ...ENTRY, author: { S: 'jane' }, expires_at: { N: String(EXPIRES - 30 * DAY) } }],
  ])('replaces an entry %s', async (_, entry) => {
    table.store(entry);

    await block();

    expect(table.find(ENTRY_KEY)).toEqual(ENTRY);
  });

  test('does not add the card of a declined attempt, which can be the card of somebody else', async () => {
    table.store(storedTransaction({ timestamp: { S: '2025-03-04T05:00:00.000Z#evt_8' }, kind: { S: 'failed' }, money_movement: { BOOL: false }, card_fingerprint: { S: 'fp_3' } }));

    await block();

    expect(table.itemsOf('blocklist-entry')).toEqual([ENTRY]);
  });

  test('has the same result after a failure between the label and the entry', async () => {
    table.client.on(UpdateItemCommand, { Key: ENTRY_KEY }).rejects(failure('InternalServerError'));

    expect(await block()).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(1) }] });
    table.reset(...table.items);
    expect(await block()).toEqual({ batchItemFailures: [] });
    expect(table.find(CAPTURED)).toEqual({ ...CAPTURED, ...LABEL });
    expect(table.itemsOf('blocklist-entry')).toEqual([ENTRY]);
  });

  test('shortens the reason to what a verdict shows', async () => {
    const id = { transaction_id: { S: `stripe:${'x'.repeat(200)}` } };
    table.reset({ ...CAPTURED, ...id }, { ...DISPUTE, ...id });

    await relay([inserted({ ...DISPUTE, ...id })], DAY);

    expect(table.itemsOf('blocklist-entry')[0].reason.S).toBe(`disputed payment stripe:${'x'.repeat(200)}`.slice(0, 100));
  });
});
