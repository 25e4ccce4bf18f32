import type { Scheme, Verification } from './scheme';
import { secretObject } from './secret-object';
import { isPlaceholder, verificationBy } from './secret-text';
import { decodeAs, isSignedByAny, verification } from './signature';
import { readSignedRequest } from './signed-request';
import { SecretField, type HmacConfig, type ProviderConfig } from '../../../src/private/contract';

/** The content of a secret. */
interface MacKey {
  readonly key: string | Buffer;
  readonly url: string;
}

/** Verifies an HMAC that a configuration describes. The secret is the key or, if the URL is signed, JSON with both. */
export function verifyHmacSignature(hmacOf: (config: ProviderConfig) => HmacConfig): Scheme['verify'] {
  return (request, secrets, context): Verification => {
    const config = hmacOf(context.config);
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
  };
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
