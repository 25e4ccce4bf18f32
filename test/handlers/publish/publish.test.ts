import type { StoredItem } from '../../../handlers/aws/stored-item';
import { disputePorts } from '../../../handlers/publish/disputes/dispute-store';
import { MAX_BATCH_BYTES } from '../../../handlers/publish/events/event-entry';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { relayChanges } from '../../../handlers/publish/publish';
import { declineEvents } from '../../../handlers/publish/screening/decline-events';
import { Metric } from '../../../src/private/contract';
import { FakeBus } from '../support/fake-bus';
import { FakeQueue } from '../support/fake-queue';
import { ASSESSMENT, DETAIL_CONFIG, heartbeat, insertion, sequenceNumber, storedTransaction, streamRecord } from '../support/items';
import { Output } from '../support/output';

const CONFIG = { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG };
const DISPUTES = disputePorts(undefined, () => 60_000);
const PORTS = { put: putEvents, readDeclines: declineEvents, sleep: async () => {}, random: () => 0, disputes: DISPUTES };

/** The insertions of n transactions, from number 1 on. */
function insertions(count: number) {
  return Array.from({ length: count }, (_, index) => insertion(index + 1));
}

/** The verdict of a transaction that is blocked. */
function blocked(position: number) {
  const id = { transaction_id: { S: `stripe:pi_${position}` } };
  return streamRecord(position, 'MODIFY', {
    newImage: storedTransaction({ ...id, ...ASSESSMENT, verdict: { S: 'block' } }) as StoredItem, oldImage: storedTransaction(id) as StoredItem,
  });
}

function ids(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `stripe:pi_${from + index}`);
}

