import { parseCurrency } from '../../../../handlers/providers/shared/event-values';
import { unparsed } from '../../../../handlers/providers/shared/normalized-event';

test('what is not understood may be about real money, and neither moves any nor is a decline', () => {
  expect(unparsed('evt_1')).toEqual({
    parsed: false, fields: { eventId: 'evt_1', kind: 'other', live: true, moneyMovement: false, declined: false }, violation: undefined,
  });
});

test.each([['eur', 'EUR'], ['ABC', 'ABC'], ['xxx', undefined], ['EURO', undefined], [null, undefined]])('the currency of %p is %p', (value, currency) => {
  expect(parseCurrency(value)).toBe(currency);
});
