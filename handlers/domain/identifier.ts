import { createHash } from 'node:crypto';

/**
 * The stored form of an identifier. If it is too long or not valid UTF-8, it is
 * replaced by its hash, because two truncated or repaired ones could be equal.
 */
export function identifier(id: string, maxBytes: number): string {
  const bytes = Buffer.from(id);
  return bytes.length <= maxBytes && bytes.toString() === id ? id : `sha256:${createHash('sha256').update(Buffer.from(id, 'utf16le')).digest('hex')}`;
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
  return Buffer.byteLength(key) <= MAX_KEY_BYTES
    ? key
    : `${provider}:sha256:${createHash('sha256').update(customerId).digest('hex')}`;
}
