import { amountStep, type AmountCounts } from '../../handlers/assess/rules/amount-counts';
import type { TransactionDetail } from '../../src/private/contract';

/** Counts the amounts of assessed payments, by currency and month of receipt. */
export class AmountHistory {
  private readonly months = new Map<string, Map<number, number>>();

  /** Adds a payment whose amount is not zero. */
  public add(amount: number, { currency, received_at: receivedAt }: TransactionDetail): void {
    const key = monthKey(currency, receivedAt.slice(0, 7));
    const counts = this.months.get(key) ?? new Map<number, number>();
    this.months.set(key, counts.set(amountStep(amount), (counts.get(amountStep(amount)) ?? 0) + 1));
  }

  /** The counts in the currency of a payment, of the month of its receipt and the month before. */
  public countsFor({ currency, received_at: receivedAt }: TransactionDetail): AmountCounts {
    const sums = new Map<number, number>();
    for (const month of [receivedAt.slice(0, 7), monthBefore(receivedAt)]) {
      this.months.get(monthKey(currency, month))?.forEach((count, step) => sums.set(step, (sums.get(step) ?? 0) + count));
    }
    return sums;
  }
}

function monthKey(currency: string, month: string): string {
  return `${currency} ${month}`;
}

function monthBefore(time: string): string {
  return new Date(Date.UTC(Number(time.slice(0, 4)), Number(time.slice(5, 7)) - 2)).toISOString().slice(0, 7);
}
