import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALTERNATIVES } from './alternatives';
import { calculate, type Calculation } from './calculation';
import { indexWriteUnits, sizeOf, writeUnits } from './item-size';
import { measure } from './measurements';
import { PAGES, tablesOn } from './pages';
import { sortOf } from './stripe-webhooks';
import { REFERENCE, tablesOf } from './tables';
import { objectStorageCost, objectTransitionCost } from '../../cli/cost/archive-cost';
import { archivedBytes } from '../../cli/cost/measured-sizes';
import { billOf, invocationsOf, usdOf, tracesOf } from '../../cli/cost/monthly-bill';
import { platformBytes } from '../../cli/cost/platform-logs';
import type { Deployment } from '../../cli/cost/priced-deployment';
import { costOf, PRICES, PRICES_AS_OF } from '../../cli/cost/prices';
import { SECONDS, SHARES } from '../../cli/cost/workload';

/** The variable cost per million webhooks in USD, at a million webhooks per month and four shards. */
const GOAL = 9.5;

let calculation: Calculation;
beforeAll(async () => {
  calculation = await calculate();
});

const bill = () => billOf(calculation.deployment, calculation.measured, REFERENCE);
const line = (name: string) => bill().find(({ what }) => what === name)!.usd;

/** Text without its figures, and the figures, because the compression of zlib differs slightly between processors. */
function partsOf(text: string) {
  const number = /\d[\d,]*(?:\.\d+)?/g;
  return { words: text.replace(number, '#'), figures: [...text.matchAll(number)].map(([figure]) => Number(figure.replaceAll(',', ''))) };
}

describe('the pages', () => {
  test.each(PAGES)('%s has the figures of the model', (page) => {
    const tables = tablesOf(calculation);
    const written = tablesOn(page);

    expect(written.size).toBeGreaterThan(0);
    for (const [name, text] of written) {
      const [expected, actual] = [partsOf(tables[name]), partsOf(text)];
      expect(actual.words).toBe(expected.words);
      actual.figures.forEach((figure, position) => {
        expect(Math.abs(figure - expected.figures[position])).toBeLessThanOrEqual(0.011 + expected.figures[position] * 0.005);
      });
    }
  });

  test('docs/cost.md has every table', () => {
    expect([...tablesOn('docs/cost.md').keys()].sort()).toEqual(Object.keys(tablesOf(calculation)).sort());
  });

  test('the README states the shares of the workload', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');

    expect(SHARES.moneyMovements).toBe(0.5);
    expect(readme).toContain(`Half of the webhooks are money movements. ${SHARES.high * 100} % of all webhooks have a high value and ${SHARES.medium * 100} % a medium value.`);
  });
});

describe('the fixed cost', () => {
  const fixedOf = (deployment: Deployment) => usdOf(billOf(deployment, calculation.measured, REFERENCE), 'fixed');

  test('of one provider is at most 15 USD a month', () => {
    expect(fixedOf(calculation.deployment)).toBeLessThanOrEqual(15);
  });

  test('of an environment with provisioned concurrency is its memory for a month', () => {
    const provisioned = (environments: number) => ({ ...calculation.deployment, provisionedConcurrency: environments });

    expect(fixedOf(provisioned(1)) - fixedOf(calculation.deployment)).toBeCloseTo(30 * 24 * 3_600 * 0.0000033334, 4);
    expect(fixedOf(provisioned(5)) - fixedOf(calculation.deployment)).toBeCloseTo(5 * 8.64, 2);
  });

  test('of each further provider is at most 3 USD a month, with its secret and all its alarms', () => {
    const { deployment, further } = calculation;

    // Three metrics, alarms on seven metrics, a secret and its reads.
    expect(fixedOf(further) - fixedOf(deployment)).toBeCloseTo(3 * 0.3 + 7 * 0.1 + 0.4 + 0.0864, 4);
    expect(fixedOf(further) - fixedOf(deployment)).toBeLessThanOrEqual(3);
  });
});

