import { metadataIn, referenceIn } from '../../../../handlers/providers/shared/event-values';
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

describe('metadata', () => {
  const ACCENTED = '\u00e9';
  const EMOJI = '\u{1f600}';

  test.each<[string, unknown, string]>([
    ['a text', 'cart-7', 'cart-7'],
    ['a text with spaces', ' a b ', ' a b '],
    ['the longest text', 'x'.repeat(500), 'x'.repeat(500)],
    ['the longest text of characters that take two units', EMOJI.repeat(500), EMOJI.repeat(500)],
    ['an accent', ACCENTED, ACCENTED],
    ['half of a character', 'a\ud83d', 'a\ufffd'],
    ['zero', 0, '0'],
    ['a negative number', -7, '-7'],
    ['a decimal number', 12.5, '12.5'],
    ['true', true, 'true'],
    ['false', false, 'false'],
  ])('carries %s as text', (_, value, text) => {
    expect(metadataIn([{ key: value }], { metadataKeys: ['key'] })).toStrictEqual({ metadata: { key: text }, omittedMetadata: undefined });
  });

  test.each<[string, unknown]>([
    ['a text that is too long', 'x'.repeat(501)],
    ['too many characters that take two units', EMOJI.repeat(501)],
    ['an object', { a: 1 }],
    ['a list', ['a']],
    ['an integer that is not exact', 2 ** 53],
    ['a number that is too large', Infinity],
  ])('leaves out %s, and reports the key', (_, value) => {
    expect(metadataIn([{ key: value, other: 'a' }], { metadataKeys: ['key', 'other'] })).toStrictEqual({ metadata: { other: 'a' }, omittedMetadata: ['key'] });
  });

  test.each<[string, unknown]>([['undefined', undefined], ['null', null], ['an empty text', '']])('treats %s as absent', (_, value) => {
    expect(metadataIn([{ key: value }], { metadataKeys: ['key'] })).toStrictEqual({ metadata: undefined, omittedMetadata: undefined });
  });

  test.each<[unknown]>([[undefined], [null], ['key'], [['key']], [7], [{ Key: 'a' }], [{ other: 'a' }]])('finds nothing in %j', (metadata) => {
    expect(metadataIn([metadata], { metadataKeys: ['key', 'length', 'constructor', '__proto__'] })).toStrictEqual({ metadata: undefined, omittedMetadata: undefined });
  });

  test('carries only the chosen keys, and none by default', () => {
    expect(metadataIn([{ key: 'a', other: 'b' }], { metadataKeys: ['key'] }).metadata).toEqual({ key: 'a' });
    expect(metadataIn([{ key: 'a' }], {}).metadata).toBeUndefined();
  });

  test('prefers the first source that has a key', () => {
    expect(metadataIn([{ a: '1', b: '' }, { a: '2', b: '3' }], { metadataKeys: ['a', 'b'] }).metadata).toEqual({ a: '1', b: '3' });
  });
});
