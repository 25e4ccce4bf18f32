import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MonthResult } from './month-results';

const FILE = join(__dirname, 'results.json');

/** The stored results of every month, which the tables are computed from. */
export function readResults(): MonthResult[] {
  return JSON.parse(readFileSync(FILE, 'utf8')) as MonthResult[];
}

/** Writes one line for each month. */
export function writeResults(results: readonly MonthResult[]): void {
  writeFileSync(FILE, `[\n${results.map((result) => JSON.stringify(result)).join(',\n')}\n]\n`);
}
