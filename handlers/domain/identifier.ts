import { createHash, createHmac } from 'node:crypto';
import { SWEEP_PARTITIONS } from '../../src/private/contract';

/** Begins the stored form of an identifier that cannot be stored unchanged. */
const HASH_PREFIX = 'sha256:';
/** Begins the identifier of an event whose provider signs none. */
const BODY_PREFIX = 'body-sha256:';

/**
 * The stored form of an identifier. If it is too long or not valid UTF-8, it is
 * replaced by its hash, because two truncated or repaired ones could be equal. So
 * is an identifier that begins like a hash: it could be the hash of another one.
 */
export function identifier(id: string, maxBytes: number): string {
  const bytes = Buffer.from(id);
  const isUnchanged = bytes.length <= maxBytes && bytes.toString() === id && !id.startsWith(HASH_PREFIX) && !id.startsWith(BODY_PREFIX);
  return isUnchanged ? id : HASH_PREFIX + sha256(Buffer.from(id, 'utf16le'));
}

/** The identifier of an event whose provider signs none. Differs from every `identifier`. */
export function bodyIdentifier(body: Buffer): string {
  return BODY_PREFIX + sha256(body);
}

/** No spaces, quotes and `@`: neither a text nor an email address. */
const PLAIN_ID = /^[\w.:#|=+/-]{1,256}$/;

/**
 * The form of an identifier in the log: unchanged, or its hash if it contains other
 * characters than identifiers do. A sender could use a name or an address as one.
 */
export function idForLog(id: string): string {
  return PLAIN_ID.test(id) ? id : HASH_PREFIX + sha256(id);
}

/** The prefix of the customer ids of guests. Providers' own ids do not begin with it. */
const GUEST_PREFIX = 'contact:';
/** 128 bits in hexadecimal digits: two contacts do not get the same hash. */
const CONTACT_DIGITS = 32;

/** The hash of an email address or phone number in its canonical form, which nobody can compute without the key. */
export function contactHash(key: string, contact: string): string {
  return createHmac('sha256', key).update(contact).digest('hex').slice(0, CONTACT_DIGITS);
}

/** The customer id of a guest, from the hash of the contact. */
export function guestId(hash: string): string {
  return GUEST_PREFIX + hash;
}

/** DynamoDB's limit for a partition key, of a table or an index. */
const MAX_KEY_BYTES = 2048;

/**
 * The partition of the customer index with a customer's events. The validator
 * writes it and the fraud detector queries it, so both use this function. A key
 * over DynamoDB's limit is replaced by its hash.
 */
export function customerKey(provider: string, customerId: string): string {
  const key = `${provider}:${customerId}`;
  return Buffer.byteLength(key) <= MAX_KEY_BYTES ? key : `${provider}:${HASH_PREFIX}${sha256(customerId)}`;
}

/** Spreads the open items over the partitions of their index. */
export function sweepPartition(transactionId: string): string {
  return String(createHash('sha256').update(transactionId).digest().readUInt32BE() % SWEEP_PARTITIONS);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
