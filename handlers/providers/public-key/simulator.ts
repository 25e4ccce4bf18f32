import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { signAsConfigured } from '../shared/simulators/configured-signature';
import { mappedEvents } from '../shared/simulators/mapped-events';
import type { ProviderSimulator } from '../shared/simulators/provider-simulator';

export const simulator = {
  events: mappedEvents({}),
  eventsOf: mappedEvents,

  /** The secret is the private key in PEM. */
  sign(body, { secret, config, ...signature }) {
    if (!config.signature) {
      throw new Error('the simulator of the scheme public-key needs the configuration of the signature');
    }
    const key = createPrivateKey(secret);
    // Ed25519 defines its own hash.
    const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    return signAsConfigured(body, config.signature, signature, (content) => sign(digest, content, key));
  },

  newSecret: () => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
} satisfies ProviderSimulator;
