import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { ConsumerProject, MODULE_RESOLUTIONS, PACKAGE } from '../support/consumer-project';

const ROOT = join(__dirname, '..', '..');
/** The examples of docs/testing.md. */
const examples = [...readFileSync(join(ROOT, 'docs/testing.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);
const exampleFiles = Object.fromEntries(examples.map((code, index) => [`example-${index}.ts`, code]));

/** Each line is an error. */
const WRONG = `
import { signedWebhook, transactionReceived } from '${PACKAGE}/testing';
signedWebhook('strpe');
signedWebhook('lemon-squeezy', { kind: 'disputed' });
signedWebhook('stripe', { event: 'CAPTURE' });
transactionReceived({ amout: 5 });
`;
const RIGHT = `
import type { EventBridgeEvent } from 'aws-lambda';
import type { TransactionReceivedDetail } from '${PACKAGE}/events';
import { transactionReceived } from '${PACKAGE}/testing';
export const event: EventBridgeEvent<'transaction.received', TransactionReceivedDetail> = transactionReceived();
`;

const toEsModule = (code: string) => (
  ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } }).outputText
);

let project: ConsumerProject;

beforeAll(() => {
  project = ConsumerProject.create(['@types']);
});
afterAll(() => project.remove());

describe.each(MODULE_RESOLUTIONS)('a test with the module resolution %s', (_, type, options) => {
  test('compiles the examples of docs/testing.md, and checks names and kinds', () => {
    project.write({ 'package.json': JSON.stringify({ type }) });

    expect(project.compilerErrors({ ...exampleFiles, 'right.ts': RIGHT, 'wrong.ts': WRONG }, options)).toEqual([
      expect.stringMatching(/^wrong\.ts: Argument of type '"strpe"'/),
      expect.stringMatching(/^wrong\.ts: Type '"disputed"' is not assignable/),
      expect.stringMatching(/^wrong\.ts: Type '"CAPTURE"' is not assignable/),
      expect.stringMatching(/^wrong\.ts: .*'amout' does not exist/),
    ]);
  });
});

const USE = `
  const webhook = signedWebhook('stripe', { amount: 5 });
  console.log(JSON.stringify([webhook.event, transactionReceived().detail.kind, goldenEvents.blocked.detail.verdict, providerNames.includes('stripe')]));
`;
const USED = ['charge.succeeded', 'captured', 'block', true];

describe('the helpers for tests', () => {
  test('run in CommonJS', async () => {
    const code = `const { signedWebhook, transactionReceived, goldenEvents, providerNames } = require('${PACKAGE}/testing');${USE}`;

    expect(JSON.parse(await project.run('use.cjs', code))).toEqual(USED);
  });

  test('run as an ES module', async () => {
    const code = `import { signedWebhook, transactionReceived, goldenEvents, providerNames } from '${PACKAGE}/testing';${USE}`;

    expect(JSON.parse(await project.run('use.mjs', code))).toEqual(USED);
  });

  test.each(['example-0.ts', 'example-1.ts'])('pass the tests of %s', async (name) => {
    expect(await project.run('test.mjs', toEsModule(exampleFiles[name]))).toMatch(/^# fail 0$|^ℹ fail 0$/m);
  });

  test('sign each event of each provider in the last example', async () => {
    expect(Number(await project.run('all.mjs', toEsModule(`${examples.at(-1)}\nconsole.log(webhooks.length);`)))).toBeGreaterThan(50);
  });
});

describe('the other subpaths of the package', () => {
  const resolved = [
    'events', '.jsii', 'package.json', 'schemas/transaction-received.schema.json', 'assets/webhook-validator/Dockerfile', 'README.md', 'events/index.d.ts',
    'lib', 'lib/index', 'lib/index.js', 'lib/index.d.ts',
  ];
  /** jsii and the compiler write these. */
  const isBuilt = (subpath: string) => !/^(lib|\.jsii)/.test(subpath) || existsSync(join(ROOT, 'lib'));

  test.each(resolved.filter(isBuilt))('include %s', async (subpath) => {
    expect(await project.run('resolve.cjs', `console.log(require.resolve('${PACKAGE}/${subpath}'));`)).toContain(join('node_modules', PACKAGE));
    expect(await project.run('resolve.mjs', `console.log(import.meta.resolve('${PACKAGE}/${subpath}'));`)).toContain(join('node_modules', PACKAGE));
  });

  test('have files that exist', () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly exports: { readonly [subpath: string]: string | object } };
    const files = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target) as string[]))
      .filter((file) => !file.includes('*') && isBuilt(file.slice(2)));

    expect(files.filter((file) => !existsSync(join(project.folder, 'node_modules', PACKAGE, file)))).toEqual([]);
  });
});
