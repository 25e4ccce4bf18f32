import type { Case } from './case';
import type { Outcome } from '../observe/outcome';
import type { ReceivedAlert } from '../observe/taps';

/** A case with its outcome. */
export interface Result {
  readonly name: string;
  readonly expected: Outcome;
  readonly actual: Outcome;
  /** The received alerts of the cases that show them. They contain times and ids. */
  readonly alerts: readonly ReceivedAlert[];
}

/** The results of the scenario. */
export interface ScenarioReport {
  readonly results: readonly Result[];
  /** Results that do not belong to any request that was sent. */
  readonly unexpected: readonly string[];
}

export function resultOf({ name, expected, showsAlerts = false }: Case, actual: Outcome, alerts: readonly ReceivedAlert[]): Result {
  return { name, expected, actual, alerts: showsAlerts ? alerts : [] };
}
