/**
 * The effects of one webhook as text. Expectations and observations use the
 * same words, so that they can be compared.
 */
export interface Outcome {
  /** HTTP status and the result in the body. */
  readonly answer: string;
  /** Items in the table. */
  readonly item: string;
  /** Events on the bus. */
  readonly events: string;
  /** The rules that matched. */
  readonly rule: string;
  readonly verdict: string;
  /** The reasons that add up to the verdict's score. */
  readonly reasons: string;
  /** The alerts that a subscriber received: the tiers, then the verdicts. */
  readonly alert: string;
  /** Changes in the audit archive. */
  readonly audit: string;
}

export const NONE = '-';

/** The columns in the order of the data. Reasons are too long for a column. */
export const COLUMNS: ReadonlyArray<keyof Outcome> = ['answer', 'item', 'events', 'rule', 'verdict', 'alert', 'audit'];

/** The parts that differ between two outcomes. */
export function differences(expected: Outcome, actual: Outcome): Array<keyof Outcome> {
  return [...COLUMNS, 'reasons' as const].filter((part) => expected[part] !== actual[part]);
}
