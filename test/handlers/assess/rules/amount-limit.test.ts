import { overLimit } from '../../../../handlers/assess/rules/amount-limit';
import type { TierConfig } from '../../../../src/private/contract';
import { TIERS } from '../../support/items';
import { detailWith } from '../details';

const YEN: TierConfig = { ...TIERS, groups: [{ medium: 100_000, high: 1_000_000, currencies: ['JPY'] }] };

describe('overLimit', () => {
  test('names the amount and the limit', () => {
    expect(overLimit({ rule: 'amount-above', amount: 10000 }, detailWith(), TIERS)).toBe('amount 12,345.67 EUR is over 10,000');
  });

  test.each([
    [1.234567, '1234567', 2, undefined],
    [1.234566, '1234567', 2, 'amount 12,345.67 EUR is over 1.234566 times the high threshold 10,000'],
    [1.2, '1234567', 2, 'amount 12,345.67 EUR is over 1.2 times the high threshold 10,000'],
    [0.5, '500000', 2, undefined],
    [0.5, '500001', 2, 'amount 5,000.01 EUR is over 0.5 times the high threshold 10,000'],
    [0.1, '1000', 0, undefined],
    [0.1, '10000000000000000000000000000000000000001', 37, 'amount 1,000.0000000000000000000000000000000000001 EUR is over 0.1 times the high threshold 10,000'],
  ])('%d times the high threshold: %s with exponent %i', (timesHigh, amount_minor, exponent, expected) => {
    expect(overLimit({ rule: 'amount-above', timesHigh }, detailWith({ amount_minor, exponent }), TIERS)).toBe(expected);
  });

  test('follows the thresholds of the currency', () => {
    const yen = detailWith({ amount_minor: '3000000', exponent: 0, currency: 'JPY' });

    expect(overLimit({ rule: 'amount-above', timesHigh: 2 }, yen, YEN)).toBe('amount 3,000,000 JPY is over 2 times the high threshold 1,000,000');
    expect(overLimit({ rule: 'amount-above', timesHigh: 3 }, yen, YEN)).toBeUndefined();
  });

  test('is undefined without a limit or an amount', () => {
    expect(overLimit({ rule: 'amount-above' }, detailWith(), TIERS)).toBeUndefined();
    expect(overLimit({ rule: 'amount-above', timesHigh: 1 }, detailWith({ amount_minor: undefined }), TIERS)).toBeUndefined();
  });
});
