import fc from 'fast-check';
import {
  firstAt, isJsonObject, isJsonStructure, parseCode, parseExactJson, parseJson, parseText, present, valueAt,
} from '../../../../handlers/providers/shared/json';

describe('parseJson', () => {
  test('parses a body', () => {
    expect(parseJson(Buffer.from('{"a": [1, "ü"]}'))).toEqual({ a: [1, 'ü'] });
  });

  test('ignores a byte order mark at the start, and only there', () => {
    expect(parseJson(Buffer.from('\ufeff{"a": "\ufeffb"}'))).toEqual({ a: '\ufeffb' });
    expect(parseJson(Buffer.from('\ufeff\ufeff{}'))).toBeUndefined();
  });

  test.each(['', '{', 'a=1', '{\ufeff}'])('returns undefined for %p', (text) => {
    expect(parseJson(Buffer.from(text))).toBeUndefined();
  });

  test('parses a deeply nested body without a stack overflow', () => {
    const depth = 100_000;

    const parsed = parseJson(Buffer.from('['.repeat(depth) + ']'.repeat(depth)));

    expect(Array.isArray(parsed)).toBe(true);
  });
});

test.each<[unknown, boolean, boolean]>([
  [{}, true, true], [[], false, true], [null, false, false], ['{}', false, false], [1, false, false], [undefined, false, false],
])('%p is an object: %p, a structure: %p', (value, object, structure) => {
  expect([isJsonObject(value), isJsonStructure(value)]).toEqual([object, structure]);
});

test.each<[unknown, string | undefined]>([
  ['a', 'a'], ['', undefined], [42, '42'], [2 ** 53, undefined], [1.5, undefined], [null, undefined], [true, undefined], [{}, undefined],
])('the text of %p is %p', (value, text) => {
  expect(parseText(value)).toBe(text);
});

test.each<[unknown, string | undefined]>([
  ['eur', 'EUR'], ['Eur', 'EUR'], ['EURO', undefined], ['E1R', undefined], ['ßab', undefined], ['', undefined], [123, undefined], [null, undefined],
])('the code of %p is %p', (value, code) => {
  expect(parseCode(value, 3)).toBe(code);
});

describe('valueAt', () => {
  const json: unknown = JSON.parse('{"a": {"b": [{"c": 1}, null], "": 2}, "__proto__": {"d": 3}}');

  test.each<[string, unknown]>([
    ['a.b.0.c', 1], ['a.b.1', null], ['a.', 2], ['__proto__.d', 3],
  ])('finds %s', (path, value) => {
    expect(valueAt(json, path)).toBe(value);
  });

  test.each(['x', 'a.x', 'a.b.2', 'a.b.1.c', 'a.b.0.c.d', '', 'constructor', 'a.__proto__', 'a.constructor.name', 'a.b.map'])('finds nothing at %p', (path) => {
    expect(valueAt(json, path)).toBeUndefined();
  });

  test('never throws, and finds only values under own keys', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'length'))), (value, keys) => {
      const found = valueAt(value, keys.join('.'));

      expect(typeof found).not.toBe('function');
    }));
  });
});

describe('firstAt', () => {
  test.each<[unknown, string | undefined]>([
    [{ a: 'one', b: 'two' }, 'one'],
    [{ a: '', b: { c: 'three' } }, 'three'],
    [{ a: null, b: 'two' }, undefined],
    [null, undefined],
    ['text', undefined],
  ])('of %j the first text is %p', (json, text) => {
    expect(firstAt(json, ['a', 'b.c'], parseText)).toBe(text);
  });

  test('treats false and zero as present', () => {
    expect(firstAt({ a: null, b: 0, c: 1 }, ['a', 'b', 'c'], present)).toBe(0);
    expect(firstAt({ a: false, b: true }, ['a', 'b'], present)).toBe(false);
  });
});

test.each([null, undefined])('%p is not present', (value) => {
  expect(present(value)).toBeUndefined();
});

const parse = (text: string) => parseExactJson(Buffer.from(text));

describe('parseExactJson', () => {
  test.each<[string, unknown]>([
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['820982911946154508', '820982911946154508'],
    ['{"a": [{"id": 820982911946154508}]}', { a: [{ id: '820982911946154508' }] }],
    ['403.00', 403],
    ['1e30', 1e30],
    ['1e400', Infinity],
    ['9007199254740993.5', 9007199254740994],
    ['-0', -0],
  ])('%s becomes %j', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  test('parses all other JSON as usual', () => {
    const usual = fc.jsonValue({ stringUnit: 'binary' }).filter((value) => !/\d{16}/.test(JSON.stringify(value)));

    fc.assert(fc.property(usual, fc.nat(4), (value, indentation) => {
      const text = JSON.stringify(value, undefined, indentation);

      expect(parse(text)).toEqual(JSON.parse(text));
    }));
  });

  test('reads the last of several members with one name, as usual', () => {
    expect(parse('{"id": 1, "id": {"id": null}, "id": null}')).toEqual({ id: null });
  });

  test('keeps a member with the name of the prototype as a plain member', () => {
    const value = parse('{"__proto__": {"kind": "sale"}}') as { readonly kind?: string };

    expect(value.kind).toBeUndefined();
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });

  test.each(['', '{', '{"a":1,}', '[1,]', '01', '+1', '.5', 'NaN', '"\n"', 'undefined', '{} {}', '{\ufeff}'])('rejects %j', (text) => {
    expect(parse(text)).toBeUndefined();
    expect(() => { JSON.parse(text); }).toThrow(SyntaxError);
  });

  test('never throws for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(() => parseExactJson(Buffer.from(bytes))).not.toThrow()));
  });

  test.each(['[', '{"a":'])('returns undefined if %s is nested too deeply', (opening) => {
    expect(parse(opening.repeat(100_000))).toBeUndefined();
    // The integer beyond 2^53 needs the parser that keeps its digits.
    expect(parse(`${'['.repeat(100_000)}9007199254740993${']'.repeat(100_000)}`)).toBeUndefined();
  });
});
