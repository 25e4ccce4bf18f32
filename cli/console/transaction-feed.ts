import { randomUUID } from 'node:crypto';
import type { FeedMessage } from './model/console-answers';
import { eventKeyOf, merged, type ConsoleTransaction } from './model/console-transaction';

/** The transactions that the server keeps, and so does the page. */
export const FEED_CAPACITY = 10_000;

interface FeedEntry {
  readonly transaction: ConsoleTransaction;
  readonly change: number;
}

/** A message with its id, from which a page continues. */
export interface IdentifiedMessage extends FeedMessage {
  readonly id: string;
}

/**
 * The newest transactions, each with its last change. A page that reconnects gets those that changed since its last message.
 * If the feed is another one or has forgotten that change, the page gets everything.
 */
export class TransactionFeed {
  private readonly epoch = randomUUID();
  private readonly entries = new Map<string, FeedEntry>();
  private readonly listeners = new Set<(message: IdentifiedMessage) => void>();
  private changes = 0;
  private lastNote: string | undefined;

  constructor(private readonly capacity = FEED_CAPACITY) {}

  public get size(): number {
    return this.entries.size;
  }

  public find(key: string): ConsoleTransaction | undefined {
    return this.entries.get(key)?.transaction;
  }

  /** Adds what changed. Nothing is reported for what was known already. */
  public report(transactions: readonly ConsoleTransaction[]): void {
    const changed = new Map<string, ConsoleTransaction>();
    for (const news of transactions) {
      const key = eventKeyOf(news);
      const known = this.entries.get(key)?.transaction;
      const transaction = merged(known, news);
      if (known === undefined || JSON.stringify(known) !== JSON.stringify(transaction)) {
        this.entries.set(key, { transaction, change: ++this.changes });
        changed.set(key, transaction);
      }
    }
    this.evict();
    const kept = [...changed].filter(([key]) => this.entries.has(key)).map(([, transaction]) => transaction);
    if (kept.length > 0) {
      this.send({ id: this.id(), transactions: kept });
    }
  }

  /** Shows a text in the page, such as why nothing arrives. An empty text removes it. */
  public note(text: string): void {
    if (text !== (this.lastNote ?? '')) {
      this.lastNote = text;
      this.send({ id: this.id(), transactions: [], note: text });
    }
  }

  /** What a page must know now, which has the message with this id. */
  public messageSince(id: string | undefined): IdentifiedMessage {
    const [epoch, number] = (id ?? '').split('/');
    const since = epoch === this.epoch && /^\d{1,15}$/.test(number) && Number(number) <= this.changes ? Number(number) : undefined;
    const entries = [...this.entries.values()].filter(({ change }) => since === undefined || change > since);
    return {
      id: this.id(),
      transactions: entries.map(({ transaction }) => transaction),
      ...since === undefined && { isSnapshot: true },
      ...this.lastNote !== undefined && { note: this.lastNote },
    };
  }

  /** Calls for each message from now on. Returns the function that ends it. */
  public subscribe(listener: (message: IdentifiedMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private id(): string {
    return `${this.epoch}/${this.changes}`;
  }

  private send(message: IdentifiedMessage): void {
    this.listeners.forEach((listener) => listener(message));
  }

  /** Forgets the oldest ones, several at a time, because each time sorts all of them. */
  private evict(): void {
    if (this.entries.size <= this.capacity) {
      return;
    }
    const oldest = [...this.entries].sort(([, a], [, b]) => (a.transaction.receivedAt < b.transaction.receivedAt ? -1 : 1));
    const spare = Math.floor(this.capacity / 20);
    oldest.slice(0, this.entries.size - this.capacity + spare).forEach(([key]) => this.entries.delete(key));
  }
}
