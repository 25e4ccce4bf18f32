/**
 * Measures the system side by side with its alternatives, and fails if a goal is
 * missed by more than the noise of the measurement.
 *
 *   npx projen bench [--quick] [--group <name>] [--json <file>] [--write]
 */
import { writeFileSync } from 'node:fs';
import { benchOptions, USAGE, type BenchOptions } from './bench-options';
import type { FigureTable } from './figures';
import { GOALS } from './goal-list';
import { checkGoals } from './goals';
import { GROUPS } from './groups';
import { benchmarkResult } from './report/result-file';
import { textReport } from './report/text';
import { writePerformancePage } from './report/write-page';

async function bench({ quick, groups, json, write }: BenchOptions): Promise<boolean> {
  const tables: FigureTable[] = [];
  for (const { name, measure } of GROUPS.filter((group) => groups.includes(group.name))) {
    const begin = performance.now();
    const progress = (message: string): void => void process.stderr.write(`${name}: ${message}\n`);
    progress('measuring');
    tables.push(...await measure({ quick, progress }));
    progress(`done in ${((performance.now() - begin) / 1_000).toFixed(0)} s`);
  }
  const measuredRows = new Set(tables.flatMap(({ rows }) => rows.map(({ id }) => id)));
  const isComplete = groups.length === GROUPS.length;
  const goals = checkGoals(isComplete ? GOALS : GOALS.filter(({ row }) => measuredRows.has(row)), tables);
  process.stdout.write(`${textReport(tables, goals)}\n`);
  const result = benchmarkResult(tables, goals, quick);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify(result, undefined, 2)}\n`);
  }
  if (write) {
    writePerformancePage(result);
  }
  return goals.every((goal) => goal.result !== 'fail' && goal.result !== 'not measured');
}

async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2), GROUPS.map(({ name }) => name));
  if (options === 'help') {
    process.stdout.write(USAGE);
  } else if (!await bench(options)) {
    process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
