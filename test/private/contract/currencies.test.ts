import currencies from 'currency-codes/data';
import { CURRENCY_EXPONENTS } from '../../../src/private/contract';

test('contains each currency of the maintained list with its decimals', () => {
  for (const { code, digits } of currencies) {
    expect([code, CURRENCY_EXPONENTS.get(code)]).toEqual([code, digits]);
  }
});

test.each(['XAD', 'XCG'])('contains %s, which ISO 4217 added after the list, with two decimals', (code) => {
  expect(CURRENCY_EXPONENTS.get(code)).toBe(2);
});
