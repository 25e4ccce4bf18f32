import { growthOf, memoryDefectsOf, type MemorySeries } from './memory-growth';
import type { SoakResult } from './soak';
import { parseSoakOptions } from './soak-options';
import { soakDefectsOf, soakTable } from './soak-table';
import { sectionOf } from '../faults/reliability-page';

const MEGABYTE = 1024 ** 2;

/** A series whose heap grows steadily from 10 MB by a share. */
function series(growth: number, residentBytes = 100 * MEGABYTE): MemorySeries {
  const samples = Array.from({ length: 51 }, (_, index) => ({ heapBytes: 10 * MEGABYTE * (1 + growth * index / 50), residentBytes }));
  return { handler: 'event-relay', memoryMb: 512, invocations: 7, samples };
}

const RESULT: SoakResult = {
  webhooks: 5_000,
  requests: 7_000,
  wrongAnswers: 0,
  stored: { events: 6_000, lost: 0, twice: 0 },
  published: { events: 6_250, missing: 0 },
  archived: { records: 7_000, missing: 0 },
  verdicts: { written: 250, transactions: 250 },
  deadLetters: 0,
  connections: 4,
  memory: [series(0)],
};

test('the growth compares the medians of the first and the last tenth', () => {
  const samples = [9, 1, 2, 3, 100, ...Array.from({ length: 40 }, () => 1_000), 6, 5, 1, 7, 200]
    .map((heapBytes) => ({ heapBytes, residentBytes: heapBytes * 2 }));

  expect(growthOf({ samples })).toEqual({
    first: { heapBytes: 3, residentBytes: 6 }, last: { heapBytes: 6, residentBytes: 12 }, heap: 1, highestBytes: 2_000,
  });
});

test('the median of an even number of samples is between the two in the middle', () => {
  const samples = [1, 3, ...Array.from({ length: 16 }, () => 9), 4, 8].map((heapBytes) => ({ heapBytes, residentBytes: 0 }));

  expect(growthOf({ samples }).heap).toBe(2);
});

test('a comparison needs ten samples', () => {
  expect(() => growthOf({ samples: series(0).samples.slice(0, 9) })).toThrow('a comparison of tenths needs at least 10 samples, got 9');
});

test('accepts a heap that shrinks or grows by up to 1 %', () => {
  expect([-0.3, 0, 0.01].flatMap((growth) => memoryDefectsOf(series(growth)))).toEqual([]);
});

test('rejects a heap that grows by more than 1 %', () => {
  expect(memoryDefectsOf(series(0.1))).toEqual(['the heap of the event-relay grew by 9.2 %, the limit is 1 %']);
});

test('rejects a process that uses more than its memory', () => {
  expect(memoryDefectsOf(series(0, 513 * MEGABYTE))).toEqual(['the event-relay used 513 MB, its memory is 512 MB']);
});

test('accepts a soak without losses', () => {
  expect(soakDefectsOf(RESULT)).toEqual([]);
});

test.each<[Partial<SoakResult>, string]>([
  [{ wrongAnswers: 1 }, '1 wrong answers'],
  [{ stored: { events: 1, lost: 2, twice: 0 } }, '2 events were not stored'],
  [{ stored: { events: 1, lost: 0, twice: 3 } }, '3 events were stored twice'],
  [{ published: { events: 1, missing: 4 } }, '4 events were not published'],
  [{ archived: { records: 1, missing: 5 } }, '5 changes were not archived'],
  [{ verdicts: { written: 3, transactions: 4 } }, '1 transactions without one verdict'],
  [{ verdicts: { written: 5, transactions: 4 } }, '1 transactions without one verdict'],
  [{ deadLetters: 6 }, '6 dead letters'],
])('rejects a soak with %j', (change, defect) => {
  expect(soakDefectsOf({ ...RESULT, ...change })).toEqual([defect]);
});

test('rejects a soak in which a heap grows', () => {
  expect(soakDefectsOf({ ...RESULT, memory: [series(0), series(1)] })).toEqual(memoryDefectsOf(series(1)));
});

test('the options have defaults', () => {
  expect(parseSoakOptions([])).toEqual({ webhooks: 2_000, leak: 0, write: false });
  expect(parseSoakOptions(['--webhooks', '50000', '--leak', '200', '--write'])).toEqual({ webhooks: 50_000, leak: 200, write: true });
});

test('the page has a row for each function, of a soak of at least 50,000 webhooks', () => {
  const section = sectionOf('soak');
  const [, webhooks] = /- Webhooks: ([\d,]+),/.exec(section)!;

  expect(Number(webhooks.replaceAll(',', ''))).toBeGreaterThanOrEqual(50_000);
  for (const handler of ['webhook-validator', 'event-relay', 'transaction-archival', 'fraud-detector']) {
    expect(section).toContain(`| ${handler} |`);
  }
  expect(section).toContain(soakTable(RESULT).split('\n').find((line) => line.startsWith('| function'))!);
});
