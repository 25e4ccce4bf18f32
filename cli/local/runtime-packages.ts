import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userEnvironment } from './emulator/emulator-environment';
import type { Processes } from './emulator/processes';
import type { Workspace } from './emulator/workspace';

/** Node.js 20 runs these versions. Each package has one of them. */
const VERSIONS = '>=3.900.0 <3.1200.0';
/** Lists the packages that are completely installed. It is written last. */
const INSTALLED = 'installed.json';

/**
 * Installs the packages that Lambda's runtime provides and that functions load, beside those of earlier runs. Returns
 * whether there was one to install.
 */
export async function installRuntimePackages(
  packages: readonly string[], folder: string, workspace: Workspace, processes: Processes,
): Promise<boolean> {
  const list = join(folder, INSTALLED);
  const installed = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) as readonly string[] : [];
  const missing = packages.filter((name) => !installed.includes(name));
  if (missing.length === 0) {
    return false;
  }
  mkdirSync(folder, { recursive: true });
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) {
    writeFileSync(manifest, '{ "private": true }\n');
  }
  await processes.run('npm', [
    'install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...missing.map((name) => `${name}@${VERSIONS}`),
  ], {
    name: 'npm install of the AWS SDK that the functions load', cwd: folder, env: userEnvironment(workspace), log: workspace.log('npm'), timeoutSeconds: 600,
  });
  writeFileSync(list, JSON.stringify([...installed, ...missing]));
  return true;
}
