import { SecretField, type HmacConfig, type ProviderConfig } from '../../../src/private/contract';
import { normalizeMapped } from '../shared/mapped-transaction';
import type { NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { secretObject } from '../shared/secret-object';
import { isPlaceholder, verificationBy } from '../shared/secret-text';
import { decodeAs, isSignedByAny, verification } from '../shared/signature';
import { readSignedRequest } from '../shared/signed-request';

/** The content of a secret. */
interface MacKey {
  readonly key: string | Buffer;
  readonly url: string;
}

/**
 * Any provider that sends an HMAC of the raw body in a header, alone or with a
 * time, other headers or the URL. Without a signed time, the key of the table is
 * the only defense against a replay.
 */
export const hmac = {
  events: {},

  verify(request, secrets, context): Verification {
    const config = hmacConfig(context.config);
    const signed = readSignedRequest(request, config, context);
    if (typeof signed === 'string') {
      return signed;
    }
    const { signatures, contentFor, isTimely } = signed;
    const isSignedBy = ({ key, url }: MacKey) => isSignedByAny(config.algorithm, [key], contentFor(url), signatures);
    if (config.keyEncoding === undefined && !signsUrl(config)) {
      return verificationBy(secrets, (usable) => usable.some((key) => isSignedBy({ key, url: '' })), isTimely);
    }
    const keys = secrets.map((secret) => macKeyOf(secret, config)).filter((key) => key !== undefined);
    return keys.length === 0 ? 'secret_unusable' : verification(keys.some(isSignedBy), isTimely);
  },

  normalize(request, config): NormalizedEvent {
    return normalizeMapped(request.body, config.fields ?? {});
  },
} satisfies Scheme;

function hmacConfig(config: ProviderConfig): HmacConfig {
  if (!config.hmac) {
    throw new Error('a provider of the scheme hmac has no hmac configuration');
  }
  return config.hmac;
}

function signsUrl({ signedContent }: HmacConfig): boolean {
  return signedContent?.includes('{url}') ?? false;
}

/** Undefined if the secret is a placeholder, or not in the form that the configuration needs. */
function macKeyOf(secret: string, config: HmacConfig): MacKey | undefined {
  const fields = signsUrl(config)
    ? secretObject(secret, [SecretField.SIGNATURE_KEY, SecretField.NOTIFICATION_URL])
    : { signature_key: secret, notification_url: '' };
  if (!fields || isPlaceholder(fields.signature_key)) {
    return undefined;
  }
  const key = config.keyEncoding === undefined ? fields.signature_key : decodeAs(config.keyEncoding, fields.signature_key);
  return key === undefined ? undefined : { key, url: fields.notification_url };
}
