import { parseCurrency } from '../../../../handlers/providers/shared/event-values';
import { unparsed } from '../../../../handlers/providers/shared/normalized-event';

test('an unparsed event is live, and neither a money movement nor a decline', () => {
  expect(unparsed('evt_1')).toEqual({
    parsed: false, fields: { eventId: 'evt_1', kind: 'other', live: true, moneyMovement: false, declined: false }, violation: undefined,
  });
});

test.each([['eur', 'EUR'], ['ABC', undefined], ['usdc', undefined], ['xxx', undefined], ['EURO', undefined], [null, undefined]])('reads the currency of %p as %p', (value, currency) => {
  expect(parseCurrency(value)).toBe(currency);
});
