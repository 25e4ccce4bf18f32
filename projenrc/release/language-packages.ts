import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { extractFromZip, filesIn } from './archive-files';
import { checkContent } from './content-rules';
import { DOTNET_SOURCES, LANGUAGE_TARGETS, type LanguageTarget, type PackagedFile } from './language-targets';
import type { UnpackedPackage } from './npm-package';
import type { PackageRow, ReleaseCheck } from './package-row';
import { checkWheel } from './python-wheel';
import { commandFailure, runCommand } from './run-command';

/** A package on disk: an archive, or the folder of a Go module or of generated sources. */
interface LocatedPackage extends PackagedFile {
  readonly file: string;
}

/** Packs for each language from the unpacked npm package, unless a newer package is there, and checks the result. */
export function checkLanguagePackages(unpacked: UnpackedPackage, root: string, dist: string): PackageRow[] {
  return LANGUAGE_TARGETS.flatMap((target) => {
    const folder = join(dist, target.language);
    const packable = target.needs === undefined || runCommand(target.needs, ['--version']).ok;
    const expected = packable ? target.packages : [DOTNET_SOURCES].filter(() => target.language === 'dotnet');
    if (expected.length === 0) {
      return [failedRow(target.language, `packing for ${target.language} needs ${target.needs}, which is not installed`)];
    }
    if (!isPacked(expected, folder, unpacked)) {
      const failures = pack(target, packable, unpacked, root, dist);
      if (failures.length > 0) {
        return failures.map((failure) => failedRow(target.language, failure));
      }
    }
    return locate(expected, folder, unpacked).map((found, position) => (
      found === undefined ? failedRow(expected[position].registry, `jsii-pacmak wrote no file that matches ${expected[position].path.source}`) : checkPackage(found, unpacked)
    ));
  });
}

function failedRow(name: string, failure: string): PackageRow {
  return { name, files: 0, bytes: 0, checks: [{ name: 'packed', failures: [failure] }] };
}

function pack({ language, codeOnly = false }: LanguageTarget, packable: boolean, { folder }: UnpackedPackage, root: string, dist: string): string[] {
  rmSync(join(dist, language), { recursive: true, force: true });
  const options = codeOnly || !packable ? ['--code-only'] : [];
  return commandFailure(`jsii-pacmak failed for ${language}`, runCommand(join(root, 'node_modules/.bin/jsii-pacmak'), ['--target', language, '--outdir', dist, ...options], { cwd: folder }));
}

/** Whether all packages are there and newer than the package at npm that they contain. */
function isPacked(expected: readonly PackagedFile[], folder: string, unpacked: UnpackedPackage): boolean {
  const since = statSync(unpacked.tarball).mtimeMs;
  return locate(expected, folder, unpacked).every((found) => found !== undefined && statSync(found.file).mtimeMs >= since);
}

function locate(expected: readonly PackagedFile[], folder: string, { version }: UnpackedPackage): (LocatedPackage | undefined)[] {
  const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return expected.map((packaged) => {
    const pattern = new RegExp(packaged.path.source.replace('<version>', version.replaceAll('.', '\\.')));
    const path = paths.find((candidate) => pattern.test(candidate));
    return path === undefined ? undefined : { ...packaged, file: join(folder, path) };
  });
}

function checkPackage({ registry, rules, npmPackage, file }: LocatedPackage, unpacked: UnpackedPackage): PackageRow {
  const isFolder = statSync(file).isDirectory();
  const files = isFolder ? filesBelow(file) : filesIn(file);
  const bytes = isFolder ? files.reduce((sum, path) => sum + statSync(join(file, path)).size, 0) : statSync(file).size;
  const required = rules.required.map((path) => path.replace('<version>', unpacked.version));
  return {
    name: registry,
    files: files.length,
    bytes,
    checks: [
      ...checkContent({ ...rules, required }, files, bytes),
      ...(npmPackage === undefined ? [] : [sameAsAtNpm(file, isFolder, files.filter((path) => npmPackage.test(path)), unpacked)]),
      ...(file.endsWith('.whl') ? checkWheel(file, unpacked.version) : []),
    ],
  };
}

/** Every language's package runs the npm package that is in it: it must contain the same files. */
function sameAsAtNpm(file: string, isFolder: boolean, [inner, ...more]: readonly string[], { files }: UnpackedPackage): ReleaseCheck {
  const name = 'same files as at npm';
  if (inner === undefined || more.length > 0) {
    return { name, failures: [`the package must contain one npm package, got ${[inner, ...more].filter(Boolean).join(', ') || 'none'}`] };
  }
  const folder = mkdtempSync(join(tmpdir(), 'package-content-'));
  try {
    const contained = filesIn(isFolder ? join(file, inner) : extractFromZip(file, inner, folder));
    return {
      name,
      failures: [
        ...files.filter((path) => !contained.includes(path)).map((path) => `${path} is missing`),
        ...contained.filter((path) => !files.includes(path)).map((path) => `${path} is not in the package at npm`),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
