import { countedMonths, monthOf, sumOfCounts, type AmountCounts } from '../../handlers/assess/rules/amount-counts';
import { countedStep } from '../../handlers/assess/rules/counted-step';
import type { TransactionDetail } from '../../src/private/contract';

/** Counts the amounts of assessed payments, by currency and month of receipt. */
export class AmountHistory {
  private readonly months = new Map<string, Map<number, number>>();

  /** Adds an assessed payment, unless the fraud detector would not count it. */
  public add(detail: TransactionDetail): void {
    const step = countedStep(detail);
    if (step !== undefined) {
      const key = monthKey(detail.currency, monthOf(detail.received_at));
      const counts = this.months.get(key) ?? new Map<number, number>();
      this.months.set(key, counts.set(step, (counts.get(step) ?? 0) + 1));
    }
  }

  /** The counts in the currency of a payment, of the months that the fraud detector reads. */
  public countsFor({ currency, received_at: receivedAt }: TransactionDetail): AmountCounts {
    return sumOfCounts(countedMonths(receivedAt).flatMap((month) => this.months.get(monthKey(currency, month)) ?? []));
  }
}

function monthKey(currency: string, month: string): string {
  return `${currency} ${month}`;
}
