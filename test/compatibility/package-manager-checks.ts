import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, runCommand } from './guarded-command';
import { appFolder, type InstalledFolders, OLDEST_PEERS, packedPackage } from './installed-folders';
import type { MatrixCheck } from './matrix-check';
import { commandWorks } from './node-checks';
import { synthesize } from './synthesis';

interface PackageManager {
  readonly name: string;
  /** How to call it. */
  readonly command: (folders: InstalledFolders) => Promise<readonly string[]>;
  /** Runs a command of the installed packages. */
  readonly execute: readonly string[];
  readonly version: string;
  readonly settings?: { readonly file: string; readonly content: string };
}

/** pnpm and Plug'n'Play give the package only those packages that it names as its dependencies. */
const PACKAGE_MANAGERS: readonly PackageManager[] = [
  {
    name: 'pnpm',
    version: 'strict',
    command: async (folders) => [process.execPath, await folders.tool('pnpm', 'bin', 'pnpm.mjs')],
    execute: ['exec'],
  },
  {
    name: 'Yarn',
    version: "Plug'n'Play",
    command: async (folders) => [process.execPath, await folders.tool('@yarnpkg/cli-dist', 'bin', 'yarn.js')],
    execute: ['exec'],
    settings: { file: '.yarnrc.yml', content: 'nodeLinker: pnp\nenableGlobalCache: false\nenableTelemetry: false\nenableImmutableInstalls: false\n' },
  },
];

/** Prints a file of the package by another program, which sees only the files on the disk. */
const READ_BY_ANOTHER_PROGRAM = `
  const file = require.resolve('cdk-webhook-processing-system/assets/cli/requirements.txt');
  require('node:child_process').execFileSync('cat', [file]);
`;

/** Installs the package with other package managers, each in an empty folder, with the oldest peers. */
export function packageManagerChecks(folders: InstalledFolders, root: string): MatrixCheck[] {
  return PACKAGE_MANAGERS.map((manager): MatrixCheck => ({
    dimension: manager.name,
    version: manager.version,
    check: 'install, synthesize, run the command',
    run: async () => useManager(manager, folders, root),
  }));
}

async function useManager({ name, command, execute, settings }: PackageManager, folders: InstalledFolders, root: string): Promise<string> {
  const folder = appFolder(join(root, name.toLowerCase()));
  // The caches of the machine stay as they are.
  const caches = join(root, `${name.toLowerCase()}-caches`);
  const env = { XDG_DATA_HOME: caches, XDG_CACHE_HOME: caches, XDG_STATE_HOME: caches, YARN_GLOBAL_FOLDER: caches, CI: 'true' };
  if (settings) {
    writeFileSync(join(folder, settings.file), settings.content);
  }
  const [program, ...args] = await command(folders);
  await install(program, [...args, 'add', packedPackage(), ...OLDEST_PEERS], { cwd: folder, env });
  const executed = [program, ...args, ...execute];
  await synthesize(folder, 'smallest', [...executed, 'node'], 'cdk.out');
  await commandWorks([...executed, 'cdk-webhooks'], folder, 'cdk.out/Payments.template.json', env);
  await runCommand(program, [...args, ...execute, 'node', 'subpaths.cjs'], { cwd: folder, env });
  await runCommand(program, [...args, ...execute, 'node', '--eval', READ_BY_ANOTHER_PROGRAM], { cwd: folder, env });
  return (await runCommand(program, [...args, '--version'], { cwd: folder, env })).trim();
}
