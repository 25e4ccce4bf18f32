import fc from 'fast-check';
import { batchItems, splitBatch, splitUnverifiedBatch } from '../../../../handlers/providers/shared/batch-items';
import { request } from '../../support/webhooks';

const itemsOf = (body: string, wrapper?: string) => batchItems(Buffer.from(body), 'items', wrapper).map(String);

describe('batchItems', () => {
  test('returns every element as its own JSON text', () => {
    expect(itemsOf('{"live": "false", "items": [ {"a" : 1, "b": [true, null, "x"]}, {"a": 2}, [], 3, "four", null ]}'))
      .toEqual(['{"a" : 1, "b": [true, null, "x"]}', '{"a": 2}', '[]', '3', '"four"', 'null']);
  });

  test('finds the ends of texts that contain the characters of the structure', () => {
    const items = ['"]}"', '"\\""', '"\\\\"', '{"\\"":"[{,:","a":[{}]}'];

    expect(itemsOf(`{"x":"{\\"items\\":[1]}", "it\\u0065ms":[${items.join(' ,\n')}]}`)).toEqual(items);
  });

  test('returns equal elements once', () => {
    expect(itemsOf('{"items": [{"a": 1}, {"a" :1}, {"a": 2}, {"a": 1} ]}')).toEqual(['{"a": 1}', '{"a" :1}', '{"a": 2}']);
  });

  test.each([
    '9007199254740993', '123456789012345678901234567890', '1.10', '1e400', '-0', '0.1000000000000000000001',
  ])('keeps the digits of the number %s', (number) => {
    expect(itemsOf(`{"items": [{"id": ${number}, "ids": [${number}]}]}`)).toEqual([`{"id": ${number}, "ids": [${number}]}`]);
  });

  test('unwraps each element, and keeps an element without the wrapper unchanged', () => {
    expect(itemsOf('{"items": [{"item": {"a": 1}}, {"other": {"a": 2}}, {"item": null}, 3]}', 'item'))
      .toEqual(['{"a": 1}', '{"other": {"a": 2}}', '{"item": null}', '3']);
  });

  test('uses the last of several members with one name, as JSON.parse does', () => {
    const twice = '{"items": [], "items": [{"a": 1, "a": 2}]}';

    expect(itemsOf(twice)).toEqual(['{"a": 1, "a": 2}']);
    expect(JSON.parse(twice)).toEqual({ items: [{ a: 2 }] });
  });

  test('keeps members with the names of prototype members', () => {
    const item = '{"__proto__":{"a":1},"constructor":2,"toString":3,"toJSON":4,"isLosslessNumber":true,"value":"5"}';

    expect(itemsOf(`{"items":[${item}]}`)).toEqual([item]);
  });

  test.each([
    '', '{', '{"items": [}', '{"items": [1]} 2', '{}', '[]', '[{"items": [1]}]', 'null', '1', '"items"', '{"items": {}}', '{"items": null}', '{"items": "1"}',
    '{"items": 1}', '{"items": []}', '{"data": {"items": [1]}}', '{"__proto__": {"items": [1]}}',
  ])('finds no items in %j', (body) => {
    expect(itemsOf(body)).toEqual([]);
  });

  test.each([['[', ']'], ['{"a":', '}']])('finds an item of %s that is nested deeply', (open, close) => {
    const item = `${open.repeat(40_000)}1${close.repeat(40_000)}`;

    expect(itemsOf(`{"items":[${item}]}`)).toEqual([item]);
  });

  test('returns texts with the values of the elements', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.jsonValue(), { selector: (item) => JSON.stringify(item) }), (items) => {
      const body = JSON.stringify({ items });

      expect(itemsOf(body).map((text) => JSON.parse(text) as unknown)).toEqual((JSON.parse(body) as { items: unknown[] }).items);
    }));
  });

  test('returns the same text for a text that it returned', () => {
    fc.assert(fc.property(fc.jsonValue(), (item) => {
      const [text] = itemsOf(JSON.stringify({ items: [item] }));

      expect(itemsOf(`{"items":[${text}]}`)).toEqual([text]);
    }));
  });

  test('never throws for any bytes', () => {
    const text = fc.oneof(fc.json(), fc.string().map((any) => `{"items":[${any}]}`));
    const bytes = fc.oneof(fc.uint8Array(), text.map((any) => Buffer.from(any)));

    fc.assert(fc.property(bytes, (body) => expect(() => batchItems(Buffer.from(body), 'items')).not.toThrow()));
  });
});

describe('splitBatch', () => {
  const webhook = (body: string) => ({ ...request({ body: Buffer.from(body), headers: { 'X-Signature': 'abc' } }), provider: 'shop' });

  test('makes each item a request with the same other fields', () => {
    const batch = webhook('{"items": [{"item": {"a": 1}}, {"item": {"a": 2}}]}');

    expect(splitBatch(batch, 'items', 'item')).toEqual([{ ...batch, body: Buffer.from('{"a": 1}') }, { ...batch, body: Buffer.from('{"a": 2}') }]);
  });

  test.each(['', '{}', '{"items": []}', '{"items": {}}', '\u{0}'])('returns the unchanged request for %j', (body) => {
    const single = webhook(body);

    const [only, ...others] = splitBatch(single, 'items');

    expect(only).toBe(single);
    expect(others).toEqual([]);
  });
});

describe('splitUnverifiedBatch', () => {
  const split = (body: string) => splitUnverifiedBatch({ ...request({ body: Buffer.from(body), headers: {} }) }, { key: 'items', wrapper: 'item', maxItems: 2 });

  test.each(['{"items": [{"item": 1}, {"item": 2}]}', '{"items": [{"item": 1}, {"item": 1}]}', '{"items": []}', '{', '{"items": [1, 2, 3], "items": [1]}'])(
    'splits %s like a batch whose signature was verified', (body) => {
      expect(split(body)).toEqual(splitBatch(request({ body: Buffer.from(body), headers: {} }), 'items', 'item'));
    });

  test.each(['{"items": [1, 2, 3]}', '{"items": [1, 1, 1]}', '{"items": [1], "items": [1, 2, 3]}'])('does not split %s, which has too many items', (body) => {
    expect(split(body)).toBeUndefined();
  });
});
