import * as fc from 'fast-check';
import { writeVerdict } from '../../../handlers/assess/assessments';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toChange, type StreamRecord } from '../../../handlers/aws/stream-change';
import { disputePorts } from '../../../handlers/publish/disputes/dispute-store';
import { eventsOf } from '../../../handlers/publish/events/change-events';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { relayChanges } from '../../../handlers/publish/publish';
import { declineEvents } from '../../../handlers/publish/screening/decline-events';
import { closeTransaction, markGivenUp, releaseClaim } from '../../../handlers/publish/sweep/open-transactions';
import type { AssessmentResult } from '../../../src/private/contract';
import { RELAY_FILTERS } from '../../../src/private/stream-filters';
import { matches } from '../../support/event-pattern';
import { render, workflowOf } from '../../support/state-machine';
import { streamRecordCase } from '../../support/stream-cases';
import { FakeBus } from '../support/fake-bus';
import { FakeQueue } from '../support/fake-queue';
import { FakeTable } from '../support/fake-table';
import { ASSESSMENT, insertion, RECEIVED_AT, storedTransaction, streamRecord, DETAIL_CONFIG } from '../support/items';
import { Output } from '../support/output';

const CONFIG = { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG };
const KEY = { transaction_id: { S: 'stripe:pi_1' }, timestamp: { S: '2025-03-04T05:06:00.000Z#evt_1' } };
const DETAIL = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
const CLAIM = { claim_owner: { S: 'a' }, claimed_at: { S: RECEIVED_AT } };
const SEEN = '2025-03-04T05:16:07.089Z';
const LOOK = { expectedSweepAt: SEEN, attempt: 1, nextSweepAt: '2025-03-04T05:36:07.089Z', deadBefore: '2025-03-04T06:00:00.000Z' };

const passes = (record: StreamRecord) => RELAY_FILTERS.some((filter) => matches({ ...filter }, record));

/** The events of a change; undefined if it cannot be read. */
function eventsFor(record: StreamRecord): unknown[] | undefined {
  try {
    return eventsOf(toChange(record), CONFIG);
  } catch {
    return undefined;
  }
}

