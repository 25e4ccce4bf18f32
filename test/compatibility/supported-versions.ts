import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..', '..');

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly peerDependencies: { readonly 'aws-cdk-lib': string; readonly 'constructs': string };
  readonly devDependencies: { readonly '@types/node': string };
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const oldest = (range: string) => range.replace(/^\D+/, '');

export const PACKAGE_VERSION = manifest.version;
export const OLDEST_CDK = oldest(manifest.peerDependencies['aws-cdk-lib']);
export const OLDEST_CONSTRUCTS = oldest(manifest.peerDependencies.constructs);
export const OLDEST_NODE = oldest(manifest.engines.node);
export const NODE_TYPES = manifest.devDependencies['@types/node'];

/** The oldest version that the package supports, and the newest of each line with long-term support after it. */
export const NODE_VERSIONS: readonly string[] = [OLDEST_NODE, '22', '24', '26'];
/** The oldest version that the package supports, the last of each later major version, and the newest. */
export const OLDEST_TYPESCRIPT = '5.4';
export const TYPESCRIPT_VERSIONS: readonly string[] = [OLDEST_TYPESCRIPT, '5.9', '6', 'latest'];

/** The version of Node that the functions run on, which their images name. */
export function lambdaNodeVersion(): string {
  return /nodejs:(\d+)/.exec(readFileSync(join(ROOT, 'assets/webhook-validator/Dockerfile'), 'utf8'))![1];
}
