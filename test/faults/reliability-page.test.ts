import { FAULT_NAMES } from './fault';
import { defectsOf, type FaultRow } from './fault-row';
import { faultList, sectionOf } from './reliability-page';

const ROW: FaultRow = {
  part: 'whole way', fault: 'all, 20 %', injected: 9, sent: 3, acknowledged: 2, lost: 0, storedTwice: 0, verdicts: { written: 2, transactions: 2 }, timeouts: 0,
};

test('the page describes each fault', () => {
  expect(sectionOf('faults')).toBe(faultList());
});

test.each(FAULT_NAMES)('the page has results of the fault "%s"', (fault) => {
  expect(sectionOf('results')).toContain(`| ${fault} |`);
});

test('a row without a loss is accepted', () => {
  expect(defectsOf(ROW)).toEqual([]);
});

test.each<[Partial<FaultRow>, string]>([
  [{ injected: 0 }, 'the fault was not injected'],
  [{ lost: 1 }, 'lost 1'],
  [{ storedTwice: 2 }, 'stored 2 twice'],
  [{ verdicts: { written: 3, transactions: 2 } }, 'a transaction got a second verdict'],
])('a row with %j fails', (change, defect) => {
  expect(defectsOf({ ...ROW, ...change })).toEqual([defect]);
});
