import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { disputePorts } from '../../../handlers/publish/disputes/dispute-store';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { relayChanges } from '../../../handlers/publish/publish';
import { declineEvents } from '../../../handlers/publish/screening/decline-events';
import { Metric, type AssessmentScopeConfig } from '../../../src/private/contract';
import { FakeBus } from '../support/fake-bus';
import { FakeQueue } from '../support/fake-queue';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, DETAIL_CONFIG, heartbeat, insertion, sequenceNumber, storedTransaction, streamRecord } from '../support/items';
import { Output } from '../support/output';

const SUSPICIOUS: AssessmentScopeConfig = { below: 'suspicious', declines: 2, windowSeconds: 3_600 };
const DISPUTES = disputePorts(undefined, () => 60_000);
const PORTS = { put: putEvents, readDeclines: declineEvents, sleep: async () => {}, random: () => 0, disputes: DISPUTES };
const SMALL = { amount_minor: { N: '500' } };
const OTHER = { customer_id: { S: 'cus_2' }, card_fingerprint: { S: 'fingerprint-2' } };

const bus = new FakeBus();
const queue = new FakeQueue();
const table = new FakeTable();
const output = new Output();

const relay = async (records: Parameters<typeof relayChanges>[0], scope: AssessmentScopeConfig | undefined = SUSPICIOUS, ports = PORTS) => (
  relayChanges(records, { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG, scope }, ports)
);
const marks = () => bus.details.map((detail) => (detail as { suspicious?: boolean }).suspicious);

/** Stores a decline of the customer. */
function decline(id: string, customer = 'cus_1'): void {
  table.store(storedTransaction({
    transaction_id: { S: `stripe:${id}` },
    kind: { S: 'failed' },
    money_movement: { BOOL: false },
    customer_key: { S: `declined#stripe:${customer}` },
    occurred_at: { S: '2025-03-04T05:05:00.000Z' },
  }));
}

beforeEach(() => {
  bus.reset();
  queue.reset();
  table.reset();
  output.capture();
  Object.assign(process.env, { TABLE_NAME: 'transactions', DEAD_LETTER_QUEUE_URL: 'https://sqs/dlq' });
});

describe('relayChanges with a scope', () => {
  test('marks a small payment of a customer with declines, and counts it', async () => {
    decline('a');
    decline('b');

    expect(await relay([insertion(1, SMALL), insertion(2, { ...SMALL, ...OTHER })])).toEqual({ batchItemFailures: [] });

    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    expect(marks()).toEqual([true, undefined]);
    expect(output.counted(Metric.SUSPICIOUS)).toBe(1);
  });

  test('does not mark a payment after too few declines', async () => {
    decline('a');

    await relay([insertion(1, SMALL)]);

    expect(marks()).toEqual([undefined]);
    expect(output.counted(Metric.SUSPICIOUS)).toBe(0);
  });

  test('reads nothing for a high-value payment', async () => {
    decline('a');
    decline('b');

    await relay([insertion(1)]);

    expect(marks()).toEqual([undefined]);
    expect(table.client.commandCalls(QueryCommand)).toEqual([]);
  });

  test.each<[string, AssessmentScopeConfig | undefined]>([['all', { below: 'all' }], ['the high tier', undefined]])(
    'reads and marks nothing if %s is assessed', async (_, scope) => {
      decline('a');
      decline('b');

      await relayChanges([insertion(1, SMALL)], { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG, scope }, PORTS);

      expect(marks()).toEqual([undefined]);
      expect(table.client.commandCalls(QueryCommand)).toEqual([]);
    },
  );

  test('marks the verdict on a transaction below the high tier, and does not count it', async () => {
    const id = { transaction_id: { S: 'stripe:pi_1' } };
    const verdict = (overrides: object) => streamRecord(1, 'MODIFY', {
      newImage: storedTransaction({ ...id, ...ASSESSMENT, ...overrides }) as StoredItem,
      oldImage: storedTransaction({ ...id, ...overrides }) as StoredItem,
    });

    await relay([verdict(SMALL), verdict({})]);

    expect(marks()).toEqual([true, undefined]);
    expect(output.counted(Metric.SUSPICIOUS)).toBe(0);
  });

  const FAILURES = ['ProvisionedThroughputExceededException', 'TimeoutError'];
  test.each(FAILURES)('publishes nothing from a payment on whose declines cannot be read (%s)', async (name) => {
    table.client.on(QueryCommand).rejects(Object.assign(new Error('failed'), { name }));

    const response = await relay([insertion(1), insertion(2, SMALL), insertion(3), heartbeat(4)]);

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: sequenceNumber(2) }] });
    expect(bus.ids).toEqual(['stripe:pi_1']);
    expect(queue.messages).toEqual([]);
    expect(output.counted(Metric.RELAY_PROGRESS)).toBe(0);
    expect(output.logged('WARN')).toEqual([expect.objectContaining({ error: name, sequenceNumber: sequenceNumber(2) })]);
  });

  test('marks the payment when Lambda retries after such a failure', async () => {
    decline('a');
    decline('b');
    const records = [insertion(1), insertion(2, SMALL)];
    const readDeclines = jest.fn(declineEvents).mockRejectedValueOnce(new Error('failed'));
    await relay(records, SUSPICIOUS, { ...PORTS, readDeclines });

    expect(await relay(records.slice(1))).toEqual({ batchItemFailures: [] });

    expect(bus.ids).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    expect(marks()).toEqual([undefined, true]);
  });

  test('does not count a payment that was not published', async () => {
    decline('a');
    decline('b');
    bus.reset(() => 'InternalFailure');

    await relay([insertion(1, SMALL)]);

    expect(output.counted(Metric.SUSPICIOUS)).toBe(0);
  });
});
