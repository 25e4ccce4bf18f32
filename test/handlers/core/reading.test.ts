import { isoExponent, notUnderstood, readCurrency } from '../../../handlers/core/reading';

test('what is not understood may be about real money, and moves none', () => {
  expect(notUnderstood('evt_1')).toEqual({
    understood: false, fields: { eventId: 'evt_1', kind: 'other', live: true, movesMoney: false }, violation: undefined,
  });
});

test.each([['eur', 'EUR'], ['ABC', 'ABC'], ['xxx', undefined], ['EURO', undefined], [null, undefined]])('the currency of %p is %p', (value, currency) => {
  expect(readCurrency(value)).toBe(currency);
});

test.each([['JPY', 0], ['BHD', 3], ['ABC', 2], [undefined, 2]])('%p counts with %d decimals', (currency, exponent) => {
  expect(isoExponent(currency)).toBe(exponent);
});
