import { AmountHistory } from './amount-history';
import type { PaymentEvent } from './history/payment-event';
import { firstSeenIn, newestTimeOf } from '../../handlers/assess/rules/history-bounds';
import { contextOf, presentEvent, type LoadedContext, type PastEvent } from '../../handlers/assess/rules/rule-context';
import { HISTORY_LIMIT, type Label, type TierConfig, type TransactionDetail } from '../../src/private/contract';

interface HistoryEntry {
  readonly event: PastEvent;
  readonly label?: Label;
  readonly labeledAt?: string;
}

/** The events with one key, in the order of their times: a partition of an index. */
class HistoryPartition {
  private readonly entries: HistoryEntry[] = [];

  public add(entry: HistoryEntry): void {
    let place = this.entries.length;
    while (place > 0 && this.entries[place - 1].event.occurredAt > entry.event.occurredAt) {
      place--;
    }
    this.entries.splice(place, 0, entry);
  }

  /** The newest events up to a time, with the labels that were known when the payment was received. */
  public newest(to: string, receivedAt: string): PastEvent[] {
    const found: PastEvent[] = [];
    for (let place = this.entries.length - 1; place >= 0 && found.length < HISTORY_LIMIT; place--) {
      const { event, label, labeledAt } = this.entries[place];
      if (event.occurredAt <= to) {
        found.push(labeledAt !== undefined && labeledAt <= receivedAt ? { ...event, label } : event);
      }
    }
    return found;
  }
}

class HistoryIndex {
  private readonly partitions = new Map<string, HistoryPartition>();

  public add(key: string | undefined, entry: HistoryEntry): void {
    if (key !== undefined) {
      const partition = this.partitions.get(key) ?? new HistoryPartition();
      this.partitions.set(key, partition);
      partition.add(entry);
    }
  }

  public newest(key: string | undefined, to: string, receivedAt: string): PastEvent[] {
    return (key === undefined ? undefined : this.partitions.get(key))?.newest(to, receivedAt) ?? [];
  }
}

/** The data that the fraud detector would find in the table: the indexes and the counts of amounts, in memory. */
export class EventHistory {
  public readonly amounts = new AmountHistory();
  private readonly movements = new HistoryIndex();
  private readonly declines = new HistoryIndex();
  private readonly cards = new HistoryIndex();
  private readonly emails = new HistoryIndex();

  /** Adds an event. Its label is found only by payments that are received after the label. */
  public add({ detail, declined, label, labeledAt }: PaymentEvent): void {
    const entry = { event: { ...presentEvent(detail), declined }, label, labeledAt };
    (declined ? this.declines : this.movements).add(entry.event.customer, entry);
    this.cards.add(cardKey(detail), entry);
    this.emails.add(detail.email_hash, entry);
  }

  /** The input of the rules for a payment, whose own event was added. */
  public contextFor(detail: TransactionDetail, tiers: TierConfig): LoadedContext {
    const { customer } = presentEvent(detail);
    const history = this.find(this.movements, customer, detail);
    return contextOf(detail, tiers, {
      history,
      firstSeenAt: firstSeenIn(history.map(({ occurredAt }) => occurredAt)),
      declines: this.find(this.declines, customer, detail),
      cardEvents: this.find(this.cards, cardKey(detail), detail),
      emailEvents: this.find(this.emails, detail.email_hash, detail),
      shopAmounts: this.amounts.countsFor(detail),
    });
  }

  /** The events up to a payment, and, if it was received late, up to its receipt. */
  private find(index: HistoryIndex, key: string | undefined, detail: TransactionDetail): PastEvent[] {
    return index.newest(key, newestTimeOf(detail), detail.received_at);
  }
}

/** Each provider names cards in its own way, so that two providers can use the same name for two cards. */
function cardKey({ provider, card_fingerprint: fingerprint }: TransactionDetail): string | undefined {
  return fingerprint && JSON.stringify([provider, fingerprint]);
}
