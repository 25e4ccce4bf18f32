import { join } from 'node:path';
import { bundleHandler } from './handler-bundle';
import { HANDLER_ENTRIES } from './handler-entries';

const root = join(__dirname, '..');

async function bundleAll(): Promise<void> {
  await Promise.all(Object.entries(HANDLER_ENTRIES).map(async ([handler, entry]) => bundleHandler(entry, join(root, 'assets', handler, 'index.js'))));
}

bundleAll().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
