import { toAssessedDetail, toTransactionDetail, type DetailConfig } from './detail';
import type { EventEntry } from './event-entry';
import { Attr, DetailType, type AssessedDetail, type TransactionDetail } from '../../../src/private/contract';
import { isTransaction, type StoredItem } from '../../aws/stored-item';
import type { StreamChange } from '../../aws/stream-change';

/** An event of a change, before it is wrapped for the bus. */
export interface ChangeEvent {
  readonly type: EventEntry['DetailType'];
  readonly detail: TransactionDetail | AssessedDetail;
  readonly item: StoredItem;
}

/**
 * The events of a change. A new transaction and a new verdict are events. A
 * verdict that blocks is an additional event, so that a user's rule does not need
 * a pattern for it. Other changes are not events: claims and sweeps, which modify
 * the item too, deletions, and other record types.
 */
export function eventsOf({ eventName, newImage, oldImage }: StreamChange, config: DetailConfig): ChangeEvent[] {
  if (!isTransaction(newImage)) {
    return [];
  }
  if (eventName === 'INSERT') {
    return [{ type: DetailType.RECEIVED, detail: toTransactionDetail(newImage, config), item: newImage }];
  }
  if (eventName === 'MODIFY' && newImage[Attr.VERDICT] && !oldImage?.[Attr.VERDICT]) {
    const detail = toAssessedDetail(newImage, config);
    const types = detail.verdict === 'block' ? [DetailType.ASSESSED, DetailType.BLOCKED] : [DetailType.ASSESSED];
    return types.map((type) => ({ type, detail, item: newImage }));
  }
  return [];
}
