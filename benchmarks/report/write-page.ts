import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performancePage } from './performance-page';
import type { BenchmarkResult } from './result-file';
import { writeTables } from '../../test/cost/pages';

const ROOT = join(__dirname, '..', '..');
const PICTURES = join(ROOT, 'docs/pictures');
/** The figures of the page. */
export const RESULT_FILE = 'benchmarks/result.json';

/** Writes the figures, the generated blocks of docs/performance.md, and its charts. */
export function writePerformancePage(result: BenchmarkResult): void {
  writeFileSync(join(ROOT, RESULT_FILE), `${JSON.stringify(result, undefined, 1)}\n`);
  const { blocks, charts } = performancePage(result);
  writeTables('docs/performance.md', blocks, 'performance');
  readdirSync(PICTURES).filter((name) => /^performance-.*\.svg$/.test(name)).forEach((name) => rmSync(join(PICTURES, name)));
  Object.entries(charts).forEach(([name, chart]) => writeFileSync(join(PICTURES, name), chart));
}
