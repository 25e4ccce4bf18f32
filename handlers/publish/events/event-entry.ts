import type { DetailConfig } from './detail';
import { withBody } from './event-body';
import type { AssessedDetail, DetailType, TransactionDetail } from '../../../src/private/contract';
import type { StoredItem } from '../../aws/stored-item';

/** One entry of PutEvents. */
export interface EventEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: (typeof DetailType)[keyof typeof DetailType];
  readonly Detail: string;
  readonly Time: Date;
}

/** The settings for creating entries from transactions. */
export interface PublishingConfig extends DetailConfig {
  readonly eventBusName: string;
  readonly source: string;
  /** Whether events contain the raw body. */
  readonly includeBody?: boolean;
}

/** Wraps the detail of an item for PutEvents. */
export function entryOf(
  type: EventEntry['DetailType'], detail: TransactionDetail | AssessedDetail, item: StoredItem, config: PublishingConfig,
): EventEntry {
  return {
    EventBusName: config.eventBusName,
    Source: config.source,
    DetailType: type,
    Detail: JSON.stringify(config.includeBody ? withBody(detail, item) : detail),
    Time: new Date('assessed_at' in detail ? detail.assessed_at : detail.received_at),
  };
}

/** The maximum number of entries in a PutEvents call. */
export const MAX_BATCH_ENTRIES = 10;
/** The entries of one call must be smaller than this together. */
export const MAX_BATCH_BYTES = 256 * 1024;

const TIME_BYTES = 14;

/** An entry's size as EventBridge counts it (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html). */
export function entrySize({ Source, DetailType: type, Detail }: EventEntry): number {
  return TIME_BYTES + Buffer.byteLength(Source) + Buffer.byteLength(type) + Buffer.byteLength(Detail);
}

/** Whether an entry can be published at all. */
export function fitsAlone(entry: EventEntry): boolean {
  return entrySize(entry) < MAX_BATCH_BYTES;
}

/** Splits entries, which each fit alone, into calls of PutEvents, in order. */
export function inBatches<T extends { readonly entry: EventEntry }>(items: readonly T[]): T[][] {
  const batches: T[][] = [];
  let bytes = 0;
  for (const item of items) {
    const size = entrySize(item.entry);
    const current = batches.at(-1);
    if (current && current.length < MAX_BATCH_ENTRIES && bytes + size < MAX_BATCH_BYTES) {
      current.push(item);
      bytes += size;
    } else {
      batches.push([item]);
      bytes = size;
    }
  }
  return batches;
}
