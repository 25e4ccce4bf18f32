/**
 * Runs the built handlers under faults, prints what each fault did, and fails if
 * anything was lost.
 *
 *   npx projen test:faults [--size <n>] [--seed <n>] [--only <text>] [--write]
 */
import { parseFaultOptions } from './fault-options';
import { defectsOf, tableOf } from './fault-row';
import { runFaults } from './fault-suite';
import { compileHost } from './lambda-function';
import { writePage } from './reliability-page';

async function main(): Promise<void> {
  const options = parseFaultOptions(process.argv.slice(2));
  process.stdout.write(`seed ${options.seed}, size ${options.size}\n`);
  compileHost();
  const begin = performance.now();
  const rows = await runFaults(options, ({ part, fault }) => process.stdout.write(`${part}: ${fault}\n`));
  process.stdout.write(`\n${tableOf(rows)}\n`);
  if (options.write) {
    writePage(rows, options, Math.round((performance.now() - begin) / 1_000));
  }
  const defects = rows.flatMap((row) => defectsOf(row).map((defect) => `${row.part}, ${row.fault}: ${defect}`));
  if (defects.length > 0) {
    throw new Error(`${defects.join('\n')}\nTo repeat this, run \`npx projen test:faults --size ${options.size} --seed ${options.seed}\`.`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