describe('a million webhooks a month', () => {
  test('cost at most the target', () => {
    expect(usdOf(bill(), 'growing')).toBeLessThanOrEqual(GOAL);
  });

  test('cost more without each of the settings', () => {
    const now = usdOf(bill(), 'growing');
    const without = ALTERNATIVES.map(({ of }) => usdOf(billOf(of(calculation.deployment), calculation.measured, REFERENCE), 'growing'));

    expect(Math.min(...without)).toBeGreaterThan(now);
  });

  test('match a manual calculation', () => {
    expect(line('API Gateway, requests')).toBeCloseTo(3.5);
    expect(line('X-Ray, API')).toBeCloseTo(0.01 * 5);
    // 1 % of 50,000 executions.
    expect(line('X-Ray, workflow')).toBeCloseTo(0.01 * 0.05 * 5, 4);
    expect([line('X-Ray, event-relay'), line('X-Ray, transaction-archival'), line('CloudWatch Logs, workflow')]).toEqual([0, 0, 0]);
    expect(line('DynamoDB, writes of new items')).toBeCloseTo(2 * 0.625);
    // A claim, a verdict and a close of 50,000 items of two units.
    expect(line('DynamoDB, updates')).toBeCloseTo(0.05 * 3 * 2 * 0.625);
    // 500,000 movements in three indexes, and 50,000 items that are added to and removed from the fourth.
    expect(line('DynamoDB, index writes')).toBeCloseTo((3 * 0.5 + 2 * 0.05) * 0.625);
    expect(line('EventBridge, events')).toBeCloseTo(1.05);
    expect(line('S3, PUT requests')).toBeCloseTo(4 * 8_640 * 0.005 / 1_000);
    expect(line('Step Functions, executions')).toBeCloseTo(0.05 + 50_000 / 16 / 3_600 * 0.06);
    expect(line('SNS, publishes')).toBeCloseTo((0.15 + 0.05 * 1.03) * 0.5);
    expect(line('SNS, emails to one subscriber')).toBeCloseTo((0.15 + 0.05 * 1.03) * 20);
  });
});

