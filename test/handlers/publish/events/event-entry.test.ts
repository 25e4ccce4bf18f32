import * as fc from 'fast-check';
import { entrySize, fitsAlone, inBatches, MAX_BATCH_BYTES, type EventEntry } from '../../../../handlers/publish/events/event-entry';

const EMPTY_SIZE = 14 + 'src'.length + 'transaction.received'.length;

function entry(Detail: string): EventEntry {
  return { EventBusName: 'bus', Source: 'src', DetailType: 'transaction.received', Detail, Time: new Date(0) };
}

describe('entrySize', () => {
  test('counts as EventBridge does: the time as 14, the texts in UTF-8', () => {
    expect(entrySize(entry('{}'))).toBe(14 + 3 + 20 + 2);
    expect(entrySize(entry('"é€😀"'))).toBe(EMPTY_SIZE + 2 + 2 + 3 + 4);
  });
});

describe('fitsAlone', () => {
  test('is true below the limit, false at it', () => {
    expect(fitsAlone(entry('x'.repeat(MAX_BATCH_BYTES - EMPTY_SIZE - 1)))).toBe(true);
    expect(fitsAlone(entry('x'.repeat(MAX_BATCH_BYTES - EMPTY_SIZE)))).toBe(false);
  });
});

describe('inBatches', () => {
  test('splits by ten', () => {
    const items = Array.from({ length: 25 }, (_, index) => ({ index, entry: entry('{}') }));

    expect(inBatches(items).map((batch) => batch.length)).toEqual([10, 10, 5]);
  });

  test('fills a call up to one byte below the limit', () => {
    const half = { entry: entry('x'.repeat(MAX_BATCH_BYTES / 2 - EMPTY_SIZE)) };
    const almostHalf = { entry: entry('x'.repeat(MAX_BATCH_BYTES / 2 - EMPTY_SIZE - 1)) };

    expect(inBatches([half, half])).toEqual([[half], [half]]);
    expect(inBatches([half, almostHalf])).toEqual([[half, almostHalf]]);
  });

  test('returns no batch without entries', () => {
    expect(inBatches([])).toEqual([]);
  });

  test('never exceeds ten or the limit, keeps the order and loses no entry', () => {
    const sizes = fc.array(fc.oneof(fc.nat(2000), fc.nat(MAX_BATCH_BYTES - EMPTY_SIZE - 1)), { maxLength: 40 });
    fc.assert(fc.property(sizes, (lengths) => {
      const items = lengths.map((length, index) => ({ index, entry: entry('x'.repeat(length)) }));

      const batches = inBatches(items);

      expect(batches.flat().map(({ index }) => index)).toEqual(items.map(({ index }) => index));
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.reduce((bytes, item) => bytes + entrySize(item.entry), 0)).toBeLessThan(256 * 1024);
      }
    }), { numRuns: 50 });
  });
});
