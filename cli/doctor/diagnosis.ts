import type { FindingStatus } from './check';
import type { CheckResult } from './run-checks';
import { countOf } from '../terminal/aligned-rows';
import type { TextColors } from '../terminal/text-colors';

const LABELS: { readonly [status in FindingStatus]: string } = { 'ok': 'ok', 'warning': 'warning', 'failed': 'FAILED', 'not-checked': 'not checked' };
const LABEL_WIDTH = Math.max(...Object.values(LABELS).map(({ length }) => length));

/** The number of results of each status. */
export function countStatuses(results: readonly CheckResult[]): { readonly [status in FindingStatus]: number } {
  const counts = { 'ok': 0, 'warning': 0, 'failed': 0, 'not-checked': 0 };
  results.forEach(({ status }) => {
    counts[status] += 1;
  });
  return counts;
}

/** One line for each check, what to do below it, and what to do first at the end. */
export function diagnosisLines(results: readonly CheckResult[], paint: TextColors): string[] {
  const nameWidth = Math.max(...results.map(({ name }) => name.length));
  const indent = ' '.repeat(LABEL_WIDTH + 2);
  return [
    ...results.flatMap(({ status, name, text, remedy, runbook }) => [
      `${painted(status, paint)}  ${name.padEnd(nameWidth)}  ${text}`,
      ...remedy === undefined ? [] : [`${indent}${paint.dim(`→ ${remedy}`)}`],
      ...runbook === undefined ? [] : [`${indent}${paint.dim(`  ${runbook}`)}`],
    ]),
    '',
    ...summaryLines(results, paint),
  ];
}

function painted(status: FindingStatus, paint: TextColors): string {
  const label = LABELS[status].padEnd(LABEL_WIDTH);
  const colors = { 'ok': paint.green, 'warning': paint.yellow, 'failed': paint.red, 'not-checked': paint.dim };
  return colors[status](label);
}

function summaryLines(results: readonly CheckResult[], paint: TextColors): string[] {
  const counts = countStatuses(results);
  const parts = [
    `${counts.failed} failed`, countOf(counts.warning, 'warning'), `${counts['not-checked']} not checked`, `${counts.ok} ok`,
  ];
  const first = results.find(({ status }) => status === 'failed') ?? results.find(({ status }) => status === 'warning');
  return [
    paint.bold(`${parts.join(', ')}.`),
    ...first === undefined ? [] : [`Start with: ${first.name}. ${first.remedy}`],
  ];
}

/** The same for programs. */
export function diagnosisJson(stack: string, results: readonly CheckResult[]): object {
  const checks = results.map(({ name, status, text, remedy, runbook }) => ({ name, status, text, remedy, runbook }));
  return { stack, counts: countStatuses(results), checks };
}
