import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verification } from './scheme';
import type { HmacConfig, ProviderConfig, SignatureConfig } from '../../../src/private/contract';

const ENCODED = {
  hex: /^(?:[0-9a-f]+|[0-9A-F]+)$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
} as const;

/**
 * Decodes a signature; undefined if the text is not exactly in the encoding.
 * Node's decoder skips invalid characters, so altered texts would still match.
 */
export function decodeSignature(text: string, encoding: keyof typeof ENCODED): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  const isExact = bytes.toString(encoding) === (encoding === 'hex' ? text.toLowerCase() : text);
  return ENCODED[encoding].test(text) && isExact ? bytes : undefined;
}

/** The same for texts in base64 that can lack their padding. */
export function decodeBase64(text: string): Buffer | undefined {
  return decodeSignature(text.includes('=') ? text : text.padEnd(Math.ceil(text.length / 4) * 4, '='), 'base64');
}

/** The same for the encodings that users can choose, where padding is optional. */
export function decodeAs(encoding: SignatureConfig['encoding'], text: string): Buffer | undefined {
  switch (encoding) {
    case 'hex':
      return decodeSignature(text, encoding);
    case 'base64':
      return decodeBase64(text);
    case 'base64url':
      return /[+/]/.test(text) ? undefined : decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
  }
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

const DEFAULT_TOLERANCE_SECONDS = 300;

/** Whether a text is exactly a time in Unix seconds. */
export function isUnixSeconds(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}

/** Whether a signed time is near the local time, in both directions. A time in the future would keep a captured webhook valid for longer. */
export function isWithinTolerance(unixSeconds: number, config: ProviderConfig, now: Date): boolean {
  const age = Math.floor(now.getTime() / 1000) - unixSeconds;
  return Math.abs(age) <= (config.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS);
}

/**
 * The result for a webhook of the right form. The signature is checked first, so
 * that only the owner of a secret learns that the time is out of tolerance.
 */
export function verification(isSigned: boolean, isTimely = true): Verification {
  if (!isSigned) {
    return 'signature_mismatch';
  }
  return isTimely ? 'authentic' : 'timestamp_out_of_tolerance';
}
