import type { StoredItem } from './stored-item';
import type { StreamChange } from './stream-change';
import type { TransactionDetail } from '../../src/private/contract';

/** What is written to the dead-letter queue about a record that a handler sets aside. */
export interface DlqMessage {
  readonly origin: 'event-relay' | 'transaction-archival' | 'sweep';
  readonly error: string;
  /** The item's key in DynamoDB's own JSON, as `aws dynamodb get-item --key` takes it. */
  readonly keys: StoredItem;
  readonly sequence_number?: string;
  /** The event that a workflow never finished. */
  readonly event?: TransactionDetail;
}

/**
 * The letter about a change that can never be handled. It carries the item's
 * key and not its images: those may be over the queue's limit, and lie in the table.
 */
export function dlqMessageFor(change: StreamChange, origin: DlqMessage['origin'], error: string): DlqMessage {
  return { origin, error, keys: change.keys, sequence_number: change.sequenceNumber };
}
