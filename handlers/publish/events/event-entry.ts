import type { AssessedDetail, DetailType, TierConfig, TransactionDetail } from '../../../src/private/contract';

/** One entry of PutEvents. */
export interface EventEntry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: (typeof DetailType)[keyof typeof DetailType];
  readonly Detail: string;
  readonly Time: Date;
}

/** What turns transactions into entries. */
export interface PublishingConfig {
  readonly eventBusName: string;
  readonly source: string;
  readonly tiers: TierConfig;
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
