import { Queue } from './queue';
import { defaultQuotas, QUOTA_ROWS, REGIONS } from './quotas';
import { defaultSystem, raisingOrder } from './raising';
import { calculateScale } from './scale-calculation';
import { readScaleSettings, type Causes, type ScaleSettings } from './scale-settings';
import { LOADS, scaleTables } from './scale-tables';
import { relaySeconds, simulate } from './simulation';
import { TokenBucket } from './token-bucket';
import { tablesOn } from '../cost/pages';
import { synthesize } from '../support/system';

const [US_EAST, , MILAN] = REGIONS;
const QUOTAS = defaultQuotas(US_EAST);
let settings: ScaleSettings;
let causes: Causes;
beforeAll(async () => {
  ({ settings, causes } = await calculateScale());
});

const steady = (rate: number, seconds = 60) => ({ name: 'steady', webhooks: Array<number>(seconds).fill(rate) });
/** The system without the throttle of a path. */
const open = (): ScaleSettings => ({ ...settings, pathRate: 1e6, pathBurst: 1e6 });

test('the page has the tables of the simulation', () => {
  expect(Object.fromEntries(tablesOn('docs/scale.md', 'scale'))).toEqual(scaleTables(settings, causes));
});

test('the quotas link to documentation of AWS', () => {
  expect(QUOTA_ROWS.filter(({ source }) => !source.startsWith('https://docs.aws.amazon.com/'))).toEqual([]);
});

describe('the settings', () => {
  test('are those of the template', () => {
    const { template } = synthesize({ environmentSuffix: 'x', throttlingRateLimit: 7, throttlingBurstLimit: 9, validatorReservedConcurrency: 11 });

    expect(readScaleSettings(template.toJSON() as Parameters<typeof readScaleSettings>[0])).toEqual({
      pathRate: 7,
      pathBurst: 9,
      reservedConcurrency: 11,
      relay: { batchSize: 100, parallelizationFactor: 1, windowSeconds: 0 },
      archival: { batchSize: 1_000, parallelizationFactor: 1, windowSeconds: 300 },
    });
  });
});

describe('a token bucket', () => {
  test('holds its size, and refills at its rate', () => {
    const bucket = new TokenBucket(10, 20);

    expect(bucket.available).toBe(30);
    bucket.take(30);
    expect(bucket.available).toBe(10);
    bucket.take(5);
    expect(bucket.available).toBe(15);
    bucket.take(0);
    bucket.take(0);
    bucket.take(0);
    expect(bucket.available).toBe(30);
  });
});

describe('a queue', () => {
  test('delays what arrives by what is before it', () => {
    const queue = new Queue();

    expect([queue.pass(30, 10, 1), queue.pass(0, 10, 1), queue.pass(0, 20, 1)]).toEqual([10, 10, 10]);
    expect([queue.backlog, queue.highestBacklog]).toEqual([0, 20]);
    expect(queue.delay()).toEqual({ median: 2, highest: 2 });
  });

  test('has a median by count', () => {
    const queue = new Queue();
    queue.pass(1, 100, 1);
    queue.pass(3, 100, 2);
    queue.pass(1, 100, 3);

    expect(queue.delay()).toEqual({ median: 2, highest: 3 });
    expect(new Queue().delay()).toEqual({ median: 0, highest: 0 });
  });
});

