import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GOALS } from '../../benchmarks/goal-list';
import { performancePage } from '../../benchmarks/report/performance-page';
import type { BenchmarkResult } from '../../benchmarks/report/result-file';
import { RESULT_FILE } from '../../benchmarks/report/write-page';
import { tablesOn } from '../cost/pages';

const ROOT = join(__dirname, '..', '..');
const PICTURES = join(ROOT, 'docs/pictures');
const result = JSON.parse(readFileSync(join(ROOT, RESULT_FILE), 'utf8')) as BenchmarkResult;
const { blocks, charts } = performancePage(result);

test('the page has the figures of the last measurement', () => {
  expect(Object.fromEntries(tablesOn('docs/performance.md', 'performance'))).toEqual(blocks);
});

test('the charts are drawn from the figures, and there are no others', () => {
  const drawn = readdirSync(PICTURES).filter((name) => /^performance-.*\.svg$/.test(name));

  expect(Object.fromEntries(drawn.map((name) => [name, readFileSync(join(PICTURES, name), 'utf8')]))).toEqual(charts);
});

test('every goal was measured', () => {
  expect(result.goals.map(({ goal }) => goal)).toEqual(GOALS);
  expect(result.goals.filter(({ measured }) => measured === undefined)).toEqual([]);
});
