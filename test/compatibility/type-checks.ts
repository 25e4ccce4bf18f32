import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailure, runCommand } from './guarded-command';
import type { InstalledFolders } from './installed-folders';
import type { MatrixCheck } from './matrix-check';
import { TYPESCRIPT_VERSIONS } from './supported-versions';

interface ModuleSetting {
  readonly name: string;
  /** `mts` is an ES module and `cts` is CommonJS, so that one folder has both. */
  readonly extension: 'mts' | 'cts';
  readonly options: (typescriptMajor: number) => object;
}

const FIRST_MAJOR_WITHOUT_NODE10 = 6;

/** Half of the settings have no types of Node.js, because TypeScript 6 loads them only if the project names them. */
const SETTINGS: readonly ModuleSetting[] = [
  {
    name: 'commonjs',
    extension: 'cts',
    options: (major) => ({ module: 'commonjs', moduleResolution: major < FIRST_MAJOR_WITHOUT_NODE10 ? 'node10' : 'bundler', types: ['node'] }),
  },
  { name: 'node16', extension: 'cts', options: () => ({ module: 'node16', moduleResolution: 'node16', types: [] }) },
  { name: 'nodenext', extension: 'mts', options: () => ({ module: 'nodenext', moduleResolution: 'nodenext', types: ['node'] }) },
  { name: 'bundler', extension: 'mts', options: () => ({ module: 'esnext', moduleResolution: 'bundler', types: [] }) },
];

const TYPE_ERROR = /\berror TS\d+/;
/** aws-cdk-lib's own declarations use types that TypeScript finds only with `types: ["node"]` or a later `lib`. This package cannot change that. */
const FOREIGN_DECLARATION = /^node_modules\/aws-cdk-lib\//;

/** An app that imports the main entry and all subpaths, compiled with `strict` and without `skipLibCheck`. */
export function typeChecks(folders: InstalledFolders): MatrixCheck[] {
  return TYPESCRIPT_VERSIONS.flatMap((version) => SETTINGS.map((setting): MatrixCheck => ({
    dimension: 'TypeScript',
    version,
    check: setting.name,
    run: async () => compile(await folders.typescript(version), await folders.newest, version, setting),
  })));
}

async function compile(tsc: string, folder: string, version: string, { name, extension, options }: ModuleSetting): Promise<string> {
  const installed = (await runCommand(process.execPath, [tsc, '--version'], { cwd: folder })).replace('Version', '').trim();
  const [source, config] = [`subpaths.${extension}`, `tsconfig.${version}.${name}.json`];
  writeFileSync(join(folder, source), readFileSync(join(folder, 'subpaths.ts')));
  writeFileSync(join(folder, config), JSON.stringify({
    compilerOptions: { strict: true, skipLibCheck: false, noEmit: true, target: 'es2022', ...options(Number.parseInt(installed, 10)) },
    files: [source],
  }));
  try {
    await runCommand(process.execPath, [tsc, '--project', config, '--pretty', 'false'], { cwd: folder });
    return installed;
  } catch (error) {
    const errors = error instanceof CommandFailure ? error.output.split('\n').filter((line) => TYPE_ERROR.test(line)) : [];
    const own = errors.filter((line) => !FOREIGN_DECLARATION.test(line));
    if (errors.length === 0 || own.length > 0) {
      throw own.length > 0 ? new CommandFailure(own[0], own.join('\n')) : error;
    }
    return `${installed}, without ${errors.length} of aws-cdk-lib's declarations`;
  }
}
