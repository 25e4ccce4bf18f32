import { createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import type { Scheme, Verification } from './scheme';
import { verification } from './signature';
import { readSignedRequest } from './signed-request';
import type { ProviderConfig, SignatureConfig } from '../../../src/private/contract';

/** How a private key signs, and the public keys that verify it: SubjectPublicKeyInfo in base64. */
export interface PublicKeySignature {
  readonly signature: SignatureConfig;
  readonly publicKeys: readonly string[];
}

/** Verifies the signature of a private key with any of the public keys. No secret is needed. */
export function verifyPublicKeySignature(signatureOf: (config: ProviderConfig) => PublicKeySignature): Scheme['verify'] {
  return (request, _, context): Verification => {
    const { signature: form, publicKeys } = signatureOf(context.config);
    const signed = readSignedRequest(request, form, context);
    if (typeof signed === 'string') {
      return signed;
    }
    const content = Buffer.concat(signed.contentFor('').map((part) => Buffer.from(part)));
    const keys = publicKeys.map(keyOfSpki);
    const isSigned = keys.some((key) => signed.signatures.some((signature) => verifySignature(digestOf(key), content, key, signature)));
    return verification(isSigned, signed.isTimely);
  };
}

/** The keys that were read. Reading an RSA key takes longer than a verification with it. The configuration contains few. */
const read = new Map<string, KeyObject>();

function keyOfSpki(base64: string): KeyObject {
  const key = read.get(base64) ?? createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  read.set(base64, key);
  return key;
}

/** Ed25519 defines its own hash. */
function digestOf(key: KeyObject): string | null {
  return key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
}
