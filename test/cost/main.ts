/**
 * Recomputes the cost of the system, prints it, and writes it into the pages. Writes the measured sizes for the command-line tool.
 *
 *   npx projen cost
 */
import { calculate } from './calculation';
import { PAGES, writeTables } from './pages';
import { writeSizes } from './sample-sizes';
import { tablesOf } from './tables';

async function main(): Promise<void> {
  const calculation = await calculate();
  const tables = tablesOf(calculation);
  Object.entries(tables).forEach(([name, content]) => console.log(`${name}\n\n${content}\n`));
  PAGES.forEach((page) => writeTables(page, tables));
  writeSizes(calculation.sorts);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
