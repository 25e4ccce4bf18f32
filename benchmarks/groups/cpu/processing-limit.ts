import { createHmac, generateKeyPairSync, sign, timingSafeEqual, verify } from 'node:crypto';
import type { SchemeName } from '../../../src/private/contract';

/** The schemes that verify with a public key, and its type. All others verify an HMAC. */
export const PUBLIC_KEY_SCHEMES: ReadonlyMap<SchemeName, 'rsa' | 'ed25519'> = new Map([['paypal', 'rsa'], ['wise', 'rsa'], ['public-key', 'ed25519']]);
/** HMACs other than SHA-256. */
const ALGORITHMS: ReadonlyMap<SchemeName, string> = new Map([['paystack', 'sha512'], ['authorize-net', 'sha512'], ['braintree', 'sha1']]);

/**
 * The least work for a body: the cryptography of its scheme over the bytes, one
 * comparison, and `JSON.parse`. A body that is not JSON is not parsed.
 */
export function processingLimit(scheme: SchemeName, body: Buffer): () => void {
  const parse = isJson(body) ? () => void JSON.parse(body.toString()) : () => undefined;
  const isAuthentic = PUBLIC_KEY_SCHEMES.has(scheme) ? publicKeyCheck(PUBLIC_KEY_SCHEMES.get(scheme)!, body) : hmacCheck(scheme, body);
  return () => {
    if (!isAuthentic()) {
      throw new Error('the signature of the limit does not match');
    }
    parse();
  };
}

function hmacCheck(scheme: SchemeName, body: Buffer): () => boolean {
  const algorithm = ALGORITHMS.get(scheme) ?? 'sha256';
  const key = 'whsec_0123456789abcdefghijklmnop';
  const digest = () => createHmac(algorithm, key).update(body).digest();
  const signature = digest();
  return () => timingSafeEqual(digest(), signature);
}

function publicKeyCheck(type: 'rsa' | 'ed25519', body: Buffer): () => boolean {
  const { publicKey, privateKey } = type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  const digest = type === 'rsa' ? 'sha256' : null;
  const signature = sign(digest, body, privateKey);
  return () => verify(digest, body, publicKey, signature);
}

function isJson(body: Buffer): boolean {
  return body.toString().startsWith('{');
}
