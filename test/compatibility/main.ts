/**
 * Uses the packed package as users do: with the versions and package managers that the README names. Prints the matrix of the results.
 * Arguments are the dimensions to check, such as `TypeScript`. Default: all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cdkChecks } from './cdk-checks';
import { endCommandsOnSignals } from './guarded-command';
import { handlerChecks } from './handler-checks';
import { InstalledFolders } from './installed-folders';
import { matrixTable, runChecks } from './matrix-check';
import { nodeChecks } from './node-checks';
import { packageManagerChecks } from './package-manager-checks';
import { typeChecks } from './type-checks';

const CONCURRENCY = 2;
const dimensions = process.argv.slice(2);

async function main(): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'compatibility-'));
  const cleanUp = () => rmSync(root, { recursive: true, force: true });
  endCommandsOnSignals(cleanUp);
  try {
    const folders = new InstalledFolders(root);
    // The longest is first, so that it does not run alone at the end.
    const checks = [
      ...handlerChecks(folders),
      ...cdkChecks(folders, console.log),
      ...packageManagerChecks(folders, root),
      ...nodeChecks(folders),
      ...typeChecks(folders),
    ].filter(({ dimension }) => dimensions.length === 0 || dimensions.includes(dimension));
    if (checks.length === 0) {
      throw new Error(`no check has the dimension ${dimensions.join(', ')}`);
    }
    const results = await runChecks(checks, CONCURRENCY, console.log);
    const failed = results.filter(({ passed }) => !passed).length;
    console.log(`\n${matrixTable(results)}\n\n${results.length - failed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    cleanUp();
  }
}

void main();
