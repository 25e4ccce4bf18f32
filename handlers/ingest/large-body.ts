import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { TransactionItem } from './transaction-item';
import { Attr, BODY_PREFIX } from '../../src/private/contract';
import { unpackBytes } from '../aws/raw-body';

/** The hash of a body at the end of its object's key. */
const HASH_IN_KEY = /-([0-9a-f]{64})\.gz$/;

/** An item that is too large for the table, as an item without its body, and the object that has the body. */
export interface SeparateBody {
  readonly item: TransactionItem;
  readonly key: string;
  /** Compressed with gzip. */
  readonly content: Uint8Array;
}

/**
 * Separates the body from an item. The object's key depends only on the item's
 * key and on the body, which are signed: a retry writes the same object, and
 * another body never replaces it.
 */
export function separateBody({ [Attr.BODY]: body, ...item }: TransactionItem): SeparateBody {
  const content = body as Uint8Array;
  const itemHash = hexHash(JSON.stringify([item[Attr.TRANSACTION_ID], item[Attr.TIMESTAMP]]));
  const key = `${BODY_PREFIX}${String(item[Attr.PROVIDER])}/${itemHash}-${hexHash(unpackBytes(content))}.gz`;
  return { item: { ...item, [Attr.BODY_KEY]: key }, key, content };
}

/**
 * The hash of the body of an item, wherever the body is; undefined without a body. Versions of zlib can compress one
 * body differently, so the compressed bytes are not compared.
 */
export function bodyHashOf(item: Readonly<Record<string, AttributeValue>> | undefined): string | undefined {
  const { [Attr.BODY]: body, [Attr.BODY_KEY]: key } = item ?? {};
  return body?.B ? hexHash(unpackBytes(body.B)) : HASH_IN_KEY.exec(key?.S ?? '')?.[1];
}

function hexHash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
