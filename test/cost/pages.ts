import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
/** The pages with generated tables. */
export const PAGES = ['docs/cost.md', 'README.md'] as const;

const BLOCK = /(<!-- cost:([\w-]+) -->\n)([\s\S]*?)(<!-- \/cost -->)/g;

/** The tables on a page, by the names of their markers. */
export function tablesOn(page: string): Map<string, string> {
  return new Map([...readFileSync(join(ROOT, page), 'utf8').matchAll(BLOCK)].map(([, , name, content]) => [name, content.trimEnd()]));
}

/** Replaces the tables on a page. */
export function writeTables(page: string, tables: Readonly<Record<string, string>>): void {
  const path = join(ROOT, page);
  writeFileSync(path, readFileSync(path, 'utf8').replace(BLOCK, (_, open: string, name: string, __, close: string) => `${open}${tables[name]}\n${close}`));
}
