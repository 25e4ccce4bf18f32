import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const ROOT = join(__dirname, '..');
const SEPARATOR = '-'.repeat(80);
/** Licenses whose only condition on a copy is that it includes their text. */
export const PERMITTED_LICENSES: ReadonlySet<string> = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);

/** A package whose code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its license and notice files. */
  readonly texts: readonly string[];
}

type Author = string | { readonly name: string };

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: Author;
}

/** The packages in a bundle, by name and version. Throws if a license does not permit the copy. */
export function bundledPackages({ inputs }: Metafile): BundledPackage[] {
  const folders = new Set(Object.keys(inputs).map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter((folder) => folder !== undefined));
  return [...folders].map(readPackage).sort((a, b) => `${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1);
}

function readPackage(folder: string): BundledPackage {
  const path = join(ROOT, folder);
  const { name, version, license, author = name } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as PackageJson;
  if (!PERMITTED_LICENSES.has(license)) {
    throw new Error(`${name} ${version} is bundled, but its license is not permitted: ${license}`);
  }
  const texts = readdirSync(path).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort().map((file) => readFileSync(join(path, file), 'utf8').trim());
  return { name, version, license, texts: texts.length > 0 ? texts : [standardText(license, author)] };
}

/** The text of a license for a package that does not contain it, with the author that the package names. */
function standardText(license: string, author: Author): string {
  const { licenseText } = JSON.parse(readFileSync(require.resolve(`spdx-license-list/licenses/${license}.json`), 'utf8')) as { licenseText: string };
  return licenseText.replace('<year> <copyright holders>', typeof author === 'string' ? author : author.name).trim();
}

/** The notices that copies must include: the text of each license, under the packages that have it. */
export function noticesFor(packages: readonly BundledPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, license, texts } of packages) {
    const text = texts.join('\n\n');
    byText.set(text, [...byText.get(text) ?? [], `${name} ${version} (${license})`]);
  }
  const sections = [...byText].map(([text, names]) => [SEPARATOR, ...names, '', text, ''].join('\n'));
  return ['This software contains code of the following packages.', '', ...sections].join('\n');
}
