import { notUnderstood, readCurrency } from '../../../../handlers/providers/shared/reading';

test('what is not understood may be about real money, and neither moves any nor is a decline', () => {
  expect(notUnderstood('evt_1')).toEqual({
    understood: false, fields: { eventId: 'evt_1', kind: 'other', live: true, movesMoney: false, declined: false }, violation: undefined,
  });
});

test.each([['eur', 'EUR'], ['ABC', 'ABC'], ['xxx', undefined], ['EURO', undefined], [null, undefined]])('the currency of %p is %p', (value, currency) => {
  expect(readCurrency(value)).toBe(currency);
});
