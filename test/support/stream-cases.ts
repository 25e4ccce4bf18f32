import * as fc from 'fast-check';
import type { StoredItem, StoredValue } from '../../handlers/aws/stored-item';
import type { StreamRecord } from '../../handlers/aws/stream-change';
import { ASSESSMENT, storedTransaction, streamRecord } from '../handlers/support/items';

/** An attribute that is unchanged, of another type, or missing. */
function altered(value: StoredValue): fc.Arbitrary<StoredValue | undefined> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(value) },
    { weight: 2, arbitrary: fc.constant(undefined) },
    fc.constantFrom<StoredValue>({ S: '' }, { S: 'other' }, { N: '1' }, { NULL: true }, { L: [] }, { L: [{ S: 'block' }] }, { M: { S: { S: 'block' } } }),
  );
}

/** A transaction with and without a verdict, and items that only look like one. */
const image: fc.Arbitrary<StoredItem> = fc.record({
  transaction_id: fc.constantFrom<StoredValue>({ S: 'stripe:pi_1' }, { S: 'blocklist:country:DE' }),
  record_type: altered({ S: 'transaction' }),
  verdict: altered({ S: 'block' }),
  assessed: fc.boolean(),
  closed: fc.boolean(),
}).map(({ assessed, closed, ...overrides }) => Object.fromEntries(Object.entries({
  ...storedTransaction() as StoredItem,
  ...assessed ? ASSESSMENT as StoredItem : {},
  ...closed ? { closed_at: { S: '2025-03-04T05:06:10.000Z' } } : {},
  ...overrides,
}).filter((entry): entry is [string, StoredValue] => entry[1] !== undefined)));

/** A change of any kind, with the images in the stream. */
export const streamRecordCase: fc.Arbitrary<StreamRecord> = fc.record({ eventName: fc.constantFrom('INSERT', 'MODIFY', 'REMOVE'), newImage: image, oldImage: image })
  .map(({ eventName, newImage, oldImage }) => streamRecord(1, eventName, {
    ...eventName !== 'REMOVE' && { newImage },
    ...eventName !== 'INSERT' && { oldImage },
  }));
