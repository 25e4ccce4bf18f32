import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sort } from './stripe-webhooks';
import type { Measurements } from '../../cli/cost/measured-sizes';

/** The command-line tool imports it. It cannot measure, because it has no sample and does not run the functions. */
export const SIZES_FILE = join(__dirname, '..', '..', 'cli', 'cost', 'sorted-sizes.ts');

/** More digits would differ between processors, because their compression differs. */
const DECIMALS = 3;
const IDENTIFIER = /^[a-z]\w*$/i;

/** The file with the measured sizes. */
export function renderSizes(sorts: Readonly<Record<Sort, Measurements>>): string {
  return [
    "import type { Measurements } from './measured-sizes';",
    '',
    '/** What `npx projen cost` measured for webhooks of each sort: averages in the smallest system. Do not edit it. */',
    `export const SORTED_SIZES: { readonly [sort in 'high' | 'medium' | 'low' | 'other']: Measurements } = ${literal(sorts, '')};`,
    '',
  ].join('\n');
}

export function writeSizes(sorts: Readonly<Record<Sort, Measurements>>): void {
  writeFileSync(SIZES_FILE, renderSizes(sorts));
}

function literal(value: unknown, indent: string): string {
  if (typeof value === 'number') {
    return String(Number(value.toFixed(DECIMALS)));
  }
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    return `[\n${value.map((element) => `${inner}${literal(element, inner)},\n`).join('')}${indent}]`;
  }
  const entries = Object.entries(value as object);
  const isPlain = entries.every(([name]) => IDENTIFIER.test(name));
  return `{\n${entries.map(([name, each]) => `${inner}${isPlain ? name : `'${name}'`}: ${literal(each, inner)},\n`).join('')}${indent}}`;
}
