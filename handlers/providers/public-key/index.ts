import type { ProviderConfig } from '../../../src/private/contract';
import { normalizeMapped } from '../shared/mapped-transaction';
import type { NormalizedEvent } from '../shared/normalized-event';
import { verifyPublicKeySignature, type PublicKeySignature } from '../shared/public-key-signature';
import type { Scheme } from '../shared/scheme';

/** Any provider that signs with a private key: RSA PKCS #1 v1.5 or ECDSA, both with SHA-256, or Ed25519. */
export const publicKey = {
  events: {},

  verify: verifyPublicKeySignature(signatureOf),

  normalize(request, config): NormalizedEvent {
    return normalizeMapped(request.body, config.fields ?? {});
  },
} satisfies Scheme;

function signatureOf({ signature, publicKeys }: ProviderConfig): PublicKeySignature {
  if (!signature || !publicKeys) {
    throw new Error('a provider of the scheme public-key has no signature configuration or no public keys');
  }
  return { signature, publicKeys };
}