describe('the filters of the relay\'s stream', () => {
  const table = new FakeTable();

  /** The record of a write by the system itself. */
  async function changeBy(before: Parameters<typeof storedTransaction>[0], write: () => unknown): Promise<StreamRecord> {
    table.reset(storedTransaction(before));
    await write();
    return streamRecord(1, 'MODIFY', { newImage: table.find(KEY) as StoredItem, oldImage: storedTransaction(before) as StoredItem });
  }

  /** The write of a workflow state. */
  function writeOf(state: 'ClaimTransaction' | 'CloseTransaction' | 'ReleaseClaim'): () => unknown {
    const parameters = workflowOf().States[state].Parameters;
    return () => table.update(render(parameters, { detail: DETAIL }, { Execution: { Id: 'a' }, State: { EnteredTime: RECEIVED_AT } }));
  }

  beforeEach(() => {
    process.env.TABLE_NAME = 'transactions';
  });

  test('pass every change that causes events', () => {
    let events = 0;
    fc.assert(fc.property(streamRecordCase, (record) => {
      const count = eventsFor(record)?.length ?? 0;
      events += count;
      expect(count === 0 || passes(record)).toBe(true);
    }), { numRuns: 5_000 });

    expect(events).toBeGreaterThan(500);
  });

  test('pass a new transaction', () => {
    expect(passes(insertion(1))).toBe(true);
  });

  test.each(['approve', 'review', 'block'] as const)('pass the verdict %s', async (verdict) => {
    const result: AssessmentResult = { verdict, score: 1, reasons: [], rule_set: 'abc' };
    const record = await changeBy(CLAIM, () => writeVerdict(DETAIL, result, '2025-03-04T05:06:09.000Z'));

    expect(passes(record)).toBe(true);
    expect(eventsFor(record)).toHaveLength(verdict === 'block' ? 2 : 1);
  });

  test.each<[string, Parameters<typeof storedTransaction>[0], () => unknown]>([
    ['a claim', {}, writeOf('ClaimTransaction')],
    ['a claim of a transaction with a verdict', ASSESSMENT, writeOf('ClaimTransaction')],
    ['a closing', { ...ASSESSMENT, ...CLAIM }, writeOf('CloseTransaction')],
    ['a closing without a verdict', CLAIM, writeOf('CloseTransaction')],
    ['a sweep', CLAIM, () => releaseClaim(KEY, LOOK)],
    ['a sweep of a transaction with a verdict', { ...ASSESSMENT, ...CLAIM }, () => releaseClaim(KEY, LOOK)],
    ['a sweep that gives up', CLAIM, () => markGivenUp(KEY, { ...LOOK, givenUpAt: SEEN })],
    ['a sweep that closes', CLAIM, () => closeTransaction(KEY, SEEN)],
    ['a failed execution\'s release', CLAIM, writeOf('ReleaseClaim')],
  ])('drop %s', async (_, before, write) => {
    const record = await changeBy(before, write);

    expect(record.dynamodb!.NewImage).not.toEqual(record.dynamodb!.OldImage);
    expect(passes(record)).toBe(false);
    expect(eventsFor(record)).toEqual([]);
  });

  const records = ['blocklist-entry', 'rule-set', 'transmission', 'note'].map((type): [string, StoredItem] => [
    type, { transaction_id: { S: `${type}:1` }, timestamp: { S: '-' }, record_type: { S: type } },
  ]);

  test.each<[string, string, { newImage?: StoredItem; oldImage?: StoredItem }]>([
    ['a deletion', 'REMOVE', { oldImage: storedTransaction() as StoredItem }],
    ['the deletion of a transaction with a verdict', 'REMOVE', { oldImage: storedTransaction(ASSESSMENT) as StoredItem }],
    ['a removed verdict', 'MODIFY', { newImage: storedTransaction() as StoredItem, oldImage: storedTransaction(ASSESSMENT) as StoredItem }],
    ...records.flatMap(([type, item]): [string, string, { newImage?: StoredItem; oldImage?: StoredItem }][] => [
      [`a new ${type}`, 'INSERT', { newImage: item }],
      [`a change of a ${type}`, 'MODIFY', { newImage: { ...item, verdict: { S: 'block' } }, oldImage: item }],
      [`the deletion of a ${type}`, 'REMOVE', { oldImage: item }],
    ]),
  ])('drop %s', (_, eventName, images) => {
    expect(passes(streamRecord(1, eventName, images))).toBe(false);
  });

  test('do not change the effect of the relay, except for a verdict that no workflow writes', async () => {
    const bus = new FakeBus();
    const queue = new FakeQueue();
    new Output().capture();
    process.env.DEAD_LETTER_QUEUE_URL = 'https://sqs/dlq';
    const disputes = disputePorts(undefined, () => 60_000);
    const ports = { put: putEvents, readDeclines: declineEvents, sleep: async () => {}, random: () => 0, disputes };
    const changes = fc.sample(streamRecordCase, { numRuns: 500, seed: 1 }).filter((record) => passes(record) || eventsFor(record) !== undefined);

    const outcomes = [];
    for (const batch of [changes, changes.filter(passes)]) {
      bus.reset();
      queue.reset();
      outcomes.push([await relayChanges(batch, CONFIG, ports), bus.published, queue.messages]);
    }

    expect(changes.filter(passes).length).toBeLessThan(changes.length);
    expect(outcomes[0][1]).not.toEqual([]);
    expect(outcomes[1]).toEqual(outcomes[0]);
  });

  test('fit Lambda\'s limits', () => {
    // https://docs.aws.amazon.com/lambda/latest/api/API_FilterCriteria.html and API_Filter.html
    expect(RELAY_FILTERS.length).toBeLessThanOrEqual(5);
    RELAY_FILTERS.forEach((filter) => expect(JSON.stringify(filter).length).toBeLessThanOrEqual(4_096));
  });
});
