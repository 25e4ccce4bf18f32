import { CommandFailure } from './guarded-command';

/** A cell of the matrix. `run` returns a note, or rejects. */
export interface MatrixCheck {
  readonly dimension: string;
  readonly version: string;
  readonly check: string;
  readonly run: () => Promise<string | void>;
}

export interface MatrixResult extends Omit<MatrixCheck, 'run'> {
  readonly passed: boolean;
  readonly note: string;
}

const WIDEST_NOTE = 150;
const SECOND_MS = 1_000;

/** Runs all checks in their order, some at the same time. Never rejects. */
export async function runChecks(checks: readonly MatrixCheck[], concurrency: number, report: (line: string) => void): Promise<MatrixResult[]> {
  const results: MatrixResult[] = [];
  const waiting = checks.map((check, index) => ({ check, index }));
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const begin = Date.now();
      const result = await resultOf(next.check, report);
      results[next.index] = result;
      report(`${result.passed ? 'passed' : 'FAILED'}: ${result.dimension} ${result.version}: ${result.check} (${Math.round((Date.now() - begin) / SECOND_MS)} s)`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

async function resultOf({ run, ...cell }: MatrixCheck, report: (line: string) => void): Promise<MatrixResult> {
  try {
    return { ...cell, passed: true, note: await run() ?? '' };
  } catch (error) {
    if (error instanceof CommandFailure) {
      report(error.output);
    }
    return { ...cell, passed: false, note: (error as Error).message.split('\n')[0].slice(0, WIDEST_NOTE) };
  }
}

/** The results as a table, in which each line is a cell of the matrix. */
export function matrixTable(results: readonly MatrixResult[]): string {
  const rows = [
    ['dimension', 'version', 'check', 'result', 'note'],
    ...results.map(({ dimension, version, check, passed, note }) => [dimension, version, check, passed ? 'passed' : 'FAILED', note]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}
