import type { TransactionItem } from './transaction-item';
import { Attr } from '../../src/private/contract';
import { toBuffer, unpackBytes } from '../aws/raw-body';
import type { StoredItem } from '../aws/stored-item';
import { bodyKeyFor, hashesInBodyKey, hexHash } from '../domain/body-key';

/** An item that is too large for the table, as an item without its body, and the object that has the body. */
export interface SeparateBody {
  readonly item: TransactionItem;
  readonly key: string;
  /** Compressed with gzip. */
  readonly content: Uint8Array;
}

/**
 * Separates the body from an item. A retry writes the same object, and another
 * body never replaces it, because the key contains a hash of both.
 */
export function separateBody({ [Attr.BODY]: body, ...item }: TransactionItem): SeparateBody {
  const content = body as Uint8Array;
  const owner = { transactionId: item[Attr.TRANSACTION_ID] as string, timestamp: item[Attr.TIMESTAMP] as string };
  const key = bodyKeyFor(String(item[Attr.PROVIDER]), owner, unpackBytes(content));
  return { item: { ...item, [Attr.BODY_KEY]: key }, key, content };
}

/**
 * The hash of the body of an item, wherever the body is; undefined without a body. Versions of zlib can compress one
 * body differently, so the compressed bytes are not compared.
 */
export function bodyHashOf(item: StoredItem | undefined): string | undefined {
  const { [Attr.BODY]: body, [Attr.BODY_KEY]: key } = item ?? {};
  return body?.B ? hexHash(unpackBytes(toBuffer(body.B))) : hashesInBodyKey(key?.S ?? '')?.body;
}
