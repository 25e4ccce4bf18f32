import fc from 'fast-check';
import { valueAt } from '../../../../handlers/providers/shared/json-path';

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

  test('finds the value under any own key, or nothing, and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'length'))), (value, keys) => {
      const found = valueAt(value, keys.join('.'));

      expect(typeof found).not.toBe('function');
    }));
  });
});
