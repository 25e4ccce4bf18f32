import * as fc from 'fast-check';
import { safeText } from '../../../handlers/alerts/safe-text';

/** What mail programs and phones make links of: addresses with a scheme, names with a dot, and addresses of mail. */
const LINK = /:\/\/|[\p{L}\p{N}][.。]\p{L}|@|%40|\p{L}:\S/u;

describe('a text from outside', () => {
  test.each([
    ['evil.example', 'evil[.]example'],
    ['https://evil.example/a?b=c.d', 'https[:]//evil[.]example/a?b=c[.]d'],
    ['www.evil.example.', 'www[.]evil[.]example.'],
    ['192.0.2.1', '192[.]0[.]2[.]1'],
    ['tel:+15550100', 'tel[:]+15550100'],
    ['javascript:alert(1)', 'javascript[:]alert(1)'],
    ['s3://bucket', 's3[:]//bucket'],
    // Full-width and ideographic dots: https://www.unicode.org/reports/tr46/#Notation
    ['evil．example', 'evil[.]example'],
    ['evil。example', 'evil[.]example'],
    ['evil｡example', 'evil[.]example'],
    ['\uff45vil．example', 'evil[.]example'],
    // The alphabet of SMS has no accents: without the accent, this would be a link.
    ['evil.\u0301example', 'evil[.]\u0301example'],
    // Without its accent, this is a less-than sign.
    ['≮b≯', '(\u0338b)\u0338'],
    ['<a href="https://evil.example">x</a>', "(a href='https[:]//evil[.]example')x(/a)"],
    ['[x](https://evil.example)', '(x)(https[:]//evil[.]example)'],
    ['<https://evil.example|x>', '(https[:]//evil[.]example/x)'],
    ['{{7*7}} `id`', "((7*7)) 'id'"],
    ['a\\b', 'a/b'],
    ['a\r\nb\tc\u2028d\u0000e', 'a  b c d e'],
    ['\u202eexample', ' example'],
    ['alice@example.com paid', '(email) paid'],
    ['alice＠example.com', '(email)'],
    ['alice﹫example.com', '(email)'],
    ['alice%40example.com', '(email)'],
    ['alice%2540example.com', '(email)'],
  ])('%j is shown as %j', (text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  test.each([
    'pi_3NxGTn2eZvKYlo2C1w6PfS7k', 'order-1001', '#1001', 'amount 60,000.00 USD is over 50,000 (+50)', '05:06 in Europe/Berlin', 'Zoë',
    `contact:${'0af3'.repeat(8)}`, `body-sha256:${'e5'.repeat(32)}`, 'gid/Order/1', '50 %', '-1,234.56', '日本',
  ])('%j is shown unchanged', (text) => {
    expect(safeText(text)).toBe(text);
  });

  test.each([['4242 4242 4242 4242', '4242 42** **** 4242'], ['card:4242424242424242.', 'card[:]424242******4242.'], ['４２４２４２４２４２４２４２４２', '424242******4242']])(
    'the card number in %j is shown as %j', (text, expected) => {
      expect(safeText(text)).toBe(expected);
    });

  test('is shortened before it is made safe, so that no half character remains', () => {
    expect(safeText('x'.repeat(300))).toHaveLength(256);
    expect(safeText(`${'x'.repeat(63)}😀`, 64)).toBe(`${'x'.repeat(63)} `);
  });

  test('never contains a link, markup or a line break', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('evil.example', 'http://', '@', '%40', '<', '[', '](', '|', '．', '。', 'tel:', 'mailto:', '\u0301', '\u200b', '\n', '.', ':', '//'),
    );
    fc.assert(fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = safeText(parts.join(''));

      expect(text.replaceAll(/\[[.:]\]/g, '')).not.toMatch(/[<>[\]{}|\\`"\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/u);
      expect(text.replaceAll('contact:', '')).not.toMatch(LINK);
    }), { numRuns: 1000 });
  });
});
