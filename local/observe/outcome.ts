/**
 * What one webhook did, in words: the expectation is written so, and what was
 * read back is put into the same words, so that the two are compared as text.
 */
export interface Outcome {
  /** HTTP status and what the body says. */
  readonly answer: string;
  /** What is in the table. */
  readonly item: string;
  /** Events on the bus. */
  readonly events: string;
  /** The rules that matched. */
  readonly rule: string;
  readonly verdict: string;
  /** What the verdict's score is made of. */
  readonly reasons: string;
  /** What the topic's subscriber was told of: the tiers, then the verdicts. */
  readonly alert: string;
  /** Changes in the audit archive. */
  readonly audit: string;
}

export const NONE = '-';

/** The columns in the order of the data; reasons are too long for one. */
export const COLUMNS: ReadonlyArray<keyof Outcome> = ['answer', 'item', 'events', 'rule', 'verdict', 'alert', 'audit'];

/** The parts in which two outcomes differ. */
export function differences(expected: Outcome, actual: Outcome): Array<keyof Outcome> {
  return [...COLUMNS, 'reasons' as const].filter((part) => expected[part] !== actual[part]);
}
