import fc from 'fast-check';
import { parseExactJson } from '../../../../handlers/providers/shared/exact-json';

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

  test('reads the last of several members of one name, as usual', () => {
    expect(parse('{"id": 1, "id": {"id": null}, "id": null}')).toEqual({ id: null });
  });

  test('keeps a member that is named like the prototype to itself', () => {
    const value = parse('{"__proto__": {"kind": "sale"}}') as { readonly kind?: string };

    expect(value.kind).toBeUndefined();
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });

  test.each(['', '{', '{"a":1,}', '[1,]', '01', '+1', '.5', 'NaN', '"\n"', 'undefined', '{} {}', '\ufeff{}'])('%j is no JSON', (text) => {
    expect(parse(text)).toBeUndefined();
    expect(() => { JSON.parse(text); }).toThrow(SyntaxError);
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => expect(() => parseExactJson(Buffer.from(bytes))).not.toThrow()));
  });

  test.each(['[', '{"a":'])('gives up where %s is nested too deep', (opening) => {
    expect(parse(opening.repeat(100_000))).toBeUndefined();
    expect(parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined();
  });
});