describe('the simulation', () => {
  test('loses no webhook: each one is stored or rejected with an answer that makes its provider retry', () => {
    for (const load of LOADS) {
      const { offered, stored, throttled, unserved, notStored } = simulate(load, settings, QUOTAS, causes);

      expect(offered).toBe(load.webhooks.reduce((sum, count) => sum + count, 0));
      expect(stored + throttled + unserved + notStored).toBeCloseTo(offered, 3);
    }
  });

  test('stores a rate below all limits, and needs five hundred environments for the first second of 1,000', () => {
    const result = simulate(steady(1_000), settings, QUOTAS, causes);

    expect(result.stored).toBeCloseTo(60_000);
    expect([result.environments, result.limited.size]).toEqual([500, 0]);
  });

  test('limits each path', () => {
    const one = simulate(steady(3_000), settings, { ...QUOTAS, warmWriteUnits: 40_000 }, causes);
    const three = simulate(steady(3_000), settings, { ...QUOTAS, warmWriteUnits: 40_000 }, causes, 3);

    // A minute, and the burst.
    expect(one.throttled).toBeCloseTo(3_000 * 60 - 1_000 * 60 - 2_000);
    expect(three.throttled).toBe(0);
  });

  test('limits the account to ten requests per second for each environment', () => {
    const result = simulate(steady(9_000), { ...open(), reservedConcurrency: 500 }, { ...QUOTAS, warmWriteUnits: 40_000 }, causes);

    expect(result.firstLimit).toBe('Lambda, concurrency');
    expect(result.stored / 60).toBeGreaterThan(4_900);
    expect(result.stored / 60).toBeLessThanOrEqual(5_000);
  });

  test('limits the table to 4,000 write units, until it has grown', () => {
    const { notStored, stored, shards } = simulate(steady(3_000, 3_600), open(), { ...QUOTAS, lambdaConcurrency: 5_000 }, causes);
    const units = causes.insertUnits + causes.updateUnits;

    // 1,800 seconds with 4,000 units, then twice as many.
    expect(stored).toBeCloseTo(1_800 * 4_000 / units + 1_800 * 3_000, -4);
    expect(notStored).toBeGreaterThan(0);
    expect(shards).toBe(8);
  });

  test('does not let the table grow above its quota', () => {
    const { shards } = simulate(steady(10_000, 7_200), open(), { ...QUOTAS, lambdaConcurrency: 5_000, tableWriteUnits: 9_000 }, causes);

    expect(shards).toBe(9);
  });

  test('queues what the relay cannot publish, and catches up after the load', () => {
    const slow = simulate(steady(1_700, 300), open(), { ...QUOTAS, lambdaConcurrency: 5_000, putEvents: 100 }, causes);

    expect(slow.published.backlog).toBeCloseTo(300 * (1_700 * causes.relayed - 1_000), -3);
    expect(slow.catchUpSeconds).toBeCloseTo(slow.published.backlog / 1_000, -1);
    expect(slow.published.highest).toBeGreaterThan(100);
    expect([...slow.limited.keys()]).toContain('PutEvents');
  });

  test('publishes faster with a higher parallelization factor', () => {
    const quotas = { ...QUOTAS, lambdaConcurrency: 5_000, warmWriteUnits: 12_000 };
    const factor = (parallelizationFactor: number) => simulate(
      steady(5_000, 300), { ...open(), relay: { ...settings.relay, batchSize: 10, parallelizationFactor } }, quotas, causes,
    );

    expect(factor(1).published.backlog).toBeGreaterThan(0);
    expect(factor(4).published.backlog).toBe(0);
  });

  test('delays the targets of the rules above the quota of invocations', () => {
    const quotas = { ...QUOTAS, lambdaConcurrency: 5_000, warmWriteUnits: 40_000, ruleInvocations: 1_000 };
    const { delivered, limited } = simulate(steady(10_000, 100), open(), quotas, causes);

    expect(limited.has('rule invocations')).toBe(true);
    expect(delivered.highest).toBeGreaterThan(50);
  });

  test.each<[keyof typeof QUOTAS, number, string]>([
    ['executionStarts', 100, 'Express starts'],
    ['publishes', 1_000, 'SNS publishes'],
    ['apiRate', 5_000, 'API Gateway, account'],
  ])('reports the limit of %s', (quota, value, limit) => {
    const { limited } = simulate(steady(10_000), open(), { ...QUOTAS, lambdaConcurrency: 5_000, warmWriteUnits: 40_000, [quota]: value }, causes);

    expect([...limited.keys()]).toContain(limit);
  });

  test('gives the relay a request of `PutEvents` for each ten records', () => {
    expect([1, 10, 11, 100].map((records) => Number(relaySeconds(records, 1).toFixed(2)))).toEqual([1.02, 1.02, 2.02, 10.02]);
  });
});

describe('the order of raising', () => {
  test('begins with the throttle, and ends with a system that stores 10,000 per second except in the first second', () => {
    for (const region of REGIONS) {
      const { steps, after } = raisingOrder(10_000, defaultSystem(region, settings), causes);

      expect(steps[0].limit).toBe('throttlingRateLimit');
      expect(after.stored / after.offered).toBeGreaterThan(0.998);
      expect([...after.limited]).toEqual([['Lambda, new environments', 1]]);
    }
  });

  test('has the quotas of EventBridge and SNS only in Regions that need them', () => {
    const limits = (region: typeof US_EAST) => raisingOrder(10_000, defaultSystem(region, settings), causes).steps.map(({ limit }) => limit);

    expect(limits(US_EAST)).not.toContain('PutEvents');
    expect(limits(MILAN)).toEqual(expect.arrayContaining(['API Gateway, account', 'PutEvents', 'rule invocations', 'SNS publishes']));
  });

  test('raises the relay and the starts too, if they are the limit', () => {
    const { settings: slow, quotas } = defaultSystem(US_EAST, { ...settings, relay: { ...settings.relay, batchSize: 10 } });
    const { steps } = raisingOrder(10_000, { settings: slow, quotas: { ...quotas, executionStarts: 10 } }, causes);

    expect(steps.map(({ limit }) => limit)).toEqual(expect.arrayContaining(['relay, shards', 'Express starts']));
  });
});
