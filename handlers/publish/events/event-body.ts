import { Attr, MAX_DETAIL_BYTES, type TransactionDetail } from '../../../src/private/contract';
import { unpackBody } from '../../aws/raw-body';
import type { StoredItem } from '../../aws/stored-item';

/**
 * Adds the raw body to a detail. If the event would be too large, or the item has no readable body, `body_omitted`
 * replaces it: a payment's event does not fail because of its body.
 */
export function withBody<T extends TransactionDetail>(detail: T, item: StoredItem): T {
  const complete = { ...detail, ...bodyOf(item) };
  return Buffer.byteLength(JSON.stringify(complete)) <= MAX_DETAIL_BYTES ? complete : { ...detail, body_omitted: true };
}

function bodyOf({ [Attr.BODY]: stored }: StoredItem): Pick<TransactionDetail, 'body' | 'body_base64' | 'body_omitted'> {
  try {
    return unpackBody(stored);
  } catch {
    return { body_omitted: true };
  }
}
