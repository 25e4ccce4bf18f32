import { toAssessedDetail, toTransactionDetail } from './events/detail';
import { entryOf, type EventEntry, type PublishingConfig } from './events/event-entry';
import { Attr, DetailType } from '../../src/private/contract';
import { isTransaction } from '../aws/stored-item';
import type { StreamChange } from '../aws/stream-change';

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
