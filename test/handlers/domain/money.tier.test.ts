import { tierOf } from '../../../handlers/domain/money';

const TIERS = { medium: 1000, high: 10000, groups: [{ medium: 100000, high: 1000000, currencies: ['JPY'] }] };

describe('tierOf', () => {
  test.each([
    [0, 'low'], [999.99, 'low'], [1000, 'medium'], [5000, 'medium'], [10000, 'medium'], [10000.01, 'high'], [5e9, 'high'],
  ])('%d is %s', (amount, tier) => {
    expect(tierOf(amount, 'EUR', TIERS)).toBe(tier);
  });

  test.each([[99999, 'low'], [100000, 'medium'], [1000000, 'medium'], [1000001, 'high']])('%d is %s with the thresholds of its currency', (amount, tier) => {
    expect(tierOf(amount, 'JPY', TIERS)).toBe(tier);
  });

  test('does not need thresholds for each currency', () => {
    expect(tierOf(10001, 'JPY', { medium: 1000, high: 10000 })).toBe('high');
  });
});
