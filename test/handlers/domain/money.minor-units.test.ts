import { minorUnits } from '../../../handlers/domain/money';
import { loadScheme } from '../../../handlers/providers/registry';
import type { SchemeName } from '../../../src/private/contract';

test.each<[string | undefined, number]>([['EUR', 2], ['JPY', 0], ['BHD', 3], ['CLF', 4], ['XOF', 0], ['ABC', 2], ['', 2], [undefined, 2]])(
  '%p has %d decimals in ISO 4217', (currency, decimals) => {
    expect(minorUnits(currency)).toBe(decimals);
  });

test.each<[SchemeName, string, number, number]>([
  ['adyen', 'CLP', 2, 0],
  ['adyen', 'CVE', 0, 2],
  ['adyen', 'IDR', 0, 2],
  ['adyen', 'ISK', 2, 0],
  ['checkout-com', 'CLF', 2, 4],
  ['checkout-com', 'CLP', 2, 0],
  ['paypal', 'HUF', 0, 2],
  ['paypal', 'TWD', 0, 2],
  ['paystack', 'RWF', 2, 0],
  ['paystack', 'XOF', 2, 0],
  ['stripe', 'ISK', 2, 0],
  ['stripe', 'MGA', 0, 2],
  ['stripe', 'UGX', 2, 0],
])('%s counts %s with %d decimals instead of %d', (scheme, currency, decimals, standard) => {
  expect(minorUnits(currency, loadScheme(scheme).exponents)).toBe(decimals);
  expect(minorUnits(currency)).toBe(standard);
});

test.each<[SchemeName, string, number]>([
  ['adyen', 'JPY', 0], ['adyen', 'EUR', 2], ['checkout-com', 'ISK', 0], ['checkout-com', 'IQD', 3], ['checkout-com', 'LYD', 3], ['checkout-com', 'UGX', 0],
  ['paypal', 'JPY', 0], ['paystack', 'NGN', 2], ['paystack', 'KES', 2], ['stripe', 'JPY', 0], ['stripe', 'TND', 3], ['stripe', 'LYD', 3], ['stripe', 'ABC', 2],
  ['shopify', 'ISK', 0], ['mollie', 'ISK', 0],
])('%s counts %s with %d decimals, as the standard does', (scheme, currency, decimals) => {
  expect(minorUnits(currency, loadScheme(scheme).exponents)).toBe(decimals);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('the code %s is unknown', (currency) => {
  expect(minorUnits(currency)).toBe(2);
  expect(minorUnits(currency, loadScheme('stripe').exponents)).toBe(2);
});

test('an amount without a currency counts in hundredths for every provider', () => {
  expect(minorUnits(undefined, loadScheme('adyen').exponents)).toBe(2);
});
