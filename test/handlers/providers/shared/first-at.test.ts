import { firstAt, present } from '../../../../handlers/providers/shared/first-at';
import { textOf } from '../../../../handlers/providers/shared/json';

describe('firstAt', () => {
  test.each<[unknown, string | undefined]>([
    [{ a: 'one', b: 'two' }, 'one'],
    [{ a: '', b: { c: 'three' } }, 'three'],
    [{ a: null, b: 'two' }, undefined],
    [null, undefined],
    ['text', undefined],
  ])('of %j the first text is %p', (json, text) => {
    expect(firstAt(json, ['a', 'b.c'], textOf)).toBe(text);
  });

  test('what is false or nought is there', () => {
    expect(firstAt({ a: null, b: 0, c: 1 }, ['a', 'b', 'c'], present)).toBe(0);
    expect(firstAt({ a: false, b: true }, ['a', 'b'], present)).toBe(false);
  });
});

test.each([null, undefined])('%p is not present', (value) => {
  expect(present(value)).toBeUndefined();
});
