import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareWithPublished } from './api-comparison';
import { extractTarball, filesIn } from './archive-files';
import { renderBillOfMaterials } from './bill-of-materials';
import { packagesInNotices } from './bundle-notices';
import { checkContent, NPM_RULES } from './content-rules';
import type { PackageRow, ReleaseCheck } from './package-row';
import { commandFailure, runCommand } from './run-command';
import { PERMITTED_LICENSES } from '../third-party-notices';

/** The package at npm, unpacked: what the packages of all languages are made of. */
export interface UnpackedPackage {
  readonly tarball: string;
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly string[];
}

/** Unpacks the tarball into an empty folder, beside the installed packages of the project. */
export function unpack(tarball: string, folder: string, root: string): UnpackedPackage {
  extractTarball(tarball, folder);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
  return { tarball, folder, name, version, files: filesIn(tarball) };
}

/** Checks the tarball, and writes its bill of materials. */
export async function checkNpmPackage(unpacked: UnpackedPackage, root: string, billFile: string): Promise<PackageRow> {
  const { tarball, files } = unpacked;
  const bytes = statSync(tarball).size;
  const bin = (tool: string) => join(root, 'node_modules/.bin', tool);
  // `.jsii` is JSON for the other languages, not a module.
  const attw = ['--exclude-entrypoints', '.jsii', '--no-emoji', '--no-color', '--format', 'table-flipped', tarball];
  return {
    name: 'npm',
    files: files.length,
    bytes,
    checks: [
      ...checkContent(NPM_RULES, files, bytes),
      { name: 'publint', failures: commandFailure('`publint` reports', runCommand(bin('publint'), ['run', tarball, '--strict', '--level', 'warning'])) },
      { name: 'attw', failures: commandFailure('`attw` reports', runCommand(bin('attw'), attw)) },
      compareWithPublished(unpacked, root),
      ...await checkNotices(unpacked, billFile),
    ],
  };
}

/** Compares the licenses of the bundled packages with the permitted ones, and writes the bill of materials. */
async function checkNotices({ folder, name, version, files }: UnpackedPackage, billFile: string): Promise<ReleaseCheck[]> {
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { license: string };
  const noticesIn = (file: string) => packagesInNotices(readFileSync(join(folder, file), 'utf8'));
  const bundles = new Map(files.filter((file) => /^assets\/[^/]+\/THIRD-PARTY-NOTICES$/.test(file)).map((file) => [dirname(file), noticesIn(file)]));
  const bundled = noticesIn('THIRD-PARTY-NOTICES');
  const inBundles = new Set([...bundles.values()].flat().map(({ name: dependency, version: used }) => `${dependency} ${used}`));
  writeFileSync(billFile, await renderBillOfMaterials({ name, version, license, bundles }));
  return [
    { name: 'licenses', failures: bundled.filter((dependency) => !PERMITTED_LICENSES.has(dependency.license)).map((dependency) => `${dependency.name} has the license ${dependency.license}, which is not permitted`) },
    {
      name: `SBOM of ${inBundles.size} bundled packages`,
      failures: inBundles.size === bundled.length ? [] : [`the bundles name ${inBundles.size} packages, and THIRD-PARTY-NOTICES ${bundled.length}`],
    },
  ];
}
