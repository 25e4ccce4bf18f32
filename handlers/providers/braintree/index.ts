import { createHash, createHmac } from 'node:crypto';
import { EVENTS } from './braintree-events';
import { SecretField } from '../../../src/private/contract';
import type { NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { secretObject } from '../shared/secret-object';
import { isSignedByAny, verification } from '../shared/signature';

const SIGNATURE = /^[0-9a-f]{40}$/;
/** Base64 in lines. */
const PAYLOAD = /^[A-Za-z0-9+/=\n]+$/;
const CHALLENGE = /^[0-9a-f]{20,32}$/;

/**
 * Braintree: HMAC-SHA1 of the form's `bt_payload`, keyed by the SHA-1 of the
 * private key. `bt_signature` has a signature for each of the account's
 * public keys (https://developer.paypal.com/braintree/docs/guides/webhooks/parse).
 * The only signed time is that of the notification, which a replay repeats.
 */
export const braintree = {
  events: EVENTS,

  verify(request, secrets): Verification {
    const { signature, payload = '', repeated } = readForm(request.body);
    if (!signature) {
      return 'signature_missing';
    }
    const signatures = signature.split('&').filter((entry) => entry.includes('|'));
    // Everyone can get a signed challenge. Accepted as a payload, it would be a forgery.
    if (repeated || signatures.length === 0 || !PAYLOAD.test(payload) || CHALLENGE.test(payload)) {
      return 'signature_malformed';
    }
    const keyPairs = usable(secrets);
    if (keyPairs.length === 0) {
      return 'secret_unusable';
    }
    const verified = verification(keyPairs.some((keys) => isSignedWithKeyPair(keys, payload, signatures)));
    return request.mayBeAltered && verified === 'authentic' ? 'body_not_exact' : verified;
  },

  normalize({ body }, config): NormalizedEvent {
    // The XML parser is loaded with the first notification, not at every cold start.
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest does not support import() in CommonJS
    const { normalizeBraintreeNotification } = require('./notification') as typeof import('./notification');
    return normalizeBraintreeNotification(readForm(body).payload ?? '', config);
  },

  /**
   * Signs only challenges of the exact form. Otherwise it would sign
   * forgeries (https://developer.paypal.com/braintree/docs/guides/webhooks/create).
   */
  answerChallenge({ bt_challenge: challenge = '' }, secrets): string | undefined {
    const [keys] = usable(secrets);
    if (!keys || !CHALLENGE.test(challenge)) {
      return undefined;
    }
    return `${keys.public_key}|${createHmac('sha1', signingKey(keys)).update(challenge).digest('hex')}`;
  },
} satisfies Scheme;

type KeyPair = Readonly<Record<typeof SecretField.PUBLIC_KEY | typeof SecretField.PRIVATE_KEY, string>>;

interface Form {
  readonly signature?: string;
  readonly payload?: string;
  readonly repeated: boolean;
}

function readForm(body: Buffer): Form {
  const form = new URLSearchParams(body.toString());
  const [signatures, payloads] = ['bt_signature', 'bt_payload'].map((name) => form.getAll(name));
  return { signature: signatures[0], payload: payloads[0], repeated: signatures.length > 1 || payloads.length > 1 };
}

function usable(secrets: readonly string[]): KeyPair[] {
  return secrets.map((secret) => secretObject(secret, [SecretField.PUBLIC_KEY, SecretField.PRIVATE_KEY])).filter((keys) => keys !== undefined);
}

function signingKey({ private_key: privateKey }: KeyPair): Buffer {
  return createHash('sha1').update(privateKey).digest();
}

/** The first signature with the public key counts. A line break at the end of the payload can be lost in transit. */
function isSignedWithKeyPair(keys: KeyPair, payload: string, signatures: readonly string[]): boolean {
  const prefix = `${keys.public_key}|`;
  const signature = signatures.find((entry) => entry.startsWith(prefix))?.slice(prefix.length) ?? '';
  return SIGNATURE.test(signature)
    && [payload, `${payload}\n`].some((signed) => isSignedByAny('sha1', [signingKey(keys)], [signed], [Buffer.from(signature, 'hex')]));
}
