import { createPublicKey, verify as verifySignature, type KeyObject } from 'node:crypto';
import { normalizeCanonical } from '../shared/canonical-transaction';
import { normalizeMapped } from '../shared/mapped-transaction';
import type { NormalizedEvent } from '../shared/normalized-event';
import type { Scheme, Verification } from '../shared/scheme';
import { decodeBase64, decodeSignature, isSignedByAny, verification, isUnixSeconds, isWithinTolerance } from '../shared/signature';
import { singleHeader, type WebhookRequest } from '../shared/webhook-request';

/** Svix, which the standard is based on, sends the same three headers with its own prefix. */
const HEADER_PREFIXES = ['webhook', 'svix'] as const;
const SECRET_PREFIX = 'whsec_';
/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
const MIN_KEY_BYTES = 24;
/**
 * An identifier that contains a time as one of its parts between full stops. The
 * signed text does not show where its parts end, so that the same signature
 * could be sent with a shorter identifier and a longer body. Only one of both
 * must be accepted: the identifier without a time. A Unix time of today has 10
 * digits, and leading zeros are accepted up to 12.
 */
const ID_WITH_TIME = /\.\d{10,12}(?:\.|$)/;
const PUBLIC_KEY_PREFIX = 'whpk_';
const PUBLIC_KEY_BYTES = 32;

interface SignedHeaders {
  readonly id?: string;
  readonly timestamp?: string;
  readonly signature?: string;
  readonly repeated: boolean;
}

/**
 * Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * `<id>.<timestamp>.<raw body>` is signed by HMAC-SHA256 (`v1`) or by ed25519
 * (`v1a`). Signatures of other versions are ignored.
 */
export const standardWebhooks = {
  events: {},

  verify(request, secrets, { config, now }): Verification {
    const { id, timestamp, signature, repeated } = signedHeaders(request);
    if (!signature) {
      return 'signature_missing';
    }
    const [macs, signatures] = [readEntries(signature, 'v1'), readEntries(signature, 'v1a')];
    if (repeated || !id || ID_WITH_TIME.test(id) || !timestamp || !isUnixSeconds(timestamp) || macs.length + signatures.length === 0) {
      return 'signature_malformed';
    }
    const keys = secrets.filter((secret) => !isPublicKey(secret)).map((secret) => decodeKey(secret, SECRET_PREFIX)).filter(isLongEnough);
    const publicKeys = secrets.filter(isPublicKey).map(readPublicKey).filter(isPresent);
    if (keys.length + publicKeys.length === 0) {
      return 'secret_unusable';
    }
    const signed = [Buffer.from(`${id}.${timestamp}.`), request.body];
    const isSigned = isSignedByAny('sha256', keys, signed, macs.filter(isPresent))
      || isSignedByPrivateKeyOfAny(publicKeys, Buffer.concat(signed), signatures.filter(isPresent));
    return verification(isSigned, isWithinTolerance(Number(timestamp), config, now));
  },

  /** The event's identifier is the signed header, which is the same in each attempt. The timestamp in the header is that of the attempt. */
  normalize(request, config): NormalizedEvent {
    const { id } = signedHeaders(request);
    return config.fields ? normalizeMapped(request.body, config.fields, id) : normalizeCanonical(request.body, id);
  },
} satisfies Scheme;

/** All three headers with one prefix, never a mixture of both. */
function signedHeaders(request: WebhookRequest): SignedHeaders {
  const prefix = HEADER_PREFIXES.find((candidate) => singleHeader(request, `${candidate}-signature`).value !== undefined) ?? HEADER_PREFIXES[0];
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => singleHeader(request, `${prefix}-${name}`));
  return {
    id: id.value,
    timestamp: timestamp.value,
    signature: signature.value,
    repeated: id.repeated || timestamp.repeated || signature.repeated,
  };
}

/** The signatures of a version. Undefined for a text that is not a signature. */
function readEntries(signature: string, version: string): (Buffer | undefined)[] {
  const prefix = `${version},`;
  return signature.split(' ').filter((entry) => entry.startsWith(prefix)).map((entry) => decodeSignature(entry.slice(prefix.length), 'base64'));
}

function isSignedByPrivateKeyOfAny(publicKeys: readonly KeyObject[], signed: Buffer, signatures: readonly Buffer[]): boolean {
  return publicKeys.some((key) => signatures.some((signature) => verifySignature(null, signed, key, signature)));
}

function isPublicKey(secret: string): boolean {
  return secret.startsWith(PUBLIC_KEY_PREFIX);
}

function readPublicKey(secret: string): KeyObject | undefined {
  const bytes = decodeKey(secret, PUBLIC_KEY_PREFIX);
  return bytes?.length === PUBLIC_KEY_BYTES
    ? createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') } })
    : undefined;
}

/** The key is the base64 part of the secret. Users sometimes store it without its prefix or its padding. */
function decodeKey(secret: string, prefix: string): Buffer | undefined {
  const encoded = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  return decodeBase64(encoded);
}

function isLongEnough(key: Buffer | undefined): key is Buffer {
  return key !== undefined && key.length >= MIN_KEY_BYTES;
}

function isPresent<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
