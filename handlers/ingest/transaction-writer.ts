import type { StoreResult } from './ingest';
import { separateBody } from './large-body';
import { fitsTable, type TransactionItem } from './transaction-item';
import { findDuplicate, storeFitting, storeTransmission } from './transaction-table';
import type { TransmissionItem } from './transmission-item';
import { Attr, Metric } from '../../src/private/contract';
import { count } from '../aws/telemetry';

/**
 * With 2.5 seconds for the secrets, this is below the shortest time-out of a
 * provider, which is 5 seconds.
 */
const DEADLINE_MS = 2_200;
/** The deadline of an item whose body is written to S3 in between, within at most 2.5 seconds. */
const LARGE_DEADLINE_MS = 4_700;

/**
 * Stores a transaction once, with its transmission if there is one. Only the
 * conditions deduplicate. Any other failure is thrown, so that the provider
 * retries the webhook.
 */
export async function storeOnce(item: TransactionItem, transmission?: TransmissionItem): Promise<StoreResult> {
  try {
    return fitsTable(item)
      ? await storeFitting(item, transmission, Date.now() + DEADLINE_MS)
      : await storeLarge(item, transmission, Date.now() + LARGE_DEADLINE_MS);
  } catch (error) {
    count(Metric.STORE_FAILED, String(item[Attr.PROVIDER]));
    throw error;
  }
}

/**
 * Stores an item whose body does not fit: first the body as an object, then the
 * item, so that no item names a missing object. After a failure in between, the
 * retry finds the object.
 *
 * Two steps come before the object, so that the archive gets no body without an
 * item. The transmission is stored, because its body can be forged. A duplicate
 * ends here, because its stored body could have been deleted on purpose.
 */
async function storeLarge(large: TransactionItem, transmission: TransmissionItem | undefined, deadline: number): Promise<StoreResult> {
  if (transmission && !await storeTransmission(transmission, deadline)) {
    return 'body-mismatch';
  }
  const { item, key, content } = separateBody(large);
  const duplicate = await findDuplicate(item, deadline);
  if (duplicate) {
    return duplicate;
  }
  await loadBodyObject().writeBody(key, content);
  return storeFitting(item, transmission, deadline);
}

/** The client of S3 is loaded when the first large body arrives. It would double the size of what every instance loads. */
function loadBodyObject(): typeof import('./body-object') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- import() is not available in the CommonJS that the tests run in
  return require('./body-object') as typeof import('./body-object');
}
