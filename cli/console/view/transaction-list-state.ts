import type { FeedMessage } from '../model/console-answers';
import { eventKeyOf, type ConsoleTransaction } from '../model/console-transaction';

/** The transactions of the page, newest first. It keeps as many as the server. */
export class TransactionListState {
  private readonly byKey = new Map<string, ConsoleTransaction>();
  private newestFirst: readonly ConsoleTransaction[] | undefined = [];

  constructor(private readonly capacity = 10_000) {}

  public apply({ isSnapshot, transactions }: Pick<FeedMessage, 'isSnapshot' | 'transactions'>): void {
    if (isSnapshot) {
      this.byKey.clear();
    }
    transactions.forEach((transaction) => this.byKey.set(eventKeyOf(transaction), transaction));
    this.newestFirst = undefined;
  }

  public find(key: string): ConsoleTransaction | undefined {
    return this.byKey.get(key);
  }

  public get all(): readonly ConsoleTransaction[] {
    if (this.newestFirst === undefined) {
      const sorted = [...this.byKey.values()].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : 0));
      sorted.splice(this.capacity).forEach((transaction) => this.byKey.delete(eventKeyOf(transaction)));
      this.newestFirst = sorted;
    }
    return this.newestFirst;
  }

  public get providers(): readonly string[] {
    return [...new Set(this.all.map(({ provider }) => provider))].sort();
  }
}

/** The place of an event in a list, or -1. */
export function indexOfKey(rows: readonly ConsoleTransaction[], key: string | undefined): number {
  if (key === undefined) {
    return -1;
  }
  const [transactionId, timestamp] = JSON.parse(key) as readonly [string, string];
  return rows.findIndex((row) => row.timestamp === timestamp && row.transactionId === transactionId);
}
