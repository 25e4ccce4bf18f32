import type { FigureTable, Interval, Unit } from './figures';

/** A limit for a figure. */
export interface Goal {
  readonly label: string;
  /** The row of a group. */
  readonly row: string;
  readonly of: 'ratio' | 'figure';
  readonly limit: number;
  readonly unit: Unit;
  /** For a goal that is out of reach: the limit that the figure must still keep, and what prevents more. */
  readonly outOfReach?: { readonly limit: number; readonly reason: string };
}

/** `out of reach`: above the goal, for a stated reason, and within the other limit. */
export type GoalResult = 'pass' | 'within noise' | 'out of reach' | 'fail' | 'not measured';

export interface CheckedGoal {
  readonly goal: Goal;
  readonly measured?: Interval;
  readonly result: GoalResult;
}

/** Compares the figures with the goals. A figure fails a limit only if its whole interval is above it. */
export function checkGoals(goals: readonly Goal[], tables: readonly FigureTable[]): CheckedGoal[] {
  const rows = new Map(tables.flatMap((table) => table.rows).map((row) => [row.id, row]));
  return goals.map((goal) => {
    const measured = rows.get(goal.row)?.[goal.of];
    return { goal, measured, result: resultOf(goal, measured) };
  });
}

function resultOf({ limit, outOfReach }: Goal, measured: Interval | undefined): GoalResult {
  if (!measured) {
    return 'not measured';
  }
  if (measured.value <= limit) {
    return 'pass';
  }
  if (measured.low <= limit) {
    return 'within noise';
  }
  return outOfReach && measured.low <= outOfReach.limit ? 'out of reach' : 'fail';
}
