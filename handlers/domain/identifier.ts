import { createHash } from 'node:crypto';

/**
 * An identifier as it is stored. One that is too long, or that UTF-8 cannot
 * carry, is replaced by its hash: cut or repaired, two could become one.
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
