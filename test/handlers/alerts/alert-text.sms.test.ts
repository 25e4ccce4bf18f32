import * as fc from 'fast-check';
import { smsSegment } from '../../../handlers/alerts/alert-text';

/** The alphabet's basic characters that are ASCII too: each uses one of the 160 places. */
const BASIC = /^[A-Za-z0-9 @$_!"#%&'()*+,\-./:;<=>?]*$/;

describe('smsSegment', () => {
  test('joins the parts that fit', () => {
    expect(smsSegment(['High: captured 1.00 EUR', 'ID 1', 'Customer 2'])).toBe('High: captured 1.00 EUR. ID 1. Customer 2');
  });

  test.each([[146 - 100, 148], [147 - 100, 100]])('after 100 characters, adds a part of %i completely or not at all: %i in total', (length, total) => {
    expect(smsSegment(['x'.repeat(100), 'y'.repeat(length)])).toHaveLength(total);
  });

  test('adds a later part that fits after one that does not', () => {
    expect(smsSegment(['head', 'x'.repeat(155), 'tail'])).toBe('head. tail');
  });

  test.each([[148, 'x'.repeat(148)], [149, `${'x'.repeat(145)}...`]])('a first part of %i characters', (length, expected) => {
    expect(smsSegment(['x'.repeat(length)])).toBe(expected);
  });

  test.each([
    ['[a]{b}|c\\d~e^f`', '(a)(b)/c/d-e-f\''],
    ['Ä é ñ', 'A e n'],
    ['€ 字 🎉 \n', '? ? ? ?'],
  ])('writes %j as %j', (text, expected) => {
    expect(smsSegment([text])).toBe(expected);
  });

  test('is one segment for any parts', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 6 }), (parts) => {
      const text = smsSegment(parts as [string]);

      expect(text).toMatch(BASIC);
      expect(text.length).toBeLessThanOrEqual(160);
    }));
  });
});
