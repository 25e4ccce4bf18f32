import type { ProviderConfig } from '../../../src/private/contract';
import { readCanonical } from '../canonical-transaction';
import { readMapped } from '../mapped-transaction';
import { soleHeader, type WebhookRequest } from '../webhook-request';
import { decodeSignature, isSignedByAny } from './digest';
import { verdict, type Scheme, type Verification } from './scheme';
import { isUnixSeconds, isWithinTolerance } from './signed-time';

/** Svix, from which the standard grew, sends the same three headers under its own name. */
const HEADER_PREFIXES = ['webhook', 'svix'] as const;
const SECRET_PREFIX = 'whsec_';

interface SignedHeaders {
  readonly id?: string;
  readonly timestamp?: string;
  readonly signature?: string;
  readonly repeated: boolean;
}

/**
 * Standard Webhooks (https://www.standardwebhooks.com), symmetric signatures:
 * HMAC-SHA256 of `<id>.<timestamp>.<raw body>`. Signatures of other versions
 * are passed over.
 */
export const standardWebhooks: Scheme = {
  verify(request, secrets, config, now): Verification {
    const { id, timestamp, signature, repeated } = signedHeaders(request);
    if (!signature) {
      return 'signature_missing';
    }
    const signatures = signature.split(' ').filter((entry) => entry.startsWith('v1,')).map((entry) => decodeSignature(entry.slice(3), 'base64'));
    if (repeated || !id || !timestamp || !isUnixSeconds(timestamp) || signatures.length === 0) {
      return 'signature_malformed';
    }
    const keys = secrets.map(decodeSecret).filter((key) => key !== undefined);
    if (keys.length === 0) {
      return 'secret_unusable';
    }
    const isSigned = isSignedByAny('sha256', keys, [`${id}.${timestamp}.`, request.body], signatures.filter((bytes) => bytes !== undefined));
    return verdict(isSigned, isWithinTolerance(timestamp, config, now));
  },

  /** The event's identifier is the signed header, the same in each attempt; the header's timestamp is the attempt's. */
  read(request, config: ProviderConfig) {
    const { id } = signedHeaders(request);
    return config.fields ? readMapped(request.body, config.fields, id) : readCanonical(request.body, id);
  },
};

/** All three headers under one name, never a mixture of both. */
function signedHeaders(request: WebhookRequest): SignedHeaders {
  const prefix = HEADER_PREFIXES.find((candidate) => soleHeader(request, `${candidate}-signature`).value !== undefined) ?? HEADER_PREFIXES[0];
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => soleHeader(request, `${prefix}-${name}`));
  return {
    id: id.value,
    timestamp: timestamp.value,
    signature: signature.value,
    repeated: id.repeated || timestamp.repeated || signature.repeated,
  };
}

/** The key is the base64 part of the secret, at times handed over without its prefix or its padding. */
function decodeSecret(secret: string): Buffer | undefined {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  return decodeSignature(encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '='), 'base64');
}
