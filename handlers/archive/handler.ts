import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { archiveChanges } from './archive';
import { toChange } from '../aws/stream-change';
import { withInvocation } from '../aws/telemetry';

/**
 * Archives a batch of the table's stream. Errors are thrown: Lambda retries
 * the batch, or splits it. The object of a part then overlaps with that of the
 * whole, which is harmless, because readers deduplicate by `event_id`.
 */
export async function handler({ Records }: DynamoDBStreamEvent, context?: Pick<Context, 'awsRequestId'>): Promise<void> {
  await withInvocation(context, async () => archiveChanges(Records.map(toChange)));
}
