import { Attr, type Kind } from '../../../src/private/contract';
import { isTransaction } from '../../aws/stored-item';
import type { StreamChange } from '../../aws/stream-change';

/** The kind of the events of disputes. */
export const DISPUTED: Kind = 'disputed';

/** A dispute that took money back. */
export interface Dispute {
  readonly transactionId: string;
  /** When its webhook was received, as ISO 8601. */
  readonly receivedAt: string;
}

/**
 * The dispute that a change stores. Undefined for all other changes: the later events of a dispute, such as its end, move no
 * money. An item without a valid time is sent to the dead-letter queue, because it cannot be published.
 */
export function disputeOf({ eventName, newImage }: Pick<StreamChange, 'eventName' | 'newImage'>): Dispute | undefined {
  if (eventName !== 'INSERT' || !isTransaction(newImage)) {
    return undefined;
  }
  const receivedAt = newImage[Attr.RECEIVED_AT]?.S ?? '';
  const isDispute = newImage[Attr.KIND]?.S === DISPUTED && newImage[Attr.MONEY_MOVEMENT]?.BOOL === true;
  return isDispute && !Number.isNaN(Date.parse(receivedAt)) ? { transactionId: newImage[Attr.TRANSACTION_ID].S!, receivedAt } : undefined;
}
