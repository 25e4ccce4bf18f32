/**
 * Sends many webhooks through the built handlers, and fails if the memory of a
 * process grows or if a webhook is lost.
 *
 *   npx projen test:soak [--webhooks <n>] [--leak <bytes>] [--write]
 */
import { soak } from './soak';
import { parseSoakOptions } from './soak-options';
import { soakDefectsOf, soakTable } from './soak-table';
import { compileHost } from '../faults/lambda-function';
import { machine, today, writeSections } from '../faults/reliability-page';

async function main(): Promise<void> {
  const { webhooks, leak, write } = parseSoakOptions(process.argv.slice(2));
  compileHost();
  const begin = performance.now();
  const result = await soak(webhooks, leak, (share, heaps) => {
    const texts = Object.entries(heaps).map(([handler, bytes]) => `${handler} ${(bytes / 1024 ** 2).toFixed(2)} MB`);
    process.stdout.write(`${Math.round(share * 100)} % of ${webhooks} webhooks: ${texts.join(', ')}\n`);
  });
  const table = soakTable(result);
  process.stdout.write(`\n${table}\n`);
  if (write) {
    const run = [
      `- Date: ${today()}`,
      `- Machine: ${machine()}`,
      `- Command: \`npx projen test:soak --webhooks ${webhooks} --write\`, ${Math.round((performance.now() - begin) / 1_000)} seconds`,
    ];
    writeSections({ soak: [...run, table].join('\n') });
  }
  const defects = soakDefectsOf(result);
  if (defects.length > 0) {
    throw new Error(defects.join('\n'));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
