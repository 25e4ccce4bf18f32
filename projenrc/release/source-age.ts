import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { outputOf } from './run-command';

/** Whether a packed package is older than one of its sources, or has another `package.json`. The version is not compared: a release sets it while it packs. */
export function isStale(tarball: string, packedManifest: string, root: string): boolean {
  const packedAt = statSync(tarball).mtimeMs;
  const sources = outputOf('git', ['ls-files', 'src', 'handlers', 'cli', 'testing', 'consumer', 'events', 'schemas', 'assets', 'docs/*.md', '*.md', 'projenrc/handler-bundle.ts', 'projenrc/handler-entries.ts', '.npmignore', 'package-lock.json'], root)
    .split('\n').filter((file) => file !== '' && file !== 'API.md');
  return sources.some((file) => (statSync(join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > packedAt)
    || withoutVersion(packedManifest) !== withoutVersion(readFileSync(join(root, 'package.json'), 'utf8'));
}

function withoutVersion(manifest: string): string {
  return JSON.stringify({ ...JSON.parse(manifest) as object, version: undefined });
}
