import { optionalText, requiredTime, UnreadableItem, type StoredItem } from '../../handlers/aws/stored-item';
import { toAssessedDetail, toTransactionDetail } from '../../handlers/publish/events/detail';
import { entryOf, type EventEntry, type PublishingConfig } from '../../handlers/publish/events/event-entry';
import { Attr, DetailType, type Tier } from '../../src/private/contract';

/** The events of a transaction that a replay publishes. */
export const REPLAYED_DETAILS = ['received', 'assessed', 'all'] as const;
export type ReplayedDetail = (typeof REPLAYED_DETAILS)[number];

/** An event that the relay has published before. */
export interface ReplayedEvent {
  readonly entry: EventEntry;
  readonly transactionId: string;
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly provider: string;
  /** Absent if the event is not routed by amount. */
  readonly tier?: Tier;
}

/** A stored transaction of which no event can be made. */
export interface UnreadableTransaction {
  readonly transactionId: string;
  readonly timestamp: string;
  readonly error: string;
}

export interface ReplayPlan {
  /** By the time of the receipt. */
  readonly events: readonly ReplayedEvent[];
  readonly unreadable: readonly UnreadableTransaction[];
  /** Transactions that were erased, which are never published. */
  readonly erased: number;
}

export interface ReplaySelection {
  readonly detail: ReplayedDetail;
  readonly provider?: string;
  readonly tier?: Tier;
}

/**
 * Makes the events of stored transactions as the relay does, so that a consumer recognizes each of them as one that it
 * has processed.
 */
export function replayPlan(items: readonly StoredItem[], selection: ReplaySelection, settings: PublishingConfig): ReplayPlan {
  const events: ReplayedEvent[] = [];
  const unreadable: UnreadableTransaction[] = [];
  const chosen = items.filter((item) => selection.provider === undefined || item[Attr.PROVIDER].S === selection.provider);
  const kept = chosen.filter((item) => item[Attr.ERASED_AT] === undefined);
  for (const item of inOrderOfReceipt(kept)) {
    const [transactionId, timestamp] = [item[Attr.TRANSACTION_ID].S!, item[Attr.TIMESTAMP].S!];
    try {
      events.push(...eventsToReplay(item, selection, settings));
    } catch (error) {
      if (!(error instanceof UnreadableItem)) {
        throw error;
      }
      unreadable.push({ transactionId, timestamp, error: error.message });
    }
  }
  return { events, unreadable, erased: chosen.length - kept.length };
}

function eventsToReplay(item: StoredItem, { detail, tier }: ReplaySelection, settings: PublishingConfig): ReplayedEvent[] {
  const received = toTransactionDetail(item, settings);
  // The amount of an event that is no movement is not routed by a rule.
  const ownTier = received.money_movement ? received.tier : undefined;
  if (tier !== undefined && tier !== ownTier) {
    return [];
  }
  const entries = [
    ...detail === 'assessed' ? [] : [entryOf(DetailType.RECEIVED, received, item, settings)],
    ...detail === 'received' || optionalText(item, Attr.VERDICT) === undefined ? [] : assessedEntries(item, settings),
  ];
  return entries.map((entry) => ({
    entry,
    transactionId: received.transaction_id,
    timestamp: received.timestamp,
    receivedAt: requiredTime(item, Attr.RECEIVED_AT),
    provider: received.provider,
    tier: ownTier,
  }));
}

function assessedEntries(item: StoredItem, settings: PublishingConfig): EventEntry[] {
  const assessed = toAssessedDetail(item, settings);
  const types = assessed.verdict === 'block' ? [DetailType.ASSESSED, DetailType.BLOCKED] : [DetailType.ASSESSED];
  return types.map((type) => entryOf(type, assessed, item, settings));
}

function inOrderOfReceipt(items: readonly StoredItem[]): StoredItem[] {
  const key = (item: StoredItem) => `${item[Attr.RECEIVED_AT]?.S ?? ''} ${item[Attr.TRANSACTION_ID].S} ${item[Attr.TIMESTAMP].S}`;
  return items.map((item) => ({ item, key: key(item) })).sort((a, b) => a.key < b.key ? -1 : 1).map(({ item }) => item);
}

export interface EventCount {
  readonly provider: string;
  /** `none` if the events are not routed by amount. */
  readonly tier: string;
  readonly type: string;
  readonly events: number;
}

/** The number of events by provider and tier, the most first. */
export function countsByProviderAndTier(events: readonly ReplayedEvent[]): EventCount[] {
  const counts = new Map<string, number>();
  events.forEach(({ provider, tier = 'none', entry }) => {
    const key = JSON.stringify([provider, tier, entry.DetailType]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return [...counts].sort(([, a], [, b]) => b - a).map(([key, count]) => {
    const [provider, tier, type] = JSON.parse(key) as [string, string, string];
    return { provider, tier, type, events: count };
  });
}
