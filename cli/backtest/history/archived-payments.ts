import { sortedByReceipt, withTransactionLabels, type PaymentEvent } from './payment-event';
import { isTransaction, UnreadableItem, type StoredItem } from '../../../handlers/aws/stored-item';
import { toTransactionDetail, type DetailConfig } from '../../../handlers/publish/events/detail';
import { Attr, LABELS } from '../../../src/private/contract';
import type { ArchiveReader } from '../../transactions/archive-reader';
import { itemOfChange } from '../../transactions/archived-item';

/** The archived payments of a time. */
export interface ArchivedPayments {
  readonly events: readonly PaymentEvent[];
  /** The number of items that an older or newer version wrote in another format. */
  readonly unreadable: number;
}

/** The payments received from the first time until before the second one, with the labels that are archived until now. */
export interface ArchivedTime {
  readonly since: Date;
  readonly until: Date;
  readonly now: Date;
}

/** Reports how many objects were read, and how many events they had. */
export type OnArchiveRead = (objects: number, events: number) => void;

/**
 * Reads the money movements and declined payments that were received in a time. Labels arrive weeks after a payment, so all
 * later objects are read too: the last image of an item counts.
 */
export async function paymentsInArchive(
  reader: ArchiveReader, { since, until, now }: ArchivedTime, config: DetailConfig, onRead: OnArchiveRead,
): Promise<ArchivedPayments> {
  const items = new Map<string, StoredItem>();
  let objects = 0;
  for await (const object of reader.objects(since, now)) {
    for await (const change of reader.changes(object)) {
      const item = itemOfChange(change);
      const receivedAt = item?.[Attr.RECEIVED_AT]?.S ?? '';
      // Only the events that rules can read have the attribute.
      if (isTransaction(item) && item[Attr.OCCURRED_AT] && receivedAt >= since.toISOString() && receivedAt < until.toISOString()) {
        const { [Attr.BODY]: _, ...attributes } = item;
        items.set(JSON.stringify([change.transaction_id, change.timestamp]), attributes);
      }
    }
    onRead(++objects, items.size);
  }
  const read = [...items.values()].map((item) => paymentEventOfItem(item, config));
  const events = read.filter((event) => event !== undefined);
  return { events: sortedByReceipt(withTransactionLabels(events)), unreadable: read.length - events.length };
}

/** The event of a stored item. Undefined if the item does not have the format of the validator. */
export function paymentEventOfItem(item: StoredItem, config: DetailConfig): PaymentEvent | undefined {
  try {
    const detail = toTransactionDetail(item, config);
    return {
      detail,
      declined: !detail.money_movement,
      label: LABELS.find((label) => label === item[Attr.LABEL]?.S),
      labeledAt: item[Attr.LABELED_AT]?.S,
    };
  } catch (error) {
    if (!(error instanceof UnreadableItem)) {
      throw error;
    }
    return undefined;
  }
}
