import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundleConsumer, bundleHandler, bundleLibrary, bundlePage, bundleTool } from './handler-bundle';
import {
  bundlePathOf, CONSUMER_BUNDLE, CONSUMER_ENTRY, HANDLER_ENTRIES, PAGE_BUNDLE, PAGE_ENTRY, PAGE_STYLE_SHEET, TESTING_BUNDLE, TESTING_ENTRY,
  TOOL_BUNDLE, TOOL_ENTRY,
} from './handler-entries';
import { bundledPackages, noticesFor, type BundledPackage } from './third-party-notices';
import type { HandlerName } from '../src/private/contract';

const ROOT = join(__dirname, '..');
const NOTICES = 'THIRD-PARTY-NOTICES';
/** Contains the hash of the sources that the bundles were made from, and the files that were made, a line each. */
const HASH_FILE = join(ROOT, 'assets', '.sources-hash');
/** Everything that a bundle depends on. */
const SOURCE_FOLDERS = ['handlers', 'cli', 'testing', 'consumer', 'src/private/contract'];
const SOURCE_FILES = ['package-lock.json', 'projenrc/handler-bundle.ts', 'projenrc/handler-entries.ts', 'projenrc/third-party-notices.ts'];

/** Bundles all handlers, the command-line tool, and the code for users' tests and consumers if their sources have changed. Returns whether they had. */
export async function bundleIfStale(): Promise<boolean> {
  const hash = sourcesHash();
  const [bundledHash, ...bundledFiles] = existsSync(HASH_FILE) ? readFileSync(HASH_FILE, 'utf8').split('\n') : [];
  if (bundledHash === hash && bundledFiles.every((file) => existsSync(join(ROOT, file)))) {
    return false;
  }
  // A provider that was removed must not stay in the image.
  bundledFiles.forEach((file) => rmSync(join(ROOT, file), { force: true }));
  const bundles = await Promise.all([
    ...(Object.entries(HANDLER_ENTRIES) as [HandlerName, string][]).map(async ([handler, entry]) => {
      const bundle = bundlePathOf(handler);
      return noticedBundle(bundle, await bundleHandler(entry, join(ROOT, bundle)));
    }),
    bundleTool(TOOL_ENTRY, join(ROOT, TOOL_BUNDLE)).then((metafile) => noticedBundle(TOOL_BUNDLE, metafile)),
    bundleLibrary(TESTING_ENTRY, join(ROOT, TESTING_BUNDLE)).then((metafile) => noticedBundle(TESTING_BUNDLE, metafile)),
    bundleConsumer(CONSUMER_ENTRY, join(ROOT, CONSUMER_BUNDLE)).then((metafile) => noticedBundle(CONSUMER_BUNDLE, metafile)),
    bundlePage(PAGE_ENTRY, PAGE_STYLE_SHEET, join(ROOT, PAGE_BUNDLE)).then((metafile) => noticedBundle(PAGE_BUNDLE, metafile)),
  ]);
  const packagesOf = (notices: string) => unique(bundles.filter((bundle) => bundle.notices === notices).flatMap(({ packages }) => packages));
  const notices = [...new Set(bundles.map((bundle) => bundle.notices))];
  notices.forEach((file) => writeFileSync(join(ROOT, file), noticesFor(packagesOf(file))));
  writeFileSync(join(ROOT, NOTICES), noticesFor(unique(bundles.flatMap(({ packages }) => packages))));
  writeFileSync(HASH_FILE, [hash, NOTICES, ...notices, ...bundles.flatMap(({ files }) => files)].join('\n'));
  return true;
}

/** A bundle, with its packages and the file beside it that has their notices. Functions of one image share this file. */
function noticedBundle(
  bundle: string, metafile: Metafile,
): { readonly notices: string; readonly packages: readonly BundledPackage[]; readonly files: readonly string[] } {
  return { notices: join(dirname(bundle), NOTICES), packages: bundledPackages(metafile), files: Object.keys(metafile.outputs) };
}

function unique(packages: readonly BundledPackage[]): BundledPackage[] {
  const byName = new Map(packages.map((bundled) => [`${bundled.name} ${bundled.version}`, bundled]));
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

function sourcesHash(): string {
  const sources = SOURCE_FOLDERS
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => /\.(ts|tsx|css)$/.test(file) && !file.endsWith('.test.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...SOURCE_FILES, ...sources]) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}
