import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exact, type FigureTable, type GroupOptions, type Row } from '../../figures';

const ROOT = join(__dirname, '../../..');
const ASSEMBLY = join(ROOT, '.jsii');
const MAX_LISTING_BYTES = 100_000_000;

/** A part of the package, by the paths of its files. */
interface PackagePart {
  readonly id: string;
  readonly label: string;
  readonly has: (file: string) => boolean;
}

const isTool = (file: string): boolean => file.startsWith('assets/cli/');

const PARTS: readonly PackagePart[] = [
  { id: 'with-cli', label: 'the package', has: () => true },
  { id: 'without-cli', label: 'without the command-line tool', has: (file) => !isTool(file) },
  { id: 'cli', label: 'only the command-line tool', has: isTool },
  { id: 'functions', label: 'only the functions', has: (file) => file.startsWith('assets/') && !isTool(file) && !/^assets\/(testing|consumer)\//.test(file) },
  { id: 'lib', label: 'only the construct in lib/', has: (file) => file.startsWith('lib/') },
  { id: 'jsii', label: 'only the files for the other languages', has: (file) => file.startsWith('.jsii') },
];

/** The size of what npm downloads. */
export function measureTarball({ progress }: GroupOptions): FigureTable {
  if (isLibraryStale()) {
    progress('compiling lib/, which is missing or older than src/ (1 minute)');
    execFileSync('npx', ['projen', 'compile'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const files = packedFiles();
  return {
    id: 'synth/tarball',
    title: 'Size of the npm package',
    description: 'Bytes of the compressed files that `npm pack` selects. '
      + 'The translated examples are among them only after a build, and add 35 kB.',
    rows: PARTS.map(({ id, label, has }): Row => ({
      id: `synth/tarball/${id}`, label, unit: 'bytes', figure: exact(compressedBytes(files.filter(has))),
    })),
  };
}

function isLibraryStale(): boolean {
  if (!existsSync(ASSEMBLY) || !existsSync(join(ROOT, 'lib/index.js'))) {
    return true;
  }
  const compiledAt = statSync(ASSEMBLY).mtimeMs;
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => join('src', file));
  return [...sources, 'tsconfig.json'].some((file) => statSync(join(ROOT, file)).mtimeMs > compiledAt);
}

function packedFiles(): string[] {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: MAX_LISTING_BYTES });
  const [{ files }] = JSON.parse(output) as [{ readonly files: ReadonlyArray<{ readonly path: string }> }];
  return files.map(({ path }) => path);
}

/** In the format of npm: an archive that is compressed as a whole. */
function compressedBytes(files: readonly string[]): number {
  const archive = execFileSync('tar', ['--create', '--file=-', '--files-from=-'], { cwd: ROOT, input: files.join('\n'), maxBuffer: MAX_LISTING_BYTES });
  return gzipSync(archive, { level: 9 }).length;
}
