import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from './fault';
import type { FaultOptions } from './fault-options';
import { tableOf, type FaultRow } from './fault-row';

const PAGE = join(__dirname, '..', '..', 'docs', 'reliability.md');
const GIGABYTE = 1024 ** 3;

/** The list of the faults in Markdown. */
export function faultList(): string {
  return ['| fault | what happens to a call |', '| --- | --- |', ...FAULTS.map(({ name, description }) => `| ${name} | ${description} |`)].join('\n');
}

type Section = 'faults' | 'results' | 'soak';

/** The content between two markers of the page. */
export function sectionOf(name: Section): string {
  return sectionPattern(name).exec(readFileSync(PAGE, 'utf8'))![2].trim();
}

/** Writes the list of the faults and the results of a run to the page. */
export function writePage(rows: readonly FaultRow[], { size, seed }: FaultOptions, seconds: number): void {
  const run = [
    `- Date: ${today()}`,
    `- Machine: ${machine()}`,
    `- Command: \`npx projen test:faults --size ${size} --seed ${seed} --write\`, ${seconds} seconds`,
    `- Injected faults: ${rows.reduce((sum, { injected }) => sum + injected, 0)}`,
  ].join('\n');
  writeSections({ faults: faultList(), results: `${run}\n\n${tableOf(rows)}` });
}

/** Replaces the content between the markers of the page. */
export function writeSections(sections: { readonly [name in Section]?: string }): void {
  writeFileSync(PAGE, Object.entries(sections).reduce(
    (text, [name, content]) => text.replace(sectionPattern(name), (_, open: string, __, close: string) => `${open}\n${content}\n\n${close}`),
    readFileSync(PAGE, 'utf8'),
  ));
}

/** The date of a run. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The machine of a run. */
export function machine(): string {
  const [{ model }, ...others] = cpus();
  return `${others.length + 1} cores (${model.trim()}), ${Math.round(totalmem() / GIGABYTE)} GB of memory, ${platform()} ${arch()}, Node.js ${process.versions.node}`;
}

function sectionPattern(name: string): RegExp {
  return new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- /${name} -->)`);
}
