import { SecretField, type SchemeName } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

const KEY_AND_URL = `JSON with ${SecretField.SIGNATURE_KEY} and ${SecretField.NOTIFICATION_URL}`;
const PRIVATE_KEY = 'a private key in PEM';

/** The secrets that are not any text. */
const FORMATS: { readonly [scheme in SchemeName]?: string } = {
  'square': KEY_AND_URL,
  'braintree': `JSON with ${SecretField.PUBLIC_KEY} and ${SecretField.PRIVATE_KEY}`,
  'wise': PRIVATE_KEY,
  'public-key': PRIVATE_KEY,
  'hmac': `the key of the sender or, if the URL is signed, ${KEY_AND_URL}`,
  'standard-webhooks': `whsec_ and the key in base64 or, if the system verifies with a public key, ${PRIVATE_KEY} (--private-key)`,
};

/** The error for a body or a secret that cannot be signed with. It does not show the secret. */
export function signingFailure(scheme: SchemeName): UsageError {
  const format = FORMATS[scheme];
  return new UsageError(format === undefined
    ? `the body cannot be signed: it does not have the format that ${scheme} signs`
    : `the body cannot be signed with this secret. The secret of ${scheme} is ${format}.`);
}
