import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { synthesize } from './support/system';
import { HANDLER_IMPORTS, RUNTIME_IMPORTS_OF_PUBLIC_FILES } from '../projenrc/import-rules';

const ROOT = join(__dirname, '..');

/** The folders of handlers/ that compute and do no I/O, and the modules that they may use for it; `aws-lambda` is types alone. */
const PURE_FOLDERS = ['domain', 'alerts', 'providers', 'assess/rules'];
const PURE_MODULES = ['node:buffer', 'node:crypto', 'node:url', 'node:zlib', 'currency-codes/data', 'fast-xml-parser', 'lossless-json', 'aws-lambda'];

interface Import { readonly file: string; readonly target: string; readonly typesOnly: boolean }

/** What the files below a folder import, with paths of the project's own files from its root. */
function importsOf(folder: string): Import[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(folder, name);
      return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:^(?:import|export)( type)? [^;']*)?from '([^']+)'|import\('([^']+)'\)/gm)]
        .map(([, type, from, dynamic]) => ({ typesOnly: type !== undefined, target: from ?? dynamic }))
        .map(({ target, ...rest }) => ({ ...rest, file, target: target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target }));
    });
}

const isOwn = ({ target }: Pick<Import, 'target'>) => /^(handlers|src)\//.test(target);

describe('the folders of the handlers', () => {
  test('are those that the import rules know', () => {
    const folders = readdirSync(join(ROOT, 'handlers'), { withFileTypes: true }).map(({ name }) => name);

    expect(folders.sort()).toEqual(Object.keys(HANDLER_IMPORTS).sort());
  });

  test('import each other without a cycle', () => {
    const visit = (folder: string, above: readonly string[]): string[][] => above.includes(folder)
      ? [[...above, folder]]
      : HANDLER_IMPORTS[folder].flatMap((other) => visit(other, [...above, folder]));

    expect(Object.keys(HANDLER_IMPORTS).flatMap((folder) => visit(folder, []))).toEqual([]);
  });

  test('allow no import that nobody makes', () => {
    const used = importsOf('handlers').map(({ file, target }) => [file, target].map((path) => path.split('/')).map(([top, folder]) => top === 'handlers' && folder))
      .filter(([from, to]) => from && to && from !== to);
    const allowed = Object.entries(HANDLER_IMPORTS).flatMap(([from, others]) => others.map((to) => [from, to]));

    expect(allowed.filter(([from, to]) => !used.some((pair) => pair[0] === from && pair[1] === to))).toEqual([]);
  });

  test.each(PURE_FOLDERS)('%s imports nothing that does I/O', (folder) => {
    expect(importsOf(`handlers/${folder}`).filter((each) => !isOwn(each) && !PURE_MODULES.includes(each.target))).toEqual([]);
  });

  test('import the CDK nowhere', () => {
    expect(importsOf('handlers').filter(({ target }) => /^(aws-cdk-lib|constructs)/.test(target))).toEqual([]);
  });
});

test('the contract imports nothing but its own parts', () => {
  expect(importsOf('src/private/contract').filter(({ target }) => !target.startsWith('src/private/contract/'))).toEqual([]);
});

test('the private files that import a public one at runtime are those that the import rules list', () => {
  const files = importsOf('src/private').filter(({ target, typesOnly }) => isOwn({ target }) && !target.startsWith('src/private/') && !typesOnly)
    .map(({ file }) => file);

  expect([...new Set(files)].sort()).toEqual(RUNTIME_IMPORTS_OF_PUBLIC_FILES);
});

describe('the runbook', () => {
  const headings = [...readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8').matchAll(/^## `webhooks-(.+)-<suffix>`$/gm)].map(([, name]) => name);

  test('has a heading for each alarm and for nothing else', () => {
    const { template } = synthesize({ environmentSuffix: 'test' });
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => /^webhooks-(.+)-test$/.exec(Properties.AlarmName)![1]);

    expect([...headings].sort()).toEqual([...alarms].sort());
  });
});