describe('relayChanges', () => {
  const bus = new FakeBus();
  const queue = new FakeQueue();
  const output = new Output();

  beforeEach(() => {
    bus.reset();
    queue.reset();
    output.capture();
    process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
  });

  test('publishes a batch in order and reports nothing', async () => {
    const response = await relayChanges(insertions(25), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(ids(1, 25));
    expect(bus.calls).toBe(3);
  });

  test('reports the 13th of 25 records if it keeps failing, and sends nothing after its call', async () => {
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_13' ? 'InternalFailure' : undefined));

    const response = await relayChanges(insertions(25), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(13) }] });
    expect(bus.ids).toEqual([...ids(1, 12), ...ids(14, 20)]);
    expect(bus.calls).toBe(4);
    expect(queue.messages).toEqual([]);
    expect(output.logged('WARN')).toEqual([
      expect.objectContaining({ provider: 'stripe', result: 'retried', error: 'InternalFailure', sequenceNumber: sequenceNumber(13) }),
    ]);
  });

  test('completes the batch when Lambda retries after such a report', async () => {
    bus.reset(({ transaction_id: id }, call) => (id === 'stripe:pi_13' && call < 4 ? 'InternalFailure' : undefined));
    await relayChanges(insertions(25), CONFIG, PORTS);

    const response = await relayChanges(insertions(25).slice(12), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(new Set(bus.ids)).toEqual(new Set(ids(1, 25)));
  });

  test('retries entries that fail once without Lambda', async () => {
    bus.reset(({ transaction_id: id }, call) => (['stripe:pi_2', 'stripe:pi_5'].includes(id) && call === 0 ? 'ThrottlingException' : undefined));

    const response = await relayChanges(insertions(6), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_3', 'stripe:pi_4', 'stripe:pi_6', 'stripe:pi_2', 'stripe:pi_5']);
  });

  test('reports the first record of a call that times out', async () => {
    bus.client.rejects(Object.assign(new Error('timed out'), { name: 'TimeoutError' }));

    const response = await relayChanges(insertions(25), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(1) }] });
    expect(queue.messages).toEqual([]);
  });

  test('publishes a verdict that blocks twice, as an assessment and as a block', async () => {
    const response = await relayChanges([insertion(1), blocked(2), insertion(3)], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.published.map(({ DetailType }) => DetailType)).toEqual([
      'transaction.received', 'transaction.assessed', 'transaction.blocked', 'transaction.received',
    ]);
  });

  test('retries a record and all records after it if the second of its events fails', async () => {
    let seen = 0;
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_2' && ++seen > 1 ? 'InternalFailure' : undefined));

    const response = await relayChanges([insertion(1), blocked(2), insertion(3, { kind: undefined })], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(2) }] });
    expect(bus.published.map(({ DetailType }) => DetailType)).toEqual(['transaction.received', 'transaction.assessed']);
    expect(queue.messages).toEqual([]);
  });

  test('counts a heartbeat with its whole batch, and publishes nothing for it', async () => {
    expect(await relayChanges([insertion(1), heartbeat(2)], CONFIG, PORTS)).toEqual({ batchItemFailures: [] });

    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(output.counted(Metric.RELAY_PROGRESS)).toBe(1);
  });

  test.each([
    ['an event cannot be published', [heartbeat(1), insertion(2)], () => 'InternalFailure'],
    ['there is none, but an item of another key with its type', [insertion(1), heartbeat(2, 'heartbeat:other')], undefined],
  ] as const)('counts no heartbeat if %s', async (_, records, failure) => {
    bus.reset(failure);

    await relayChanges(records, CONFIG, PORTS);

    expect(output.counted(Metric.RELAY_PROGRESS)).toBe(0);
  });

  test('publishes a batch that is delivered twice in the same way', async () => {
    await relayChanges(insertions(3), CONFIG, PORTS);
    await relayChanges(insertions(3), CONFIG, PORTS);

    expect(bus.published.slice(3)).toEqual(bus.published.slice(0, 3));
  });

  test('ignores changes that are not events, including an operator\'s unusual item', async () => {
    const odd = { transaction_id: { N: '12' }, timestamp: { N: '1' }, note: { M: { deep: { L: [{ NULL: true }] } } } } as StoredItem;
    const claimed = { ...storedTransaction(), claim_owner: { S: 'arn' } } as StoredItem;

    const response = await relayChanges([
      streamRecord(1, 'INSERT', { newImage: odd }),
      streamRecord(2, 'MODIFY', { newImage: odd, oldImage: odd }),
      streamRecord(3, 'REMOVE', { oldImage: odd }),
      streamRecord(4, 'MODIFY', { newImage: claimed, oldImage: storedTransaction() as StoredItem }),
      streamRecord(5, 'REMOVE', { oldImage: storedTransaction() as StoredItem }),
      {},
    ], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.calls).toBe(0);
    expect(queue.messages).toEqual([]);
  });

  test('sends an item that cannot be read to the dead-letter queue, and continues the batch', async () => {
    const response = await relayChanges([insertion(1), insertion(2, { received_at: undefined }), insertion(3)], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_3']);
    expect(queue.messages).toEqual([{
      origin: 'event-relay',
      error: 'UnreadableItem: the attribute received_at is missing or not as expected',
      keys: { transaction_id: { S: 'stripe:pi_2' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } },
      sequence_number: sequenceNumber(2),
    }]);
    expect(output.counted(Metric.DEAD_LETTERED)).toBe(1);
  });

  test('sends an event over the size limit to the dead-letter queue', async () => {
    const reasons = { L: [{ S: 'x'.repeat(MAX_BATCH_BYTES) }] };
    const record = streamRecord(2, 'MODIFY', {
      newImage: storedTransaction({ ...ASSESSMENT, reasons }) as StoredItem, oldImage: storedTransaction() as StoredItem,
    });

    const response = await relayChanges([insertion(1), record, insertion(3)], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_3']);
    expect(queue.messages).toEqual([expect.objectContaining({ error: 'EntryTooLarge', sequence_number: sequenceNumber(2) })]);
  });

  test('sends an entry that the bus rejects as malformed to the dead-letter queue', async () => {
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_2' ? 'MalformedDetail' : undefined));

    const response = await relayChanges(insertions(3), CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(queue.messages).toEqual([expect.objectContaining({ error: 'MalformedDetail', sequence_number: sequenceNumber(2) })]);
  });

  test('reports a record that cannot be sent to the dead-letter queue', async () => {
    queue.fail();

    const response = await relayChanges([insertion(1), insertion(2, { kind: undefined }), insertion(3)], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(2) }] });
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ error: 'QueueDown' })]);
  });

  test('does not send records after a failure to the dead-letter queue, because they are retried', async () => {
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_2' ? 'InternalFailure' : undefined));

    const response = await relayChanges([insertion(1), insertion(2), insertion(3, { kind: undefined })], CONFIG, PORTS);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(2) }] });
    expect(queue.messages).toEqual([]);
  });

  test('logs no payload', async () => {
    bus.reset(({ transaction_id: id }) => (id === 'stripe:pi_2' ? 'InternalFailure' : undefined));

    await relayChanges([insertion(1, { kind: undefined }), insertion(2)], CONFIG, PORTS);

    expect(output.text()).not.toMatch(/cus_1|pi_|12345/);
  });
});
