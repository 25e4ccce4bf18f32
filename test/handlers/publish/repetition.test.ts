/** The claims of docs/events.md about repetition and order. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StreamRecord } from '../../../handlers/aws/stream-change';
import { disputePorts } from '../../../handlers/publish/disputes/dispute-store';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { relayChanges } from '../../../handlers/publish/publish';
import { declineEvents } from '../../../handlers/publish/screening/decline-events';
import { sweep } from '../../../handlers/publish/sweep/sweep';
import { EventSourceMapping } from '../../faults/event-source-mapping';
import { FakeBus } from '../support/fake-bus';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, DETAIL_CONFIG, insertion, RECEIVED_AT, storedTransaction, streamRecord } from '../support/items';
import { Output } from '../support/output';

const CONFIG = { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG };
const DISPUTES = disputePorts(undefined, () => 60_000);
const PORTS = { put: putEvents, readDeclines: declineEvents, sleep: async () => {}, random: () => 0, disputes: DISPUTES };
const TRANSACTION = storedTransaction();
const ASSESSED = storedTransaction(ASSESSMENT);
const RECEIVED = streamRecord(1, 'INSERT', { newImage: TRANSACTION });
const VERDICT = streamRecord(2, 'MODIFY', { newImage: ASSESSED, oldImage: TRANSACTION });

const bus = new FakeBus();
const table = new FakeTable();
const output = new Output();
beforeEach(() => {
  bus.reset();
  table.reset();
  output.capture();
  process.env.TABLE_NAME = 'transactions';
});

const types = () => bus.published.map(({ DetailType: type }) => type);
const relay = async (records: readonly StreamRecord[]) => relayChanges(records, CONFIG, PORTS);
const sweepLate = async () => sweep({
  now: Date.parse(RECEIVED_AT) + 15 * 60_000, remainingMillis: () => 60_000, config: CONFIG, publisher: PORTS,
});

/** Delivers records as Lambda does, until all are finished. */
async function deliver(stream: readonly StreamRecord[], invoke: (records: readonly StreamRecord[]) => ReturnType<typeof relay>): Promise<void> {
  const mapping = new EventSourceMapping({
    stream, invoke: async ({ Records }) => invoke(Records), batchSize: 100, reportBatchItemFailures: true, filters: [],
  });
  await mapping.drain();
  expect(mapping.abandoned).toEqual([]);
}

describe('an event repeats with the same key and the same fields', () => {
  /** Each event, with its repetitions. */
  const repetitions = () => {
    const byKey = new Map<string, string[]>();
    bus.published.forEach(({ DetailType: type, Detail }) => {
      const { transaction_id: id, timestamp } = JSON.parse(Detail!) as { readonly transaction_id: string; readonly timestamp: string };
      const key = `${type} ${id} ${timestamp}`;
      byKey.set(key, [...byKey.get(key) ?? [], Detail!]);
    });
    return byKey;
  };

  test('after a partial batch failure', async () => {
    let isDown = true;
    bus.reset(({ transaction_id: id }) => (isDown && id === 'stripe:pi_2' ? 'InternalFailure' : undefined));

    await deliver([insertion(1), insertion(2), insertion(3)], async (records) => {
      const response = await relay(records);
      isDown = false;
      return response;
    });

    expect([...repetitions().values()].map((details) => details.length)).toEqual([1, 2, 1]);
    expect([...repetitions().values()].map((details) => new Set(details).size)).toEqual([1, 1, 1]);
  });

  test('after an invocation that failed when it had published, and whose batch was split', async () => {
    let invocations = 0;

    await deliver([insertion(1), insertion(2), insertion(3)], async (records) => {
      const response = await relay(records);
      invocations += 1;
      if (invocations === 1) {
        throw new Error('the function died');
      }
      return response;
    });

    expect(invocations).toBe(3);
    expect([...repetitions().values()].map((details) => [details.length, new Set(details).size])).toEqual([[2, 1], [2, 1], [2, 1]]);
  });

  test('after a sweep, before a verdict and after it', async () => {
    await relay([RECEIVED]);
    table.store(TRANSACTION);
    await sweepLate();
    table.reset();
    table.store(ASSESSED);
    await sweepLate();

    expect(types()).toEqual(['transaction.received', 'transaction.received', 'transaction.received']);
    expect([...repetitions().values()].map((details) => new Set(details).size)).toEqual([1]);
  });

  test('except for the tier and the alerts, if the thresholds changed in the meantime', async () => {
    await relayChanges([RECEIVED], { ...CONFIG, tiers: { medium: 1_000, high: 20_000 } }, PORTS);
    await relay([RECEIVED]);

    const [first, second] = bus.details as unknown as Record<string, unknown>[];
    const changed = Object.keys(first).filter((name) => JSON.stringify(first[name]) !== JSON.stringify(second[name]));
    expect(changed).toContain('tier');
    expect(changed.filter((name) => name !== 'tier' && !name.startsWith('alert_'))).toEqual([]);
  });
});

describe('a verdict', () => {
  test('follows the transaction in the normal case', async () => {
    await relay([RECEIVED, VERDICT]);

    expect(types()).toEqual(['transaction.received', 'transaction.assessed']);
  });

  test('can precede the transaction, if the bus rejects one entry of a request', async () => {
    bus.reset((detail, call) => (call === 0 && !('verdict' in detail) ? 'ThrottlingException' : undefined));

    await relay([RECEIVED, VERDICT]);

    expect(types()).toEqual(['transaction.assessed', 'transaction.received']);
  });

  test('can precede the repetition of the transaction by the sweep', async () => {
    await relay([RECEIVED, VERDICT]);
    table.store(ASSESSED);
    await sweepLate();

    expect(types()).toEqual(['transaction.received', 'transaction.assessed', 'transaction.received']);
  });

  test('contains all fields of the transaction', async () => {
    await relay([RECEIVED, VERDICT]);

    const [received, assessed] = bus.details as unknown as Record<string, unknown>[];
    expect(Object.keys(received).filter((name) => !(name in assessed))).toEqual([]);
  });

  test('is not repeated by the sweep', async () => {
    table.store(ASSESSED);
    await sweepLate();

    expect(types()).not.toContain('transaction.assessed');
  });
});

test('the page names the three parts of the key', () => {
  const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'events.md'), 'utf8');

  expect(page).toContain('Deduplicate by the detail type, `transaction_id` and `timestamp`.');
});
