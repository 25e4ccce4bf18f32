import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkLanguagePackages } from './language-packages';
import { checkNpmPackage, unpack } from './npm-package';
import { failuresOf, renderRows, type PackageRow } from './package-row';
import { outputOf, runCommand } from './run-command';
import { isStale } from './source-age';

const ROOT = join(__dirname, '../..');
const DIST = join(ROOT, 'dist');
/** The release attaches it to the release on GitHub. */
const BILL_FILE = join(DIST, 'sbom.cdx.json');

/** The path of the packed npm package, or `undefined` if there is none. */
function packedTarball(): string | undefined {
  const folder = join(DIST, 'js');
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.tgz')) : [];
  return name === undefined ? undefined : join(folder, name);
}

function packAgain(): void {
  process.stdout.write('packing for npm\n');
  for (const task of ['compile', 'post-compile', 'package:js']) {
    const { ok, output } = runCommand('npx', ['projen', task], { cwd: ROOT });
    if (!ok) {
      throw new Error(`npx projen ${task} failed\n${output}`);
    }
  }
}

async function checkRelease(): Promise<void> {
  const packed = packedTarball();
  if (packed === undefined || isStale(packed, outputOf('tar', ['-xzOf', packed, 'package/package.json']), ROOT)) {
    packAgain();
  }
  const stage = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const unpacked = unpack(packedTarball()!, stage, ROOT);
    process.stdout.write(`checking ${unpacked.name}@${unpacked.version}\n`);
    report([await checkNpmPackage(unpacked, ROOT, BILL_FILE), ...checkLanguagePackages(unpacked, ROOT, DIST)]);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

function report(rows: readonly PackageRow[]): void {
  const failures = failuresOf(rows);
  const { components } = JSON.parse(readFileSync(BILL_FILE, 'utf8')) as { components: object[] };
  process.stdout.write(`${renderRows(rows)}\nBill of materials: dist/sbom.cdx.json, ${components.length} components\n`);
  failures.forEach((failure) => process.stderr.write(`FAILED: ${failure}\n`));
  process.exitCode = failures.length > 0 ? 1 : 0;
}

void checkRelease();
