import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UnpackedPackage } from './npm-package';
import type { ReleaseCheck } from './package-row';
import { commandFailure, outputOf, runCommand, type CommandResult } from './run-command';

const NAME = 'jsii-diff';
/** Breaking changes that a new major version announces, one a line. */
const IGNORED = '.compatignore';

/** Where the API before this release is. */
export type Baseline = { readonly kind: 'registry' } | { readonly kind: 'tag'; readonly tag: string } | { readonly kind: 'none' } | { readonly kind: 'unknown'; readonly reason: string };

/** Chooses what to compare with: the published package, the last release's tag, or nothing before the first release. */
export function baselineOf(published: CommandResult, tag: CommandResult): Baseline {
  if (published.ok) {
    return { kind: 'registry' };
  }
  if (!/\bE404\b/.test(published.output)) {
    return { kind: 'unknown', reason: published.output };
  }
  return tag.ok ? { kind: 'tag', tag: tag.output.trim() } : { kind: 'none' };
}

/** Compares the API with that of the last release. An incompatible change that `.compatignore` does not list is a failure. */
export function compareWithPublished({ name, folder }: UnpackedPackage, root: string): ReleaseCheck {
  const baseline = baselineOf(
    runCommand('npm', ['view', name, 'version']),
    runCommand('git', ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*'], { cwd: root }),
  );
  switch (baseline.kind) {
    case 'none': return { name: NAME, failures: [], note: 'skipped, npm has no version and git has no tag' };
    case 'unknown': return { name: NAME, failures: commandFailure('npm did not answer', { ok: false, output: baseline.reason }) };
    case 'registry': return { name: NAME, failures: compare(`npm:${name}`, folder, root), note: 'compatible with the version at npm' };
    case 'tag': return { name: NAME, failures: withAssemblyOf(baseline.tag, root, (earlier) => compare(earlier, folder, root)), note: `compatible with ${baseline.tag}` };
  }
}

function compare(earlier: string, folder: string, root: string): string[] {
  const ignored = existsSync(join(root, IGNORED)) ? ['--ignore-file', join(root, IGNORED)] : [];
  return commandFailure('the API has incompatible changes', runCommand(join(root, 'node_modules/.bin/jsii-diff'), ['--keys', ...ignored, earlier, folder]));
}

/** Compiles the sources of a tag in a temporary folder. */
function withAssemblyOf(tag: string, root: string, use: (folder: string) => string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'earlier-api-'));
  try {
    const source = join(folder, 'source');
    mkdirSync(source);
    outputOf('git', ['archive', '--format', 'tar', '--output', join(folder, 'source.tar'), tag], root);
    outputOf('tar', ['-xf', join(folder, 'source.tar'), '-C', source]);
    symlinkSync(join(root, 'node_modules'), join(source, 'node_modules'));
    const compiled = runCommand(join(root, 'node_modules/.bin/jsii'), [], { cwd: source });
    return compiled.ok ? use(source) : commandFailure(`${tag} does not compile`, compiled);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
