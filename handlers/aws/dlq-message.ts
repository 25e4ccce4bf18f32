import type { StoredItem } from './stored-item';
import type { StreamChange } from './stream-change';
import type { TransactionDetail } from '../../src/private/contract';

/** A message in the dead-letter queue about a record that a function cannot process. */
export interface DlqMessage {
  readonly origin: 'event-relay' | 'sweep';
  readonly error: string;
  /** The item's key in DynamoDB's own JSON, in the format of `aws dynamodb get-item --key`. */
  readonly keys: StoredItem;
  readonly sequence_number?: string;
  /** The event that a workflow never finished. */
  readonly event?: TransactionDetail;
}

/**
 * The message about a change that can never be processed. It carries the
 * item's key and not its images, which can exceed the queue's limit and are in
 * the table.
 */
export function dlqMessageFor(change: StreamChange, origin: DlqMessage['origin'], error: string): DlqMessage {
  return { origin, error, keys: change.keys, sequence_number: change.sequenceNumber };
}
