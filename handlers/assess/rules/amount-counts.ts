/** The number of steps of amounts in a factor of ten. */
const STEPS_PER_DECADE = 20;

/** How many payments had which amount: counts by the step of the amount, on a scale on which each step is 12 % larger. */
export type AmountCounts = ReadonlyMap<number, number>;

/** The step of an amount in major units. The amount must be positive. */
export function amountStep(amount: number): number {
  return Math.floor(STEPS_PER_DECADE * Math.log10(amount));
}

/** The share of payments that were smaller than an amount, from 0 to 1. Of the payments on its own step, half count. */
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
