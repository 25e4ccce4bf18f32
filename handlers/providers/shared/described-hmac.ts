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

/** Verifies the HMAC of what a description says: the raw body, alone or with a time, other headers or the URL. */
export function verifyDescribedHmac(descriptionOf: (config: ProviderConfig) => HmacConfig): Scheme['verify'] {
  return (request, secrets, context): Verification => {
    const description = descriptionOf(context.config);
    const signed = readSignedRequest(request, description, context);
    if (typeof signed === 'string') {
      return signed;
    }
    const { signatures, contentFor, isTimely } = signed;
    const isSignedBy = ({ key, url }: MacKey) => isSignedByAny(description.algorithm, [key], contentFor(url), signatures);
    if (description.keyEncoding === undefined && !signsUrl(description)) {
      return verificationBy(secrets, (usable) => usable.some((key) => isSignedBy({ key, url: '' })), isTimely);
    }
    const keys = secrets.map((secret) => macKeyOf(secret, description)).filter((key) => key !== undefined);
    return keys.length === 0 ? 'secret_unusable' : verification(keys.some(isSignedBy), isTimely);
  };
}

function signsUrl({ signedContent }: HmacConfig): boolean {
  return signedContent?.includes('{url}') ?? false;
}

/** Undefined if the secret is a placeholder, or not in the form that the description needs. */
function macKeyOf(secret: string, description: HmacConfig): MacKey | undefined {
  const fields = signsUrl(description)
    ? secretObject(secret, [SecretField.SIGNATURE_KEY, SecretField.NOTIFICATION_URL])
    : { signature_key: secret, notification_url: '' };
  if (!fields || isPlaceholder(fields.signature_key)) {
    return undefined;
  }
  const key = description.keyEncoding === undefined ? fields.signature_key : decodeAs(description.keyEncoding, fields.signature_key);
  return key === undefined ? undefined : { key, url: fields.notification_url };
}
