import { RecordType } from '../../../src/private/contract';

/** The number of steps of amounts in a factor of ten. */
const STEPS_PER_DECADE = 20;

/** Counts of payments by the step of their amount. Each step is 12 % larger than the one before. */
export type AmountCounts = ReadonlyMap<number, number>;

/** The step of an amount in major units. The amount must be positive. */
export function amountStep(amount: number): number {
  return Math.floor(STEPS_PER_DECADE * Math.log10(amount));
}

/** The share of payments that were smaller than an amount, from 0 to 1. Half of the payments on its own step count. */
export function rankOf(amount: number, counts: AmountCounts): number | undefined {
  const own = amountStep(amount);
  let total = 0;
  let smaller = 0;
  for (const [step, count] of counts) {
    total += count;
    smaller += step < own ? count : step === own ? count / 2 : 0;
  }
  return total === 0 ? undefined : smaller / total;
}

/** The partition key of a month's counts: `amount-counts:EUR:2026-01`. */
export function amountCountsKey(currency: string, month: string): string {
  return `${RecordType.AMOUNT_COUNTS}:${currency}:${month}`;
}

/** A month in UTC, such as `2026-01`: the month of a time in ISO 8601, or a number of months before it. */
export function monthOf(time: string, monthsBefore = 0): string {
  const [year, month] = time.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - monthsBefore)).toISOString().slice(0, 7);
}

/** The months whose counts are read for a payment: the month of its receipt and the one before. */
export function countedMonths(receivedAt: string): readonly string[] {
  return [monthOf(receivedAt), monthOf(receivedAt, 1)];
}

/** The counts of several months together. */
export function sumOfCounts(months: readonly AmountCounts[]): AmountCounts {
  const sum = new Map<number, number>();
  for (const [step, count] of months.flatMap((counts) => [...counts])) {
    sum.set(step, (sum.get(step) ?? 0) + count);
  }
  return sum;
}
