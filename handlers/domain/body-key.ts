import { createHash } from 'node:crypto';
import { BODY_PREFIX } from '../../src/private/contract';

/** The hashes at the end of the key: of the item's key, and of the body. */
const HASHES = /\/([0-9a-f]{64})-([0-9a-f]{64})\.gz$/;

/** The parts of an item's key that the key of its body's object depends on. */
export interface BodyOwner {
  readonly transactionId: string;
  readonly timestamp: string;
}

/** The key of the object with the body of an item. It depends only on the item's key and on the body, which are signed. */
export function bodyKeyFor(provider: string, owner: BodyOwner, body: Uint8Array): string {
  return `${BODY_PREFIX}${provider}/${ownerHash(owner)}-${hexHash(body)}.gz`;
}

/** The hash of an item's key, as the key of its body's object contains it. */
export function ownerHash({ transactionId, timestamp }: BodyOwner): string {
  return hexHash(JSON.stringify([transactionId, timestamp]));
}

/** The hashes in the key of an object with a body. Undefined for other keys. */
export function hashesInBodyKey(key: string): { readonly owner: string; readonly body: string } | undefined {
  const [, owner, body] = HASHES.exec(key) ?? [];
  return owner === undefined ? undefined : { owner, body };
}

/** SHA-256 in hexadecimal digits. */
export function hexHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
