import { amountCountsKey, amountStep, countedMonths, monthOf, rankOf, sumOfCounts } from '../../../../handlers/assess/rules/amount-counts';

describe('amountStep', () => {
  test.each([[0.01, -40], [1, 0], [1.12, 0], [1.13, 1], [10, 20], [10_000, 80], [5e9, 193]])('of %d is %d', (amount, expected) => {
    expect(amountStep(amount)).toBe(expected);
  });
});

describe('rankOf', () => {
  const counts = new Map([[0, 2], [20, 4], [40, 2]]);

  test.each([[0.5, 0], [1, 0.125], [5, 0.25], [10, 0.5], [100, 0.875], [1_000, 1]])('%d is larger than a share of %d', (amount, expected) => {
    expect(rankOf(amount, counts)).toBe(expected);
  });

  test('is not known without any payment', () => {
    expect(rankOf(1, new Map())).toBeUndefined();
  });
});

describe('the months', () => {
  test.each([
    ['2026-03-31T23:59:59.999Z', 0, '2026-03'],
    ['2026-03-31T23:59:59.999Z', 1, '2026-02'],
    ['2026-01-01T00:00:00.000Z', 1, '2025-12'],
    ['2026-12-31T00:00:00.000Z', -1, '2027-01'],
  ])('of %s and %d before it', (time, before, expected) => {
    expect(monthOf(time, before)).toBe(expected);
  });

  test('that are read for a payment are the month of its receipt and the one before', () => {
    expect(countedMonths('2026-01-15T12:00:00.000Z')).toEqual(['2026-01', '2025-12']);
  });

  test('have an item for each currency', () => {
    expect(amountCountsKey('EUR', '2026-01')).toBe('amount-counts:EUR:2026-01');
  });
});

test('sumOfCounts adds the counts of each step', () => {
  expect(sumOfCounts([new Map([[1, 2], [2, 3]]), new Map([[2, 4], [-3, 1]])])).toEqual(new Map([[1, 2], [2, 7], [-3, 1]]));
});
