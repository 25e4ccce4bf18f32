import { LIMITS } from './limits';
import type { LeftOut } from '../emulator/left-out';
import { differences, type Outcome } from '../observe/outcome';
import type { Alert } from '../observe/taps';
import type { Case } from '../scenario/case';

/** A case with what came of it. */
export interface Result {
  readonly name: string;
  readonly expected: Outcome;
  readonly actual: Outcome;
  /** As they were received, of the cases that show them. They hold times and ids. */
  readonly alerts: readonly Alert[];
}

/** All of a run, without times, ids and ports: two good runs give the same text. */
export interface Report {
  readonly results: readonly Result[];
  /** What arrived although nothing that was sent accounts for it. */
  readonly unexpected: readonly string[];
  /** What was not deployed because the emulator rejects it. */
  readonly leftOut: readonly LeftOut[];
}

/** What came of the scenario. */
export type ScenarioReport = Omit<Report, 'leftOut'>;

export function resultOf({ name, expected, showsAlerts = false }: Case, actual: Outcome, alerts: readonly Alert[]): Result {
  return { name, expected, actual, alerts: showsAlerts ? alerts : [] };
}

export function hasPassed({ expected, actual }: Result): boolean {
  return differences(expected, actual).length === 0;
}

/** Cases that did all that was expected, and those that did not, with the check for unexpectedRecords as one more. */
export function counts({ results, unexpected }: ScenarioReport): { passed: number; failed: number } {
  const failed = results.filter((result) => !hasPassed(result)).length + (unexpected.length > 0 ? 1 : 0);
  return { passed: results.length + 1 - failed, failed };
}

/** The report as JSON, which CI compares with local/expected-report.json. */
export function toJson(report: Report): string {
  return `${JSON.stringify({
    ...counts(report),
    events: report.results.map((result) => ({
      event: result.name,
      ...result.actual,
      ...(hasPassed(result) ? {} : { expected: result.expected }),
    })),
    unexpected: report.unexpected,
    leftOut: report.leftOut,
    notExercised: LIMITS,
  }, undefined, 2)}\n`;
}
