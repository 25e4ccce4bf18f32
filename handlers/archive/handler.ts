import type { DynamoDBStreamEvent } from 'aws-lambda';
import { archiveChanges } from './archive';
import { toChange } from '../aws/stream-change';

/**
 * Archives a batch of the table's stream. Errors are thrown: Lambda retries
 * the batch, or splits it. The object of a part then overlaps with that of the
 * whole, which is harmless, because readers deduplicate by `event_id`.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  await archiveChanges(Records.map(toChange));
}
