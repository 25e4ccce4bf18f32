import { LIMITS } from './limits';
import type { LeftOut } from '../../cli/local/assembly/left-out';
import { differences } from '../observe/outcome';
import type { Result, ScenarioReport } from '../scenario/result';

/** The results of a run, without times, ids and ports, so that two successful runs give the same text. */
export interface Report extends ScenarioReport {
  /** The resources that were not deployed because the emulator rejects them. */
  readonly leftOut: readonly LeftOut[];
}

export function hasPassed({ expected, actual }: Result): boolean {
  return differences(expected, actual).length === 0;
}

/** The numbers of passed and failed cases. The check for unexpected records counts as one case. */
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
