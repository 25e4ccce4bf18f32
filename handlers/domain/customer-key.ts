import { createHash } from 'node:crypto';

/** DynamoDB's limit for a partition key, of a table or an index. */
const MAX_KEY_BYTES = 2048;

/**
 * The partition of the customer index in which a customer's events lie. The
 * validator writes it and the fraud detector queries it, so that both take it
 * from here; a key over DynamoDB's limit is replaced by its hash.
 */
export function customerKey(provider: string, customerId: string): string {
  const key = `${provider}:${customerId}`;
  return Buffer.byteLength(key) <= MAX_KEY_BYTES
    ? key
    : `${provider}:sha256:${createHash('sha256').update(customerId).digest('hex')}`;
}
