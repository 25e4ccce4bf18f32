import { toAssessedDetail, toTransactionDetail } from './detail';
import type { EventEntry } from './event-batches';
import { Attr, DetailType, type AssessedDetail, type TierConfig, type TransactionDetail } from '../../src/private/contract';
import { isTransaction } from '../aws/stored-item';
import type { StreamChange } from '../aws/stream-change';

/** What turns transactions into entries. */
export interface PublishingConfig {
  readonly eventBusName: string;
  readonly source: string;
  readonly tiers: TierConfig;
}

/**
 * The events that a change gives rise to: a new transaction is one, a verdict
 * that appears another, and one that blocks a third beside it, so that a rule
 * of the user's needs no pattern for it. Nothing else is an event: not the
 * claims and sweeps, which modify the item too, not a deletion, not another
 * record's type.
 */
export function eventsOf({ eventName, newImage, oldImage }: StreamChange, config: PublishingConfig): EventEntry[] {
  if (!isTransaction(newImage)) {
    return [];
  }
  if (eventName === 'INSERT') {
    return [entryOf(DetailType.RECEIVED, toTransactionDetail(newImage, config.tiers), config)];
  }
  if (eventName === 'MODIFY' && newImage[Attr.VERDICT] && !oldImage?.[Attr.VERDICT]) {
    const detail = toAssessedDetail(newImage, config.tiers);
    const types = detail.verdict === 'block' ? [DetailType.ASSESSED, DetailType.BLOCKED] : [DetailType.ASSESSED];
    return types.map((type) => entryOf(type, detail, config));
  }
  return [];
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
