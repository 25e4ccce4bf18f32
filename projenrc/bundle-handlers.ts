import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..');

/**
 * CJS with the packages' ES modules loads fastest: esbuild's Node defaults
 * (`main` first) cost 50 ms more at every cold start. Node 20 is the oldest
 * runtime that the bundles have to run on: developers' machines; Lambda is on 24.
 */
async function main(): Promise<void> {
  const handlers = readdirSync(join(root, 'handlers')).filter((file) => file.endsWith('.ts'));
  await Promise.all(handlers.map((file) => build({
    entryPoints: [join(root, 'handlers', file)],
    outfile: join(root, 'assets', basename(file, '.ts'), 'index.js'),
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
  })));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
