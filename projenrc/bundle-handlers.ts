import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleHandler } from './handler-bundle';

const root = join(__dirname, '..');

async function main(): Promise<void> {
  const handlers = readdirSync(join(root, 'handlers')).filter((file) => file.endsWith('.ts'));
  await Promise.all(handlers.map(async (file) => bundleHandler(join('handlers', file), join(root, 'assets', basename(file, '.ts'), 'index.js'))));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
