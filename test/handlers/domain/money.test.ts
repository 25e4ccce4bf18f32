import fc from 'fast-check';
import { eventAmount, exponentOf, withThousands, parseMajor, parseMinor, toDecimal } from '../../../handlers/domain/money';

describe('exponentOf', () => {
  test.each([['EUR', 2], ['JPY', 0], ['BHD', 3], ['CLF', 4]])('%s has %d decimals', (currency, exponent) => {
    expect(exponentOf(currency)).toBe(exponent);
  });

  test.each(['eur', 'BTC', '', 'constructor'])('%p is not a currency', (currency) => {
    expect(exponentOf(currency)).toBeUndefined();
  });
});

describe('parseMinor', () => {
  test.each<[unknown, bigint]>([[0, 0n], [1234, 1234n], [-5, -5n], ['0012', 12n], ['-7', -7n], ['9'.repeat(30), 10n ** 30n - 1n]])(
    'reads %p', (value, minor) => {
      expect(parseMinor(value)).toBe(minor);
    });

  test.each([1.5, 2 ** 53, NaN, Infinity, '1.0', '', ' 1', '1e3', '9'.repeat(31), null, undefined, true, {}, [1]])('rejects %p', (value) => {
    expect(parseMinor(value)).toBeUndefined();
  });
});

describe('parseMajor', () => {
  test.each<[unknown, number, bigint]>([
    ['12.34', 2, 1234n],
    ['12', 2, 1200n],
    ['12.3', 2, 1230n],
    ['12.3400', 2, 1234n],
    ['-0.01', 2, -1n],
    ['1000', 0, 1000n],
    ['1.234', 3, 1234n],
    [12.34, 2, 1234n],
    [0.1, 2, 10n],
    [999999999999.25, 2, 99999999999925n],
  ])('reads %p with %d decimals', (value, exponent, minor) => {
    expect(parseMajor(value, exponent)).toBe(minor);
  });

  test.each<[unknown, number]>([
    ['12.345', 2], ['1.5', 0], ['1,5', 2], ['.5', 2], ['1.', 2], ['', 2], ['1e3', 2], [1e21, 2], [12345678901234.56, 2], [NaN, 2], [null, 2], [{}, 2],
  ])('rejects %p with %d decimals', (value, exponent) => {
    expect(parseMajor(value, exponent)).toBeUndefined();
  });

  test('reads back what toDecimal writes', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 4 }), (minor, exponent) => {
      expect(parseMajor(toDecimal(minor, exponent), exponent)).toBe(minor);
    }));
  });
});

describe('toDecimal', () => {
  test.each<[bigint, number, string]>([[123450n, 2, '1234.50'], [-5n, 2, '-0.05'], [0n, 2, '0.00'], [7n, 0, '7'], [1n, 3, '0.001']])(
    '%p with %d decimals is %s', (minor, exponent, decimal) => {
      expect(toDecimal(minor, exponent)).toBe(decimal);
    });
});

describe('eventAmount', () => {
  test.each<[bigint, number, number]>([
    [1000001n, 2, 10000.01],
    [-1000001n, 2, 10000.01],
    [1234n, 0, 1234],
    [500000000000n, 2, 5e9],
    [500000000001n, 2, 5e9],
    [10n ** 30n, 0, 5e9],
    [12345678n, 7, 1.234567],
  ])('%p with %d decimals is %d', (minor, exponent, amount) => {
    expect(eventAmount(minor, exponent)).toBe(amount);
  });
});

test.each([['0.05', '0.05'], ['123.4567', '123.4567'], ['1234', '1,234'], ['-1234567.89', '-1,234,567.89'], ['-123.00', '-123.00']])('%s is read as %s', (decimal, expected) => {
  expect(withThousands(decimal)).toBe(expected);
});
