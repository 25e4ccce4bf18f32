import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
/** The pages with generated tables. */
export const PAGES = ['docs/cost.md', 'README.md'] as const;

const blocksOf = (group: string) => new RegExp(`(<!-- ${group}:([\\w-]+) -->\\n)([\\s\\S]*?)(<!-- /${group} -->)`, 'g');

/** The tables on a page, by the names of their markers. */
export function tablesOn(page: string, group = 'cost'): Map<string, string> {
  return new Map([...readFileSync(join(ROOT, page), 'utf8').matchAll(blocksOf(group))].map(([, , name, content]) => [name, content.trimEnd()]));
}

/** Replaces the tables on a page. */
export function writeTables(page: string, tables: Readonly<Record<string, string>>, group = 'cost'): void {
  const path = join(ROOT, page);
  writeFileSync(path, readFileSync(path, 'utf8').replace(blocksOf(group), (_, open: string, name: string, __, close: string) => `${open}${tables[name]}\n${close}`));
}
