import { amountAbove } from '../../../../handlers/assess/rules/amount-above';
import { KINDS, type TransactionDetail } from '../../../../src/private/contract';
import { factsWith } from '../details';

function reasonFor(limit: number, detail: Partial<TransactionDetail>, currency?: string) {
  return amountAbove.evaluate({ rule: 'amount-above', score: 1, amount: limit, currency }, factsWith({ detail }));
}

describe('amountAbove', () => {
  test('fires over the amount and names both', () => {
    expect(reasonFor(10000, {})).toBe('amount 12,345.67 EUR is over 10,000');
  });

  test.each([
    [0.3, '29', 2, false],
    [0.3, '30', 2, false],
    [0.3, '31', 2, true],
    [0.29, '30', 2, true],
    [12345.67, '1234567', 2, false],
    [12345.66, '1234567', 2, true],
    [9007199254740991, '9007199254740991', 0, false],
    [9007199254740991, '9007199254740992', 0, true],
    [9007199254740991, '90071992547409910000000000000000000000', 22, false],
    [9007199254740991, '90071992547409910000000000000000000001', 22, true],
    [100, '100', 0, false],
    [100, '101', 0, true],
    [0.001, '2', 3, true],
    [100, '-10001', 2, true],
    [0, '0', 2, false],
  ])('over %d: %s with exponent %i: %s', (limit, digits, exponent, fires) => {
    expect(reasonFor(limit, { amount_minor: digits, exponent }) !== undefined).toBe(fires);
  });

  test('checks only its currency if it has one', () => {
    expect(reasonFor(1, {}, 'EUR')).toBeDefined();
    expect(reasonFor(1, {}, 'USD')).toBeUndefined();
    expect(reasonFor(1, { currency: 'XXX' }, 'EUR')).toBeUndefined();
  });

  test('checks the number in every currency without a currency of its own, even an unknown one', () => {
    expect(reasonFor(1, { currency: 'XXX' })).toBe('amount 12,345.67 XXX is over 1');
  });

  test('compares with a multiple of the high threshold', () => {
    expect(amountAbove.evaluate({ rule: 'amount-above', score: 1, timesHigh: 1.2 }, factsWith())).toBe('amount 12,345.67 EUR is over 1.2 times the high threshold 10,000');
    expect(amountAbove.evaluate({ rule: 'amount-above', score: 1, timesHigh: 1.3 }, factsWith())).toBeUndefined();
  });

  test.each(KINDS)('applies to the kind %s', (kind) => {
    expect(reasonFor(10000, { kind })).toBeDefined();
  });

  test('does not fire without an amount', () => {
    expect(reasonFor(0, { amount_minor: undefined, exponent: undefined })).toBeUndefined();
    expect(reasonFor(0, { exponent: undefined })).toBeUndefined();
  });

  test('rejects an amount that it cannot compare exactly', () => {
    expect(() => reasonFor(1e21, {})).toThrow('the rule amount-above has a number that cannot be compared exactly: 1e+21');
  });
});