describe('the prices', () => {
  test('have a date and link to pages of AWS', () => {
    expect(Object.values(PRICES).filter(({ source }) => !source.startsWith('https://aws.amazon.com/'))).toEqual([]);
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('apply to a number of units', () => {
    expect(costOf(2_000, PRICES.put)).toBeCloseTo(0.01);
    expect(costOf(3, PRICES.tableStorage)).toBeCloseTo(0.75);
  });
});

describe('the sample', () => {
  test('has webhooks of 2.7 KB', () => {
    expect(calculation.measured.bodyBytes).toBeGreaterThan(2_600);
    expect(calculation.measured.bodyBytes).toBeLessThan(2_800);
  });

  test('has the shares of the workload', () => {
    const sorts = Array.from({ length: 100 }, (_, number) => sortOf(number));
    const shareOf = (...some: readonly string[]) => sorts.filter((sort) => some.includes(sort)).length / sorts.length;

    expect([shareOf('high'), shareOf('medium'), shareOf('high', 'medium', 'low')]).toEqual([SHARES.high, SHARES.medium, SHARES.moneyMovements]);
  });

  test('is processed completely: one event for each webhook and verdict, three changes for each execution', () => {
    const { events, executions, changes } = calculation.measured;

    expect([events, executions, changes].map((value) => Number(value.toFixed(6)))).toEqual([1.05, 0.05, 1.15]);
  });

  test('is archived in less space in larger batches', () => {
    const { measured } = calculation;

    expect(archivedBytes(measured, 64) / 64).toBeLessThan(archivedBytes(measured, 1) / 2);
    expect(archivedBytes(measured, 512)).toBeCloseTo(2 * archivedBytes(measured, 256));
    expect(archivedBytes(measured, 3)).toBeCloseTo((archivedBytes(measured, 2) + archivedBytes(measured, 4)) / 2);
  });
});

describe('DynamoDB', () => {
  test('counts an item by its names and values', () => {
    expect(sizeOf({ id: { S: 'é' }, n: { N: '-1234500' }, on: { BOOL: true }, b: { B: Buffer.alloc(10) }, l: { L: [{ S: 'abc' }] } }))
      .toBe((2 + 2) + (1 + 4) + (2 + 1) + (1 + 10) + (1 + 3 + 1 + 3));
  });

  test('bills a write for each started KB, and an update for the larger item', () => {
    const item = (bytes: number) => ({ a: { S: 'x'.repeat(bytes - 1) } });

    expect([writeUnits(undefined, item(1024)), writeUnits(undefined, item(1025)), writeUnits(item(2049), item(10))]).toEqual([1, 2, 3]);
  });

  test('bills an index for its changes', () => {
    const [first, second] = ['1', '2'].map((key) => ({ key: { S: key } }));
    const more = { ...first, other: { S: 'x' } };
    const units = [[undefined, undefined], [undefined, first], [first, undefined], [first, first], [first, more], [first, second]]
      .map(([before, after]) => indexWriteUnits(before, after, ['key']));

    expect(units).toEqual([0, 1, 1, 0, 1, 2]);
  });
});

describe('a stream invokes a function', () => {
  const relay = { batchSize: 100, windowSeconds: 0 };
  const archival = { batchSize: 1_000, windowSeconds: 300 };

  test('for nearly each change at a low rate, and for several changes at a high rate', () => {
    expect(invocationsOf(1_000_000, 4, relay) / 1_000_000).toBeGreaterThan(0.97);
    expect(invocationsOf(100_000_000, 4, relay) / 100_000_000).toBeLessThan(0.5);
  });

  test('once for each window and shard', () => {
    expect(invocationsOf(1_000_000, 4, archival)).toBeCloseTo(4 * 8_640, 0);
    expect(invocationsOf(1_000_000, 1, archival)).toBeCloseTo(8_640, 0);
  });

  test('only for changes that pass its filters', async () => {
    const { deployment, measured } = calculation;
    const transaction = { record_type: { S: ['transaction'] } };
    const filters = [
      { eventName: ['INSERT'], dynamodb: { NewImage: transaction } },
      {
        eventName: ['MODIFY'],
        dynamodb: { NewImage: { ...transaction, verdict: { S: [{ exists: true }] } }, OldImage: { verdict: { S: [{ exists: false }] } } },
      },
    ];

    const filtered = await measure({ ...deployment, relayStream: { ...deployment.relayStream, filters } });

    expect(filtered.relayed).toBeCloseTo(1.05);
    expect(filtered.events).toBeCloseTo(measured.events);
  });

  test('for each full batch', () => {
    expect(invocationsOf(100_000_000, 4, archival)).toBeCloseTo(100_000);
  });
});

describe('X-Ray records', () => {
  test('a share of the requests', () => {
    expect(tracesOf(1_000_000, { rate: 0.05, reservoir: 0 })).toBeCloseTo(50_000);
  });

  test('nearly all requests at a low rate with its default rule, and otherwise a share', () => {
    expect(tracesOf(10_000, { rate: 0.05, reservoir: 1 }) / 10_000).toBeGreaterThan(0.99);
    expect(tracesOf(100 * SECONDS, { rate: 0.05, reservoir: 1 })).toBeCloseTo(SECONDS + 0.05 * 99 * SECONDS, -3);
  });
});

describe('S3', () => {
  const archive = {
    transitions: [
      { storageClass: 'STANDARD_IA' as const, afterDays: 30, minimumBytes: 100_000 },
      { storageClass: 'GLACIER' as const, afterDays: 90, minimumBytes: 100_000 },
    ],
    expireDays: 330,
    noncurrentDays: 30,
  };

  test('moves objects of the minimum size, and keeps smaller ones in Standard', () => {
    expect(objectTransitionCost(99_999, archive)).toBe(0);
    expect(objectTransitionCost(100_000, archive)).toBeCloseTo(0.00004);
    expect(objectStorageCost(50_000, archive, 12)).toBeCloseTo(12 * 0.00005 * 0.023, 12);
  });

  test('stores no object after it and its noncurrent version expired', () => {
    expect(objectStorageCost(50_000, archive, 36)).toBe(objectStorageCost(50_000, archive, 12));
    expect(objectStorageCost(1e9, archive, 1)).toBeCloseTo(0.023);
    expect(objectStorageCost(1e9, archive, 12)).toBeCloseTo(0.023 + 2 * 0.0125 + 9 * 0.0036, 4);
  });
});

test('Lambda does not log a success in JSON with level WARN', () => {
  const settings = { memoryMb: 512, tracing: 'Active' } as const;
  const [warn, info, debug] = (['WARN', 'INFO', 'DEBUG'] as const).map((systemLogLevel) => platformBytes({ ...settings, logFormat: 'JSON', systemLogLevel }));

  expect(warn).toBe(0);
  expect(info).toBeGreaterThan(300);
  expect(debug).toBeGreaterThan(info);
  expect(platformBytes({ ...settings, logFormat: 'Text', systemLogLevel: 'INFO' })).toBeGreaterThan(300);
});
