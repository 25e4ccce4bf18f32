import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Git ignores it. Remove it to get newer releases. */
const FOLDER = '.benchmarks';
/** The oldest release that the bundles support, the one after it, and the one that Lambda runs. */
const MAJORS = [20, 22, 24] as const;

export type NodeMajor = typeof MAJORS[number];

export interface NodeRelease {
  readonly major: NodeMajor;
  /** Such as `24.1.0`. */
  readonly version: string;
  readonly executable: string;
}

/** The latest release of each supported Node at the first call. npm has each as a package with one executable. Throws without a connection to npm. */
export function installNodeReleases(): readonly NodeRelease[] {
  const executables = MAJORS.map((major) => ({ major, executable: join(FOLDER, 'node_modules', nameOf(major), 'bin', 'node') }));
  if (!executables.every(({ executable }) => existsSync(executable))) {
    const packages = MAJORS.map((major) => `${nameOf(major)}@npm:node-${process.platform}-${process.arch}@${major}`);
    execFileSync('npm', ['install', '--prefix', FOLDER, '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], { stdio: 'pipe' });
  }
  return executables.map(({ major, executable }) => (
    { major, executable, version: execFileSync(executable, ['--print', 'process.versions.node'], { encoding: 'utf8' }).trim() }
  ));
}

function nameOf(major: NodeMajor): string {
  return `node-${major}`;
}
