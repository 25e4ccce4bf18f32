import type { Goal } from './goals';

/** What the project promises. A figure is compared with the figure of the same machine, because times differ from machine to machine. */
export const GOALS: readonly Goal[] = [];
