import { moneyFromMajor, moneyFromMinor } from '../../../../handlers/providers/shared/event-money';

test.each([
  [1250, 'EUR', undefined, { minor: 1250n, exponent: 2 }],
  ['1250', 'JPY', 'stripe', { minor: 1250n, exponent: 0 }],
  [1250, 'ISK', 'adyen', { minor: 1250n, exponent: 2 }],
  [12.5, 'EUR', undefined, undefined],
  [undefined, 'EUR', undefined, undefined],
] as const)('%p minor units of %p at %p are %p', (amount, currency, scheme, money) => {
  expect(moneyFromMinor(amount, currency, scheme)).toEqual(money);
});

test.each([
  ['12.50', 'EUR', undefined, { minor: 1250n, exponent: 2 }],
  ['1250.00', 'HUF', 'paypal', { minor: 1250n, exponent: 0 }],
  ['1250.00', 'HUF', undefined, { minor: 125000n, exponent: 2 }],
  ['12.505', 'EUR', undefined, undefined],
  [null, undefined, undefined, undefined],
] as const)('%p major units of %p at %p are %p', (amount, currency, scheme, money) => {
  expect(moneyFromMajor(amount, currency, scheme)).toEqual(money);
});
