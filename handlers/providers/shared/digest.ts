import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HmacConfig } from '../../../src/private/contract';

const ENCODED = {
  hex: /^(?:[0-9a-f]+|[0-9A-F]+)$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
} as const;

/**
 * Decodes a signature, or nothing where the text is not exactly one: Node's
 * decoder skips what it doesn't know, so that altered texts would still match.
 */
export function decodeSignature(text: string, encoding: HmacConfig['encoding']): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  const isExact = bytes.toString(encoding) === (encoding === 'hex' ? text.toLowerCase() : text);
  return ENCODED[encoding].test(text) && isExact ? bytes : undefined;
}

/** Whether one of the secrets made one of the signatures, compared in constant time. */
export function isSignedByAny(
  algorithm: HmacConfig['algorithm'], secrets: readonly (string | Buffer)[], signed: readonly (string | Buffer)[], signatures: readonly Buffer[],
): boolean {
  return secrets.some((secret) => {
    const hmac = createHmac(algorithm, secret);
    signed.forEach((part) => hmac.update(part));
    const expected = hmac.digest();
    return signatures.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  });
}
