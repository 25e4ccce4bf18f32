/**
 * Simulates the system under load, prints the results, and writes them into docs/scale.md.
 *
 *   npx projen scale
 */
import { calculateScale } from './scale-calculation';
import { scaleTables } from './scale-tables';
import { writeTables } from '../cost/pages';

async function main(): Promise<void> {
  const { settings, causes } = await calculateScale();
  const tables = scaleTables(settings, causes);
  Object.entries(tables).forEach(([name, content]) => console.log(`${name}\n\n${content}\n`));
  writeTables('docs/scale.md', tables, 'scale');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
