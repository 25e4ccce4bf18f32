import { amountOf, toScaled, exceedsMultiple, isPayment, majorOf, moneyText, spentByTransaction } from '../../../../handlers/assess/rules/rule-amounts';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import { KINDS } from '../../../../src/private/contract';
import { pastEvent } from '../details';

const ONE = 10n ** 39n;

describe('amountOf', () => {
  test.each<[bigint | undefined, number | undefined, bigint | undefined]>([
    [100n, 2, ONE],
    [1n, 0, ONE],
    [-1n, 0, ONE],
    [0n, 2, 0n],
    [1n, 38, 10n],
    [9007199254740993n, 3, 9007199254740993n * 10n ** 36n],
    [undefined, 2, undefined],
    [100n, undefined, undefined],
  ])('%s with exponent %s', (amountMinor, exponent, expected) => {
    expect(amountOf(pastEvent(1, { amountMinor, exponent }))).toBe(expected);
  });
});

describe('isPayment', () => {
  test('is true for payments by a customer', () => {
    expect(KINDS.filter((kind) => isPayment(pastEvent(1, { kind })))).toEqual(['authorized', 'captured', 'other']);
  });

  test('is false if the currency is unknown', () => {
    expect(isPayment(pastEvent(1, { currency: 'XXX' }))).toBe(false);
  });
});

describe('spentByTransaction', () => {
  const spent = (...events: Partial<PastEvent>[]) => Object.fromEntries(
    [...spentByTransaction(events.map((event, index) => pastEvent(index, { transactionId: 'a', ...event })), 'EUR')]
      .map(([id, amount]) => [id, moneyText(amount, 'EUR')]),
  );

  test.each<[string, Partial<PastEvent>[], Record<string, string>]>([
    ['nothing', [], {}],
    ['two transactions', [{}, { transactionId: 'b', amountMinor: 250n }], { a: '100.00 EUR', b: '2.50 EUR' }],
    ['an authorization and its capture', [{ kind: 'captured', amountMinor: 80n }, { kind: 'authorized', amountMinor: 90n }], { a: '0.90 EUR' }],
    ['a capture of more than was authorized', [{ kind: 'captured', amountMinor: 90n }, { kind: 'authorized', amountMinor: 80n }], { a: '0.90 EUR' }],
    ['another exponent', [{ amountMinor: 5n, exponent: 0 }, { amountMinor: 499n, exponent: 2 }], { a: '5.00 EUR' }],
    ['another currency', [{ currency: 'USD' }, { currency: undefined }], {}],
    ['a refund', [{}, { kind: 'refunded', amountMinor: 99999n }], { a: '100.00 EUR' }],
    ['no amount', [{ amountMinor: undefined }], {}],
  ])('%s', (_, events, expected) => {
    expect(spent(...events)).toEqual(expected);
  });
});

describe('toScaled', () => {
  test.each([[1, ONE], [0.29, 29n * 10n ** 37n], [0.000001, 10n ** 33n], [9007199254740991, 9007199254740991n * ONE]])('%d', (number, expected) => {
    expect(toScaled('amount-above', number)).toBe(expected);
  });

  test.each([1e21, 1e-7, NaN, Infinity])('rejects %d, which has no plain decimal text', (number) => {
    expect(() => toScaled('amount-spike', number)).toThrow(new RangeError(`the rule amount-spike has a number that cannot be compared exactly: ${number}`));
  });
});

describe('exceedsMultiple', () => {
  test.each<[bigint, number, bigint, boolean]>([
    [30n, 3, 10n, false],
    [31n, 3, 10n, true],
    [11n, 1.1, 10n, false],
    [9007199254740994n, 1, 9007199254740993n, true],
  ])('%i over %d times %i: %s', (amount, times, other, expected) => {
    expect(exceedsMultiple(amount, toScaled('amount-spike', times), other)).toBe(expected);
  });
});

describe('moneyText', () => {
  test.each([
    [ONE, 'EUR', '1.00 EUR'],
    [ONE, 'JPY', '1 JPY'],
    [ONE / 2n, 'JPY', '0.5 JPY'],
    [ONE, 'KWD', '1.000 KWD'],
    [ONE / 1000n, 'EUR', '0.001 EUR'],
    [ONE * 10n, 'BTC', '10 BTC'],
    [0n, 'EUR', '0.00 EUR'],
    [ONE * 9007199254740993n, 'XXX', '9,007,199,254,740,993 XXX'],
  ])('%i %s', (amount, currency, expected) => {
    expect(moneyText(amount, currency)).toBe(expected);
  });
});

describe('majorOf', () => {
  test.each<[string, bigint | undefined, number | undefined, number | undefined]>([
    ['cents', 1_234_567n, 2, 12_345.67],
    ['whole units', 5n, 0, 5],
    ['a negative amount', -150n, 2, 1.5],
    ['no amount', undefined, 2, undefined],
    ['no exponent', 1n, undefined, undefined],
    ['more digits than a float', 9_007_199_254_740_993n, 2, 90_071_992_547_409.93],
    ['a negative amount with more digits', -9_007_199_254_740_993n, 2, 90_071_992_547_409.93],
    ['more decimals than a power of ten is exact', 3n * 10n ** 29n, 30, 0.3],
  ])('%s', (_, amountMinor, exponent, expected) => {
    expect(majorOf({ amountMinor, exponent })).toBe(expected);
  });

  test('is the same with any exponent', () => {
    for (let digits = 0; digits <= 36; digits++) {
      expect(majorOf({ amountMinor: 1_234_567n * 10n ** BigInt(digits), exponent: 2 + digits })).toBe(12_345.67);
    }
  });
});
