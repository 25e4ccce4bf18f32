import type { TransactionAssessedDetail, TransactionBlockedDetail, TransactionReceivedDetail } from '../events';

/** The detail types, each with the type of its detail. */
export interface TransactionDetails {
  readonly 'transaction.received': TransactionReceivedDetail;
  readonly 'transaction.assessed': TransactionAssessedDetail;
  readonly 'transaction.blocked': TransactionBlockedDetail;
}

/** A detail type. */
export type TransactionDetailType = keyof TransactionDetails;

/** An event of one detail type as EventBridge delivers it. */
export interface TransactionEnvelope<Type extends TransactionDetailType> {
  readonly 'version': string;
  /** New each time that the event is published. To recognize an event, use the key that the handler gets. */
  readonly 'id': string;
  readonly 'detail-type': Type;
  /** The `eventSource` of the system. */
  readonly 'source': string;
  readonly 'account': string;
  /** When EventBridge received the event. */
  readonly 'time': string;
  readonly 'region': string;
  readonly 'resources': readonly string[];
  readonly 'detail': TransactionDetails[Type];
}

/** An event of any of the detail types. Compare `detail-type` to narrow its type. */
export type TransactionEvent<Type extends TransactionDetailType = TransactionDetailType> = { [Each in Type]: TransactionEnvelope<Each> }[Type];
