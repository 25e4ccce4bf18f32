import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { decodeAs, decodeSignature, isSignedByAny } from '../../../../handlers/providers/shared/signature';

describe('decodeSignature', () => {
  test.each<['hex' | 'base64', string, number[]]>([
    ['hex', '00ff', [0, 255]], ['hex', '00FF', [0, 255]], ['base64', 'AP8=', [0, 255]], ['base64', 'AAAA', [0, 0, 0]],
  ])('decodes %s %s', (encoding, text, bytes) => {
    expect([...decodeSignature(text, encoding)!]).toEqual(bytes);
  });

  test.each<['hex' | 'base64', string]>([
    ['hex', ''], ['hex', '0'], ['hex', '0g'], ['hex', 'aB'], ['hex', '00 '], ['hex', '0x00'], ['hex', 'ｆｆ'],
    ['base64', ''], ['base64', '='], ['base64', 'AP8'], ['base64', 'AP9='], ['base64', 'AP8=='], ['base64', 'AP_='], ['base64', 'AP8=\n'], ['base64', 'A P8='],
  ])('rejects %s %p', (encoding, text) => {
    expect(decodeSignature(text, encoding)).toBeUndefined();
  });

  test('accepts only one text for a signature in each encoding and case', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), fc.constantFrom('hex' as const, 'base64' as const), (bytes, encoding) => {
      const text = Buffer.from(bytes).toString(encoding);

      expect(decodeSignature(text, encoding)?.toString(encoding)).toBe(text);
    }));
    fc.assert(fc.property(fc.string(), (text) => {
      const decoded = decodeSignature(text, 'base64');

      expect(decoded === undefined || decoded.toString('base64') === text).toBe(true);
    }));
  });
});

describe('decodeAs', () => {
  test.each<['hex' | 'base64' | 'base64url', string]>([
    ['hex', 'fbf0'], ['base64', '+/A='], ['base64', '+/A'], ['base64url', '-_A='], ['base64url', '-_A'],
  ])('decodes %s %s', (encoding, text) => {
    expect(decodeAs(encoding, text)).toEqual(Buffer.from([0xfb, 0xf0]));
  });

  test.each<['hex' | 'base64' | 'base64url', string]>([
    ['hex', 'fbf'], ['base64', '-_8='], ['base64', '+/8=='], ['base64', '+/9'], ['base64', ''], ['base64url', '+/8'], ['base64url', '-_9'], ['base64url', ''],
  ])('rejects %s %p', (encoding, text) => {
    expect(decodeAs(encoding, text)).toBeUndefined();
  });
});

describe('isSignedByAny', () => {
  const signature = (secret: string) => createHmac('sha256', secret).update('1.body').digest();

  test('accepts any of the signatures by any of the secrets', () => {
    const isSigned = isSignedByAny('sha256', ['old', Buffer.from('new')], ['1.', Buffer.from('body')], [signature('other'), signature('new')]);

    expect(isSigned).toBe(true);
  });

  test.each<[string, Buffer[]]>([
    ['no signature', []],
    ['another secret\'s signature', [signature('other')]],
    ['a part of the signature', [signature('a').subarray(1)]],
    ['the signature with an extra byte', [Buffer.concat([signature('a'), Buffer.alloc(1)])]],
    ['an empty signature', [Buffer.alloc(0)]],
  ])('rejects %s', (_, signatures) => {
    expect(isSignedByAny('sha256', ['a'], ['1.', 'body'], signatures)).toBe(false);
  });

  test('rejects any signature without a secret', () => {
    expect(isSignedByAny('sha256', [], ['1.', 'body'], [signature('')])).toBe(false);
  });
});
