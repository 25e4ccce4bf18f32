import { referenceIn } from '../../../../handlers/providers/shared/event-values';
import type { ProviderConfig } from '../../../../src/private/contract';

const CONFIG: ProviderConfig = { name: 'stripe', scheme: 'stripe', secretArns: [] };

test.each<[unknown, string | undefined, string | undefined]>([
  [{ order_id: 'order-1001', cart: 'cart-7' }, undefined, 'order-1001'],
  [{ order_id: 'order-1001', cart: 'cart-7' }, 'cart', 'cart-7'],
  [{ order_id: 1001 }, undefined, '1001'],
  [{ 'shop.order': 'a', 'shop': { order: 'b' } }, 'shop.order', 'a'],
  [{ Order_ID: 'order-1001' }, undefined, undefined],
  [{ order_id: '' }, undefined, undefined],
  [{ order_id: { id: 'a' } }, undefined, undefined],
  [{}, 'constructor', undefined],
  [[], 'length', undefined],
  ['order-1001', undefined, undefined],
  [null, undefined, undefined],
])('the reference in %j under the key %j is %j', (metadata, referenceKey, reference) => {
  expect(referenceIn(metadata, { ...CONFIG, referenceKey })).toBe(reference);
});
