import { createHmac, randomBytes } from 'node:crypto';
import { SecretField, type ProviderConfig } from '../../../src/private/contract';
import { signAsConfigured } from '../shared/simulators/configured-signature';
import { mappedEvents } from '../shared/simulators/mapped-events';
import type { ProviderSimulator } from '../shared/simulators/provider-simulator';

/** The key and the URL. If the URL is signed, the secret is JSON with both. */
function macKeyOf(secret: string, { hmac }: ProviderConfig): { readonly key: Buffer; readonly url?: string } {
  const { [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url } = signsUrl(hmac)
    ? JSON.parse(secret) as Record<string, string>
    : { [SecretField.SIGNATURE_KEY]: secret };
  return { key: Buffer.from(key, hmac?.keyEncoding ?? 'utf8'), url };
}

function signsUrl(hmac: ProviderConfig['hmac']): boolean {
  return hmac?.signedContent?.includes('{url}') ?? false;
}

export const simulator = {
  events: mappedEvents({}),
  eventsOf: mappedEvents,

  sign(body, { secret, config, ...signature }) {
    if (!config.hmac) {
      throw new Error('the simulator of the scheme hmac needs the configuration of the signature');
    }
    const { key, url } = macKeyOf(secret, config);
    const { algorithm } = config.hmac;
    return signAsConfigured(body, config.hmac, signature, (content) => createHmac(algorithm, key).update(content).digest(), url);
  },

  newSecret(url, { hmac } = { name: 'hmac', scheme: 'hmac', secretArns: [] }) {
    const key = randomBytes(32).toString(hmac?.keyEncoding ?? 'hex');
    return signsUrl(hmac) ? JSON.stringify({ [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url }) : key;
  },
} satisfies ProviderSimulator;
