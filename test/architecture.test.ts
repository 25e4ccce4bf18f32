import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { synthesize } from './support/system';

const ROOT = join(__dirname, '..');

/** What computes and does no I/O; `aws-lambda` is types alone. */
const PURE_MODULES = ['node:buffer', 'node:crypto', 'node:url', 'node:zlib', 'currency-codes/data', 'fast-xml-parser', 'lossless-json', 'aws-lambda'];

interface Import { readonly file: string; readonly target: string }

/** What the files below a folder import, with paths of the project's own files from its root. */
function importsOf(folder: string): Import[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((name) => {
      const file = join(folder, name);
      return [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g)]
        .map(([, from, dynamic]) => from ?? dynamic)
        .map((target) => ({ file, target: target.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), target)) : target }));
    });
}

const layerOf = (path: string) => /^(handlers\/core|handlers\/adapters|handlers|src)\b/.exec(path)?.[1];

describe('imports point one way', () => {
  test('the core imports itself and the contract, and nothing that does I/O', () => {
    const strangers = importsOf('handlers/core').filter(({ target }) => layerOf(target) !== 'handlers/core'
      && target !== 'src/private/contract' && !PURE_MODULES.includes(target));

    expect(strangers).toEqual([]);
  });

  test('the adapters import no entry point', () => {
    expect(importsOf('handlers/adapters').filter(({ target }) => layerOf(target) === 'handlers')).toEqual([]);
  });

  test('the handlers import the CDK nowhere, and the library only by its contract', () => {
    const strangers = importsOf('handlers').filter(({ target }) => /^(aws-cdk-lib|constructs)/.test(target)
      || (layerOf(target) === 'src' && target !== 'src/private/contract'));

    expect(strangers).toEqual([]);
  });

  test('the library imports no handler, and its contract nothing but its own parts', () => {
    const imports = importsOf('src');

    expect(imports.filter(({ target }) => layerOf(target)?.startsWith('handlers'))).toEqual([]);
    expect(imports.filter(({ file, target }) => /contract\.ts$/.test(file) && target !== 'src/private/fraud-contract')).toEqual([]);
  });
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
