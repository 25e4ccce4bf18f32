import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_NAMES } from './genuine-webhooks';
import type { Rung, Scenario } from './scenario';
import { SEVERITIES } from './simulated-template';

const PAGE = join(__dirname, '..', '..', 'docs', 'runbook.md');
const SECTION = /(<!-- alarms -->\n)([\s\S]*?)(\n<!-- \/alarms -->)/;
/** A longer time is shown in hours. */
const MINUTES_SHOWN = 180;
const HEADER = ['| fault | notifies `alarmTopic` | notifies `ticketTopic` |', '| --- | --- | --- |'];

/** The faults with the alarms that go off, in Markdown. Equal rows of several providers are one row. */
export function alarmTable(results: readonly (readonly [scenario: Scenario, rung: Rung])[]): string {
  const rows = results.map(([scenario, rung]) => (
    `| ${named(scenario.fault, 'a provider')} | ${cell('page', scenario, rung)} | ${cell('ticket', scenario, rung)} |`
  ));
  return [...HEADER, ...new Set(rows)].join('\n');
}

/** The table on the page. */
export function publishedTable(): string {
  return SECTION.exec(readFileSync(PAGE, 'utf8'))![2].trim();
}

export function publishTable(table: string): void {
  writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(SECTION, (_, open: string, __, close: string) => `${open}\n${table}\n${close}`));
}

function cell(severity: string, { atMaximumAge = [] }: Scenario, rung: Rung): string {
  const alarms = [...rung].filter(([alarm]) => SEVERITIES.get(alarm) === severity)
    .map(([alarm, minutes]) => ({ alarm, minutes, isLast: atMaximumAge.includes(alarm) }));
  return [...alarms.filter(({ isLast }) => !isLast), ...alarms.filter(({ isLast }) => isLast)]
    .map(({ alarm, minutes, isLast }) => `\`${named(alarm, '<provider>')}\` after ${isLast ? '23 hours' : duration(minutes)}`)
    .join(', ') || '-';
}

function duration(minutes: number): string {
  if (minutes === 1) {
    return 'a minute';
  }
  return minutes < MINUTES_SHOWN ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** A text with a word in place of the name of a provider. */
function named(text: string, word: string): string {
  return PROVIDER_NAMES.reduce((result, provider) => result.replaceAll(new RegExp(`\\b${provider}\\b`, 'g'), word), text);
}
