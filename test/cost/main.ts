/**
 * Recomputes the cost of the system, prints it, and writes it into the pages.
 *
 *   npx projen cost
 */
import { calculate } from './calculation';
import { PAGES, writeTables } from './pages';
import { tablesOf } from './tables';

async function main(): Promise<void> {
  const tables = tablesOf(await calculate());
  Object.entries(tables).forEach(([name, content]) => console.log(`${name}\n\n${content}\n`));
  PAGES.forEach((page) => writeTables(page, tables));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
