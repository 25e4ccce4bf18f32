import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleHandler } from './handler-bundle';
import { HANDLER_ENTRIES } from './handler-entries';
import { bundledPackages, noticesFor, type BundledPackage } from './third-party-notices';

const ROOT = join(__dirname, '..');
const NOTICES = 'THIRD-PARTY-NOTICES';
/** Contains the hash of the sources that the bundles were made from. */
const HASH_FILE = join(ROOT, 'assets', '.sources-hash');
/** Everything that a bundle depends on. */
const SOURCE_FOLDERS = ['handlers', 'src/private/contract'];
const SOURCE_FILES = ['package-lock.json', 'projenrc/handler-bundle.ts', 'projenrc/handler-entries.ts', 'projenrc/third-party-notices.ts'];

/** Bundles all handlers if their sources have changed. Returns whether they had. */
export async function bundleIfStale(): Promise<boolean> {
  const hash = sourcesHash();
  if (outputs().every((file) => existsSync(file)) && existsSync(HASH_FILE) && readFileSync(HASH_FILE, 'utf8') === hash) {
    return false;
  }
  const packages = await Promise.all(Object.entries(HANDLER_ENTRIES).map(async ([handler, entry]) => {
    const bundled = bundledPackages(await bundleHandler(entry, join(ROOT, 'assets', handler, 'index.js')));
    writeFileSync(join(ROOT, 'assets', handler, NOTICES), noticesFor(bundled));
    return bundled;
  }));
  writeFileSync(join(ROOT, NOTICES), noticesFor(unique(packages.flat())));
  writeFileSync(HASH_FILE, hash);
  return true;
}

function outputs(): string[] {
  return [join(ROOT, NOTICES), ...Object.keys(HANDLER_ENTRIES).flatMap((handler) => ['index.js', NOTICES].map((file) => join(ROOT, 'assets', handler, file)))];
}

function unique(packages: readonly BundledPackage[]): BundledPackage[] {
  const byName = new Map(packages.map((bundled) => [`${bundled.name} ${bundled.version}`, bundled]));
  return [...byName.keys()].sort().map((name) => byName.get(name)!);
}

function sourcesHash(): string {
  const sources = SOURCE_FOLDERS
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...SOURCE_FILES, ...sources]) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}
