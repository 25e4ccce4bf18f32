import { codeOf, isJsonObject, isJsonStructure, parseJson, textOf } from '../../../../handlers/providers/shared/json';

describe('parseJson', () => {
  test('parses a body', () => {
    expect(parseJson(Buffer.from('{"a": [1, "ü"]}'))).toEqual({ a: [1, 'ü'] });
  });

  test.each(['', '{', 'a=1', '\ufeff{}'])('%p is undefined', (text) => {
    expect(parseJson(Buffer.from(text))).toBeUndefined();
  });

  test('a body of the deepest nesting does not overflow the stack', () => {
    const depth = 100_000;

    const parsed = parseJson(Buffer.from('['.repeat(depth) + ']'.repeat(depth)));

    expect(Array.isArray(parsed)).toBe(true);
  });
});

test.each<[unknown, boolean, boolean]>([
  [{}, true, true], [[], false, true], [null, false, false], ['{}', false, false], [1, false, false], [undefined, false, false],
])('%p: object %p, structure %p', (value, object, structure) => {
  expect([isJsonObject(value), isJsonStructure(value)]).toEqual([object, structure]);
});

test.each<[unknown, string | undefined]>([
  ['a', 'a'], ['', undefined], [42, '42'], [2 ** 53, undefined], [1.5, undefined], [null, undefined], [true, undefined], [{}, undefined],
])('the text of %p is %p', (value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each<[unknown, string | undefined]>([
  ['eur', 'EUR'], ['Eur', 'EUR'], ['EURO', undefined], ['E1R', undefined], ['ßab', undefined], ['', undefined], [123, undefined], [null, undefined],
])('the code of %p is %p', (value, code) => {
  expect(codeOf(value, 3)).toBe(code);
});
