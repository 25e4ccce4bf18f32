import { moneyFromMajor, moneyFromMinor } from '../../../../handlers/providers/shared/event-values';

test.each([
  [1250, 'EUR', undefined, { minor: 1250n, exponent: 2 }],
  ['1250', 'JPY', {}, { minor: 1250n, exponent: 0 }],
  [1250, 'ISK', { ISK: 2 }, { minor: 1250n, exponent: 2 }],
  [12.5, 'EUR', undefined, undefined],
  [undefined, 'EUR', undefined, undefined],
] as const)('reads %p minor units of %p with the exponents %p as %p', (amount, currency, exponents, money) => {
  expect(moneyFromMinor(amount, currency, exponents)).toEqual(money);
});

test.each([
  ['12.50', 'EUR', undefined, { minor: 1250n, exponent: 2 }],
  ['1250.00', 'HUF', { HUF: 0 }, { minor: 1250n, exponent: 0 }],
  ['1250.00', 'HUF', undefined, { minor: 125000n, exponent: 2 }],
  ['12.505', 'EUR', undefined, undefined],
  [null, undefined, undefined, undefined],
] as const)('reads %p major units of %p with the exponents %p as %p', (amount, currency, exponents, money) => {
  expect(moneyFromMajor(amount, currency, exponents)).toEqual(money);
});
