import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { loadScheme, SCHEME_NAMES } from '../../../handlers/providers/registry';
import { bundleHandler } from '../../../projenrc/handler-bundle';

export interface BundledSchemes {
  readonly SCHEME_NAMES: typeof SCHEME_NAMES;
  readonly loadScheme: typeof loadScheme;
}

/**
 * Calls a function with the schemes as the function bundle contains them, each with
 * its own copy of the shared code. The loader of TypeScript names every closure when it
 * is created, which would add a tenth to the time of a webhook.
 */
export async function withBundledSchemes<T>(use: (schemes: BundledSchemes) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'schemes-'));
  try {
    const file = join(folder, 'index.js');
    await bundleHandler('handlers/providers/registry.ts', file);
    return await use(createRequire(file)(file) as BundledSchemes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
