import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verification } from './scheme';
import type { HmacConfig, ProviderConfig } from '../../../src/private/contract';

const ENCODED = {
  hex: /^(?:[0-9a-f]+|[0-9A-F]+)$/,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
} as const;

/**
 * Decodes a signature; undefined if the text is not exactly in the encoding.
 * Node's decoder skips invalid characters, so altered texts would still match.
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

const DEFAULT_TOLERANCE_SECONDS = 300;

/** Whether a text is exactly a time in Unix seconds. */
export function isUnixSeconds(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}

/** Whether a signed time is near the local time, in both directions. A time in the future would keep a captured webhook valid for longer. */
export function isWithinTolerance(unixSeconds: string, config: ProviderConfig, now: Date): boolean {
  const age = Math.floor(now.getTime() / 1000) - Number(unixSeconds);
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
