import { detailTransaction } from './console-items';
import type { AssessedDetail, TransactionDetail } from '../../../src/private/contract';
import { DetailType } from '../../../src/private/contract';
import { observedEvent } from '../../listen/observed-event';
import { eventKeyOf, type ConsoleTransaction } from '../model/console-transaction';

/** The medium-value transactions that can still be alerted. Their alerts follow within seconds. */
const MAX_AWAITING = 500;

interface LiveBusEvent {
  readonly 'detail-type': string;
  readonly 'time': string;
  readonly 'detail': TransactionDetail & Partial<AssessedDetail>;
}

const DETAIL_TYPES: readonly string[] = Object.values(DetailType);

/** Reads the messages of a session: events of the bus, and alerts of the topic, which name their payment only. */
export class LiveMessages {
  private readonly awaiting = new Map<string, ConsoleTransaction>();

  constructor(private readonly now: () => Date) {}

  /** The transactions that a message is about. */
  public read(body: string): readonly ConsoleTransaction[] {
    const event = busEventIn(body);
    return event ? [this.published(event)] : this.alerted(body);
  }

  /** A later event of a transaction does not change when it was published first. */
  private published({ 'detail-type': type, detail }: LiveBusEvent): ConsoleTransaction {
    const transaction = { ...detailTransaction(detail), publishedAt: type === DetailType.RECEIVED ? this.now().toISOString() : undefined };
    if (type === DetailType.RECEIVED && transaction.moneyMovement && transaction.tier === 'medium') {
      this.awaiting.set(eventKeyOf(transaction), transaction);
      if (this.awaiting.size > MAX_AWAITING) {
        this.awaiting.delete(this.awaiting.keys().next().value!);
      }
    }
    return transaction;
  }

  private alerted(body: string): readonly ConsoleTransaction[] {
    const alert = observedEvent(body);
    const [key, transaction] = alert?.what === 'alert' && alert.transaction_id !== undefined
      ? [...this.awaiting].find(([, { transactionId }]) => transactionId === alert.transaction_id) ?? [] : [];
    if (key === undefined || transaction === undefined) {
      return [];
    }
    this.awaiting.delete(key);
    return [{ ...transaction, alertedAt: alert!.time }];
  }
}

function busEventIn(body: string): LiveBusEvent | undefined {
  try {
    const event = JSON.parse(body) as Partial<LiveBusEvent> | null;
    const isKnown = event?.['detail-type'] !== undefined && DETAIL_TYPES.includes(event['detail-type']);
    return isKnown && typeof event.detail?.transaction_id === 'string' && typeof event.detail.timestamp === 'string' ? event as LiveBusEvent : undefined;
  } catch {
    return undefined;
  }
}
