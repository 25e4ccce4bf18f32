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

/** The content between two markers of the page. */
export function sectionOf(name: 'faults' | 'results'): string {
  return sectionPattern(name).exec(readFileSync(PAGE, 'utf8'))![2].trim();
}

/** Writes the list of the faults and the results of a run to the page. */
export function writePage(rows: readonly FaultRow[], { size, seed }: FaultOptions, seconds: number): void {
  const [{ model }, ...others] = cpus();
  const machine = `${others.length + 1} cores (${model.trim()}), ${Math.round(totalmem() / GIGABYTE)} GB of memory, ${platform()} ${arch()}, Node.js ${process.versions.node}`;
  const run = [
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Machine: ${machine}`,
    `- Command: \`npx projen test:faults --size ${size} --seed ${seed} --write\`, ${seconds} seconds`,
    `- Injected faults: ${rows.reduce((sum, { injected }) => sum + injected, 0)}`,
  ].join('\n');
  const page = readFileSync(PAGE, 'utf8');
  const sections = { faults: faultList(), results: `${run}\n\n${tableOf(rows)}` } as const;
  writeFileSync(PAGE, Object.entries(sections).reduce(
    (text, [name, content]) => text.replace(sectionPattern(name), (_, open: string, __, close: string) => `${open}\n${content}\n\n${close}`), page,
  ));
}

function sectionPattern(name: string): RegExp {
  return new RegExp(`(<!-- ${name} -->\\n)([\\s\\S]*?)(<!-- /${name} -->)`);
}
