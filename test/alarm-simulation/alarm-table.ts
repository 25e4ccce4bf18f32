import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROVIDER_NAMES } from './genuine-webhooks';
import type { Rung } from './scenario';
import { SEVERITIES } from './simulated-template';

const PAGE = join(__dirname, '..', '..', 'docs', 'runbook.md');
const SECTION = /(<!-- alarms -->\n)([\s\S]*?)(\n<!-- \/alarms -->)/;
const HEADER = ['| fault | notifies `alarmTopic` | notifies `ticketTopic` |', '| --- | --- | --- |'];

/** The faults with the alarms that go off, in Markdown. Equal rows of several providers are one row. */
export function alarmTable(faults: readonly (readonly [fault: string, rung: Rung])[]): string {
  return [...HEADER, ...new Set(faults.map(([fault, rung]) => `| ${named(fault)} | ${cell(rung, 'page')} | ${cell(rung, 'ticket')} |`))].join('\n');
}

/** The table on the page. */
export function publishedTable(): string {
  return SECTION.exec(readFileSync(PAGE, 'utf8'))![2].trim();
}

export function publishTable(table: string): void {
  writeFileSync(PAGE, readFileSync(PAGE, 'utf8').replace(SECTION, (_, open: string, __, close: string) => `${open}\n${table}\n${close}`));
}

function cell(rung: Rung, severity: string): string {
  const alarms = [...rung].filter(([alarm]) => SEVERITIES.get(alarm) === severity);
  return alarms.map(([alarm, minutes]) => `\`${named(alarm)}\` after ${minutes} min`).join(', ') || '-';
}

function named(text: string): string {
  return PROVIDER_NAMES.reduce((result, provider) => result.replaceAll(new RegExp(`\\b${provider}\\b`, 'g'), '<provider>'), text);
}
