import { baselineOf } from '../../projenrc/release/api-comparison';
import { checkContent, NPM_RULES } from '../../projenrc/release/content-rules';
import { failuresOf, formatSize, renderRows } from '../../projenrc/release/package-row';

describe('the content of a package', () => {
  const check = (files: readonly string[], bytes = 1000) => checkContent(NPM_RULES, files, bytes).flatMap(({ failures }) => failures);

  test('can be what the rules require', () => {
    expect(check(NPM_RULES.required)).toEqual([]);
  });

  test('must contain each required file', () => {
    expect(check(NPM_RULES.required.filter((file) => !file.endsWith('Dockerfile')))).toEqual([
      'assets/webhook-validator/Dockerfile is missing', 'assets/event-relay/Dockerfile is missing',
      'assets/fraud-detector/Dockerfile is missing', 'assets/transaction-archival/Dockerfile is missing',
    ]);
  });

  test.each([
    'src/index.ts', 'lib/index.ts', 'test/replacements.test.ts', 'lib/fraud/rule.test.js', 'examples/python/app.py', 'docs/pictures/dashboard.png',
    'handlers/ingest/README.md', 'cli/main.ts', 'cli/console/page/main.tsx', '.github/CODEOWNERS', 'node_modules/preact/index.js', 'assets/cli/console.js.map',
    '.projenrc.ts', 'tsconfig.dev.json', 'package-lock.json', 'dist/js/old.tgz',
  ])('must not contain %s', (file) => {
    expect(check([...NPM_RULES.required, file])).toEqual([`${file} must not be in the package`]);
  });

  test.each(['lib/fraud/fraud-rule.d.ts', 'docs/events.md', 'docs/architecture.svg', '.jsii', '.jsii.tabl.json', 'testing/generated/events.d.ts'])('can contain %s', (file) => {
    expect(check([...NPM_RULES.required, file])).toEqual([]);
  });

  test('must not exceed the limit', () => {
    expect(check(NPM_RULES.required, NPM_RULES.maxBytes)).toEqual([]);
    expect(check(NPM_RULES.required, 5e6)).toEqual([expect.stringMatching(/^the package has 5\.0 MB\./)]);
  });
});

describe('the baseline of the API', () => {
  const failed = (output: string) => ({ ok: false, output });

  test('is the published package', () => {
    expect(baselineOf({ ok: true, output: '1.2.3\n' }, { ok: true, output: 'v1.2.3\n' })).toEqual({ kind: 'registry' });
  });

  test('is the last tag if nothing is published', () => {
    expect(baselineOf(failed('npm error code E404'), { ok: true, output: 'v1.2.3\n' })).toEqual({ kind: 'tag', tag: 'v1.2.3' });
  });

  test('does not exist before the first release', () => {
    expect(baselineOf(failed('npm error code E404'), failed('fatal: No names found'))).toEqual({ kind: 'none' });
  });

  test('is unknown if the registry does not answer', () => {
    expect(baselineOf(failed('npm error code ETIMEDOUT'), { ok: true, output: 'v1.2.3' })).toEqual({ kind: 'unknown', reason: 'npm error code ETIMEDOUT' });
  });
});

describe('the table', () => {
  const row = (failures: readonly string[], note?: string) => ({ name: 'npm', files: 3, bytes: 2_579_000, checks: [{ name: 'attw', failures, note }] });

  test('shows the size and the result of each check', () => {
    expect(renderRows([row([])])).toMatch(/npm .* 3 .* 2\.6 MB .* attw: ok /);
    expect(renderRows([row(['wrong'])])).toMatch(/ attw: FAILED /);
  });

  test('shows why a check was skipped, but not if it failed', () => {
    expect(renderRows([row([], 'skipped, no tag')])).toMatch(/ attw: skipped, no tag /);
    expect(renderRows([row(['wrong'], 'compatible')])).toMatch(/ attw: FAILED /);
  });

  test('has a line for each failure', () => {
    expect(failuresOf([row(['one', 'two']), row([])])).toEqual(['npm: attw: one', 'npm: attw: two']);
  });

  test.each([[1, '1 kB'], [999_000, '999 kB'], [1_000_000, '1.0 MB'], [2_550_000, '2.5 MB']])('shows %d bytes as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});
