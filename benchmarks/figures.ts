/** A value with the range in which it is with 95 % confidence. A computed value has no range: its ends are the value itself. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export type Unit = 'ms' | 'µs' | 'requests/s' | 'bytes' | 'USD' | 'calls' | 'items' | 'write units' | 'read units' | 's' | 'ratio';

/** One candidate, such as a handler or a design, with its figure. */
export interface Row {
  /** Unique among all groups, such as `cold/load/ours`. Goals and charts refer to it. */
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly figure: Interval;
  /** How many times the baseline it is. Absent for a table without a baseline. */
  readonly ratio?: Interval;
}

/** Candidates that are compared with each other. */
export interface FigureTable {
  /** Unique among all groups, such as `cold/load`. */
  readonly id: string;
  readonly title: string;
  /** Explains what is measured and how, in one or two sentences. */
  readonly description: string;
  readonly rows: readonly Row[];
}

export interface GroupOptions {
  /** Whether to run the smallest size that proves the goals, so that all groups together end within three minutes. */
  readonly quick: boolean;
  /** Shows the progress of long work. */
  readonly progress: (message: string) => void;
}

/** Figures on one topic. */
export interface Group {
  readonly name: string;
  readonly measure: (options: GroupOptions) => Promise<readonly FigureTable[]>;
}

/** A value that is computed or counted. */
export function exact(value: number): Interval {
  return { value, low: value, high: value };
}
