import type { StoredItem } from '../../../handlers/aws/stored-item';
import { toTransactionDetail } from '../../../handlers/publish/events/detail';
import { putEvents } from '../../../handlers/publish/events/put-events';
import { sweep } from '../../../handlers/publish/sweep/sweep';
import { MAX_DETAIL_BYTES, type TransactionDetail } from '../../../src/private/contract';
import { FakeBus } from '../../handlers/support/fake-bus';
import { FakeQueue } from '../../handlers/support/fake-queue';
import { FakeTable } from '../../handlers/support/fake-table';
import { RECEIVED_AT, DETAIL_CONFIG, storedTransaction } from '../../handlers/support/items';
import { Output } from '../../handlers/support/output';
import { death, named, WorkflowWorld } from '../../support/workflow-world';

const MINUTE = 60_000;
const DETAIL = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
const KEY = { transaction_id: { S: DETAIL.transaction_id }, timestamp: { S: DETAIL.timestamp } };

/** The workflow's definition and the relay's sweep with one shared table: the sweep must find transactions that the workflow leaves open. */
describe('a transaction is eventually assessed and alerted', () => {
  const table = new FakeTable();
  const bus = new FakeBus();
  const queue = new FakeQueue();
  const output = new Output();
  let world: WorkflowWorld;

  const at = (minutes: number) => Date.parse(RECEIVED_AT) + minutes * MINUTE;
  const alertCounts = () => [world.alertCount(DETAIL.alert_subject), world.alertCount('VERDICT')];

  /** Sweeps at a minute and starts an execution for each event that it publishes. */
  async function sweepAt(minutes: number, all = false): Promise<string[]> {
    bus.reset();
    await sweep({
      now: at(minutes),
      all,
      remainingMillis: () => 60_000,
      config: { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG },
      publisher: { put: putEvents, sleep: async () => {}, random: () => 0 },
    });
    world.now = new Date(at(minutes)).toISOString();
    return Promise.all(bus.details.map(async (detail) => (await world.start(detail as TransactionDetail, `arn:execution:at-${minutes}`)).end));
  }

  beforeEach(() => {
    table.reset(storedTransaction());
    bus.reset();
    queue.reset();
    output.capture();
    Object.assign(process.env, { TABLE_NAME: 'transactions', DEAD_LETTER_QUEUE_URL: 'https://sqs/dlq' });
    world = new WorkflowWorld(table, 'block');
    world.now = RECEIVED_AT;
  });

  test('if the same event arrives five times at once: one claim, one verdict, one alert of each kind', async () => {
    const runs = await Promise.all([1, 2, 3, 4, 5].map((number) => world.start(DETAIL, `arn:execution:${number}`)));

    expect(runs.map(({ end }) => end).sort()).toEqual(['AlreadyClaimed', 'AlreadyClaimed', 'AlreadyClaimed', 'AlreadyClaimed', 'Completed']);
    expect(world.verdictsWritten).toBe(1);
    expect(alertCounts()).toEqual([1, 1]);
    expect(await sweepAt(11)).toEqual([]);
  });

  test('if an event has the largest body, and both branches first fail with the longest cause', async () => {
    const padding = MAX_DETAIL_BYTES - Buffer.byteLength(JSON.stringify({ ...DETAIL, body: '' }));
    const detail = { ...DETAIL, body: 'x'.repeat(padding) };
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_TaskFailedEventDetails.html
    const cause = 'x'.repeat(32_768);
    world.before = (state) => {
      if (['DetectFraud', 'NotifyHighValue'].includes(state)) {
        throw Object.assign(new Error(cause), { name: 'Lambda.Unknown' });
      }
    };

    expect(await world.start(detail)).toMatchObject({ failed: true, end: 'Failed' });
    expect(world.letters.map(({ state }) => state).sort()).toEqual(['DetectFraud', 'NotifyHighValue']);
    expect(world.letters.every((letter) => Buffer.byteLength(JSON.stringify(letter)) < 256 * 1024)).toBe(true);

    world.before = undefined;
    expect((await world.start(detail)).end).toBe('Completed');
  });

  test('if no execution was started for an event', async () => {
    expect(await sweepAt(11)).toEqual(['Completed']);
    expect(alertCounts()).toEqual([1, 1]);
  });

  test.each<[string, 'before' | 'after', number, number]>([
    ['ClaimTransaction', 'before', 1, 1],
    ['ClaimTransaction', 'after', 1, 1],
    ['DetectFraud', 'before', 2, 1],
    ['DetectFraud', 'after', 2, 1],
    ['NotifyHighValue', 'before', 1, 1],
    ['NotifyHighValue', 'after', 2, 1],
    ['NotifyVerdict', 'before', 2, 1],
    ['NotifyVerdict', 'after', 2, 2],
    ['CloseTransaction', 'before', 2, 2],
  ])('if an execution dies at %s, %s its effect: republished by the sweep, alerts %i and %i', async (state, when, announced, verdicts) => {
    world[when] = (reached) => {
      if (reached === state) {
        throw death();
      }
    };
    await expect(world.start(DETAIL)).rejects.toThrow('died');
    world[when] = undefined;

    expect(await sweepAt(9)).toEqual([]);
    expect(await sweepAt(11)).toEqual(['Completed']);

    expect(table.find(KEY)).toMatchObject({ verdict: { S: 'block' }, claim_owner: { S: 'arn:execution:at-11' }, closed_at: { S: world.now } });
    expect(world.verdictsWritten).toBe(1);
    expect(alertCounts()).toEqual([announced, verdicts]);
    expect(await sweepAt(40)).toEqual([]);
  });

  test('if an execution dies after it has closed the transaction: nothing is left to do', async () => {
    world.after = (state) => {
      if (state === 'CloseTransaction') {
        throw death();
      }
    };
    await expect(world.start(DETAIL)).rejects.toThrow('died');

    expect(await sweepAt(11)).toEqual([]);
    expect(alertCounts()).toEqual([1, 1]);
  });

  test.each([
    ['ClaimTransaction', 1, 1], ['DetectFraud', 3, 1], ['NotifyHighValue', 1, 3], ['NotifyVerdict', 3, 1], ['CloseTransaction', 3, 3],
  ])('if %s fails permanently in an execution: republished when it works again, alerts %i and %i', async (state, announced, verdicts) => {
    // Each of three executions performs the steps before the failure and the parallel branch.
    world.before = (reached) => {
      if (reached === state) {
        throw named('Outage');
      }
    };
    expect(await world.start(DETAIL)).toMatchObject({ end: 'Failed' });
    expect(await sweepAt(11)).toEqual(['Failed']);
    world.before = undefined;

    expect(await sweepAt(32)).toEqual(['Completed']);

    expect(world.letters).toHaveLength(2);
    expect(world.verdictsWritten).toBe(1);
    expect(alertCounts()).toEqual([announced, verdicts]);
  });

  test.each([9, 61, 21 * 60 + 15, 24 * 60])('if an outage ends after %i minutes: assessed and alerted within four hours', async (minutes) => {
    world.before = (state) => {
      if (state === 'DetectFraud') {
        throw named('Outage');
      }
    };
    await world.start(DETAIL);
    for (let minute = 1; minute <= minutes; minute++) {
      await sweepAt(minute);
    }
    world.before = undefined;

    let minute = minutes + 1;
    while (!(await sweepAt(minute)).includes('Completed') && minute < minutes + 300) {
      minute += 1;
    }

    expect(minute).toBeLessThanOrEqual(minutes + 240);
    expect(queue.messages).toEqual([]);
  });

  test('if no sweep runs for 25 hours', async () => {
    expect(await sweepAt(25 * 60)).toEqual(['Completed']);
    expect(queue.messages).toEqual([]);
  });

  test('if an execution fails shortly before its first sweep: the sweep does not wait for its claim', async () => {
    world.now = new Date(at(9)).toISOString();
    world.before = (state) => {
      if (state === 'DetectFraud') {
        throw named('Outage');
      }
    };
    await world.start(DETAIL);
    world.before = undefined;

    expect(await sweepAt(10)).toEqual(['Completed']);
  });

  test('if a threshold was lowered after its receipt, and the first execution dies', async () => {
    table.reset(storedTransaction({ sweep_partition: undefined, sweep_at: undefined }));
    world.before = (state) => {
      if (state === 'DetectFraud') {
        throw death();
      }
    };
    await expect(world.start(DETAIL)).rejects.toThrow('died');
    world.before = undefined;

    expect(await sweepAt(11)).toEqual(['Completed']);
  });

  test('if it fails at every attempt: given up once, and a redrive or you republish it', async () => {
    world.before = (state) => {
      if (state === 'NotifyVerdict') {
        throw named('Outage');
      }
    };
    await world.start(DETAIL);
    for (let minutes = 10; minutes <= 30 * 60; minutes += 10) {
      await sweepAt(minutes);
    }
    expect(queue.messages).toEqual([expect.objectContaining({ origin: 'sweep', error: 'not assessed and alerted after 10 attempts of the sweep' })]);
    expect(table.find(KEY)).toMatchObject({ given_up_at: { S: expect.any(String) } });
    const givenUp = table.find(KEY)!;
    world.before = undefined;

    expect(await sweepAt(31 * 60, true)).toEqual(['Completed']);
    expect(world.alertCount('VERDICT')).toBe(1);
    expect(table.find(KEY)).toMatchObject({ closed_at: { S: world.now } });

    table.store(givenUp);
    expect(await world.start(DETAIL, 'arn:execution:by-hand')).toMatchObject({ end: 'Completed' });
    expect(table.find(KEY)).not.toHaveProperty('given_up_at');
  });
});
