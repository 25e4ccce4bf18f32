import { toAssessedDetail, toTransactionDetail } from './detail';
import type { EventEntry } from './event-batches';
import { isTransaction } from './stored-item';
import type { StreamChange } from './stream-change';
import { Attr, DetailType, type AssessedDetail, type TierConfig, type TransactionDetail } from '../../src/private/contract';

/** What turns transactions into entries. */
export interface PublishingConfig {
  readonly eventBusName: string;
  readonly source: string;
  readonly tiers: TierConfig;
}

/**
 * The event that a change gives rise to, if any: a new transaction, or a
 * verdict that appears. Nothing else is an event: not the claims and sweeps,
 * which modify the item too, not a deletion, not another record's type.
 */
export function eventOf({ eventName, newImage, oldImage }: StreamChange, config: PublishingConfig): EventEntry | undefined {
  if (!isTransaction(newImage)) {
    return undefined;
  }
  if (eventName === 'INSERT') {
    return entryOf(DetailType.RECEIVED, toTransactionDetail(newImage, config.tiers), config);
  }
  if (eventName === 'MODIFY' && newImage[Attr.VERDICT] && !oldImage?.[Attr.VERDICT]) {
    return entryOf(DetailType.ASSESSED, toAssessedDetail(newImage, config.tiers), config);
  }
  return undefined;
}

/** Wraps a detail for PutEvents. */
export function entryOf(type: EventEntry['DetailType'], detail: TransactionDetail | AssessedDetail, config: PublishingConfig): EventEntry {
  return {
    EventBusName: config.eventBusName,
    Source: config.source,
    DetailType: type,
    Detail: JSON.stringify(detail),
    Time: new Date('assessed_at' in detail ? detail.assessed_at : detail.received_at),
  };
}
