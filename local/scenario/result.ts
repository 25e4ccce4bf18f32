import type { Case } from './case';
import type { Outcome } from '../observe/outcome';
import type { ReceivedAlert } from '../observe/taps';

/** A case with what came of it. */
export interface Result {
  readonly name: string;
  readonly expected: Outcome;
  readonly actual: Outcome;
  /** As they were received, of the cases that show them. They hold times and ids. */
  readonly alerts: readonly ReceivedAlert[];
}

/** What came of the scenario. */
export interface ScenarioReport {
  readonly results: readonly Result[];
  /** What arrived although nothing that was sent accounts for it. */
  readonly unexpected: readonly string[];
}

export function resultOf({ name, expected, showsAlerts = false }: Case, actual: Outcome, alerts: readonly ReceivedAlert[]): Result {
  return { name, expected, actual, alerts: showsAlerts ? alerts : [] };
}
