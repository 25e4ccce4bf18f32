import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { bodyIdentifier, identifier, idForLog } from '../../../handlers/domain/identifier';

const HASH = /^sha256:[0-9a-f]{64}$/;

describe('identifier', () => {
  test.each(['', 'pi_1', 'x'.repeat(10), 'größer', '\u{1F600}'])('%p is unchanged', (id) => {
    expect(identifier(id, 10)).toBe(id);
  });

  test.each([['too long', 'x'.repeat(11)], ['too long in bytes', '\u{1F600}\u{1F600}\u{1F600}'], ['half a character', '\ud83d'], ['its other half', '\ude00']])(
    'a text that is %s is replaced with its hash', (_, id) => {
      expect(identifier(id, 10)).toMatch(HASH);
    });

  test('a text that begins like a hash is replaced with its hash', () => {
    const long = identifier('x'.repeat(300), 256);
    const body = bodyIdentifier(Buffer.from('{}'));

    expect(body).toBe('body-sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
    expect(['sha256:', 'body-sha256:', long, body].map((id) => identifier(id, 256))).toEqual(Array(4).fill(expect.stringMatching(HASH)));
    expect(identifier(long, 256)).not.toBe(long);
    expect(identifier('SHA256:', 256)).toBe('SHA256:');
  });

  test('two texts that would be equal after truncation or repair stay different', () => {
    const ids = ['x'.repeat(10) + 'a', 'x'.repeat(10) + 'b', '\ud83d', '\ud83e', '\ufffd'];

    expect(new Set(ids.map((id) => identifier(id, 10))).size).toBe(ids.length);
  });

  test('is always valid UTF-8, and the same for the same text', () => {
    const id = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });

    fc.assert(fc.property(id, (text) => {
      const stored = identifier(text, 64);

      expect(Buffer.from(stored).toString()).toBe(stored);
      expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(71);
      expect(identifier(text, 64)).toBe(stored);
    }));
  });
});

describe('the form of an identifier in the log', () => {
  test.each(['evt_1ABC', 'stripe:pi_1', '8515131751004933', 'body-sha256:0a1b', 'WH-58D329510W468432D-8HN650336L201105X', 'a/b+c==', 'order#1|2'])(
    'is unchanged for %s', (id) => {
      expect(idForLog(id)).toBe(id);
    });

  test.each(['jane@example.com', 'Jane Doe', 'stripe:jane doe', '<b>', '"', 'é', '', 'x'.repeat(257)])('is a hash for %p', (id) => {
    expect(idForLog(id)).toBe(`sha256:${createHash('sha256').update(id).digest('hex')}`);
  });
});
