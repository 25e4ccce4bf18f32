import type { BusEvent } from '../../../local/observe/taps';
import { Shop } from '../../../local/scenario/shop';

const ORDER = { reference: 'order-1001', amountMinor: '4990', currency: 'EUR' };

function eventWith(fields: object): BusEvent {
  const detail = { kind: 'captured', money_movement: true, reference: 'order-1001', amount_minor: '4990', currency: 'EUR', ...fields };
  return { 'source': 'payments', 'detail-type': 'transaction.received', detail } as unknown as BusEvent;
}

test('ships an order once, however often its event arrives', () => {
  const shop = new Shop([ORDER]);

  expect([shop.receive(eventWith({})), shop.receive(eventWith({}))]).toEqual(['order-1001 shipped', 'order-1001: nothing to ship']);
});

test.each<[string, object, string]>([
  ['another amount', { amount_minor: '49' }, 'order-1001: wrong amount'],
  ['another currency', { currency: 'JPY' }, 'order-1001: wrong amount'],
  ['another order', { reference: 'order-1' }, 'order-1: nothing to ship'],
  ['no reference', { reference: undefined }, 'no reference: nothing to ship'],
  ['a refund', { kind: 'refunded' }, 'order-1001: nothing to ship'],
  ['an event that moves no money', { money_movement: false }, 'order-1001: nothing to ship'],
])('ships nothing for %s', (_, fields, result) => {
  expect(new Shop([ORDER]).receive(eventWith(fields))).toBe(result);
});
