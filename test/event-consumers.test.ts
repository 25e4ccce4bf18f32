import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { build } from 'esbuild';
import * as ts from 'typescript';
import { busEvent } from './consumer/support/deliveries';
import { LocalDynamoDb } from './handlers/support/dynamodb';
import { DETAIL_CONFIG, TIERS, storedTransaction } from './handlers/support/items';
import { USER_CODE_OPTIONS } from './support/compiler-options';
import type { StoredItem } from '../handlers/aws/stored-item';
import { transactionItem } from '../handlers/ingest/transaction-item';
import { storeOnce } from '../handlers/ingest/transaction-writer';
import { toTransactionDetail } from '../handlers/publish/events/detail';
import { CONSUMER_BUNDLE } from '../projenrc/handler-entries';

const ROOT = join(__dirname, '..');
const PACKAGE = 'cdk-webhook-processing-system';
const [shipping, typed, onceConsumer, bodyReader] = [...readFileSync(join(ROOT, 'docs/events.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);

/** Uses a field that can be absent as if it were always present. */
const WRONG = `
import type { TransactionReceivedDetail } from '${PACKAGE}/events';
export const amountOf = ({ amount }: TransactionReceivedDetail): number => amount;
`;

/** Uses a field that events of this detail type do not have. */
const WRONG_TYPE = `
import { onTransaction } from '${PACKAGE}/consumer';
export const handler = onTransaction(({ detail }) => detail.verdict, { detailTypes: ['transaction.received'] });
`;

/** A project of a consumer, with the package as npm publishes it. */
const project = mkdtempSync(join(tmpdir(), 'consumer-'));

function write(files: { readonly [name: string]: string }): void {
  Object.entries(files).forEach(([name, text]) => writeFileSync(join(project, name), text));
}

beforeAll(() => {
  const installed = join(project, 'node_modules', PACKAGE);
  mkdirSync(installed, { recursive: true });
  for (const name of ['@aws-sdk', '@types', 'ajv']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(project, 'node_modules', name));
  }
  const [{ filename }] = JSON.parse(execFileSync(
    'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', project], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )) as [{ filename: string }];
  execFileSync('tar', ['-xzf', join(project, filename), '-C', installed, '--strip-components', '1']);
});
afterAll(() => rmSync(project, { recursive: true }));

/** The errors of the compiler in the files of the project. */
function compilerErrors(files: { readonly [name: string]: string }, options: ts.CompilerOptions): string[] {
  write(files);
  const program = ts.createProgram(Object.keys(files).map((name) => join(project, name)), {
    ...USER_CODE_OPTIONS,
    typeRoots: [join(project, 'node_modules/@types')],
    ignoreDeprecations: '6.0',
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const [reason] = ts.flattenDiagnosticMessageText(messageText, '\n').trim().split('\n').slice(-1);
    return `${file && basename(file.fileName)}: ${reason.trim()}`;
  });
}

const { ModuleKind, ModuleResolutionKind } = ts;

describe.each([
  ['node10, CommonJS', 'commonjs', { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 }],
  ['node16, CommonJS', 'commonjs', { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  ['node16, ES modules', 'module', { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 }],
  ['nodenext, ES modules', 'module', { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext }],
  ['bundler', 'module', { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler }],
] as const)('a consumer with the module resolution %s', (_, type, options) => {
  test('compiles the examples of docs/events.md, and checks the types of the fields', () => {
    write({ 'package.json': JSON.stringify({ type }) });
    const examples = { 'shipping.ts': shipping, 'typed.ts': typed, 'once.ts': onceConsumer, 'body-reader.ts': bodyReader };

    expect(compilerErrors({ ...examples, 'wrong-type.ts': WRONG_TYPE, 'wrong.ts': WRONG }, options).sort()).toEqual([
      'wrong-type.ts: Property \'verdict\' does not exist on type \'TransactionReceivedDetail\'.',
      'wrong.ts: Type \'undefined\' is not assignable to type \'number\'.',
    ]);
  });
});

test('the declaration of the subpath has no errors of its own', () => {
  write({ 'package.json': '{"type":"commonjs"}' });

  expect(compilerErrors({ 'shipping.ts': shipping }, { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16, skipLibCheck: false })).toEqual([]);
});

/** Uses a body as a `Buffer`. */
const BODY_USER = `
import { readBody } from '${PACKAGE}/consumer';
export const read = async (): Promise<string> => (await readBody({ transaction_id: 'a', timestamp: 'b' })).toString('base64');
`;

// TypeScript 6 loads the types of Node.js only if a project names them.
test.each([['with', ['node']], ['without', []]])('the declaration of the subpath has no errors in a project %s the types of Node.js', (_, types) => {
  write({ 'package.json': '{"type":"commonjs"}' });
  const options = { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16, skipLibCheck: false, types };

  expect(compilerErrors({ 'body-user.ts': BODY_USER }, options)).toEqual([]);
});

test('a body is a Buffer in a project with the types of Node.js', () => {
  write({ 'package.json': '{"type":"commonjs"}' });
  const code = `${BODY_USER}\nimport type { BodyBytes } from '${PACKAGE}/consumer';\nexport const back = (buffer: Buffer): BodyBytes => buffer;\nexport const buffer = (bytes: BodyBytes): Buffer => bytes;`;

  expect(compilerErrors({ 'buffer.ts': code }, { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 })).toEqual([]);
});

test('the declaration of the subpath names exactly what its bundle exports', () => {
  const program = ts.createProgram([join(ROOT, 'consumer/index.d.ts')], { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 });
  const checker = program.getTypeChecker();
  const declared = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(join(ROOT, 'consumer/index.d.ts'))!)!)
    .filter(({ valueDeclaration }) => valueDeclaration !== undefined).map(({ name }) => name);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const bundle = require(join(ROOT, CONSUMER_BUNDLE)) as object;

  expect(declared.sort()).toEqual(Object.keys(bundle).sort());
});

describe('the examples of docs/events.md', () => {
  const detail = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
  let dynamodb: LocalDynamoDb;

  beforeAll(async () => {
    dynamodb = await LocalDynamoDb.start();
    dynamodb.useForHandlers();
    process.env.PROCESSED_EVENTS_TABLE = 'processed';
    process.env.ARCHIVE_BUCKET_NAME = 'archive';
    await dynamodb.client.send(new CreateTableCommand({
      TableName: 'processed',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }));
  });
  afterAll(async () => {
    delete process.env.PROCESSED_EVENTS_TABLE;
    delete process.env.ARCHIVE_BUCKET_NAME;
    await dynamodb.stop();
  });

  const eventWith = (more: object = {}) => JSON.stringify(busEvent({ ...detail, ...more }));
  /** Code that sends an event, records the calls of the consumer's own function, and prints the value of an expression. */
  const testing = (example: string, own: string, expression: string) => `${example}
    const calls: string[] = [];
    (globalThis as any).${own} = async (...values: unknown[]) => { calls.push(values.map(String).join(' ')); };
    const send = async (event: object) => handler(event as any).then(() => 'done', ({ message }) => message);
    void (async () => process.stdout.write(JSON.stringify(${expression})))();
  `;

  async function runFile(name: string): Promise<unknown> {
    return JSON.parse((await promisify(execFile)(process.execPath, [join(project, name)], { env: process.env })).stdout);
  }

  /** Runs it as a function that is not bundled. */
  async function run(example: string, own: string, expression: string): Promise<unknown> {
    write({
      'package.json': '{"type":"commonjs"}',
      'run.js': ts.transpileModule(testing(example, own, expression), { compilerOptions: { module: ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText,
    });
    return runFile('run.js');
  }

  /** Runs it as a function that is bundled as an ES module, without the SDK. */
  async function runBundled(example: string, own: string, expression: string): Promise<unknown> {
    write({ 'bundled.ts': testing(example, own, expression) });
    await build({
      entryPoints: [join(project, 'bundled.ts')],
      outfile: join(project, 'bundled.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@aws-sdk/*'],
      logLevel: 'silent',
      banner: { js: 'import { createRequire as nodeRequire } from "node:module"; const builtins = nodeRequire(import.meta.url); const require = (name) => { if (name.startsWith("@")) throw new Error("no require"); return builtins(name); };' },
    });
    return runFile('bundled.mjs');
  }

  test('ship an order when its payment arrives', async () => {
    const key = `transaction.received ${detail.transaction_id} ${detail.timestamp}`;

    expect(await run(shipping, 'ship', `[await send(${eventWith()}), await send(${eventWith({ kind: 'refunded' })}), calls]`))
      .toEqual(['done', 'done', [`order-1001 ${key}`]]);
    expect(await run(shipping, 'ship', `[await send(${eventWith({ currency: 5 })}), calls]`)).toEqual(['detail.currency must be string', []]);
  });

  test('use the types alone', async () => {
    expect(await run(typed, 'unused', `[await handler(${eventWith()} as any)]`)).toEqual(['captured 1234567 EUR']);
  });

  test.each([['CommonJS', run, 'a'], ['a bundle', runBundled, 'b']] as const)('process each event once, as %s', async (_, runIt, id) => {
    const event = eventWith({ timestamp: `${detail.timestamp}-${id}` });

    expect(await runIt(onceConsumer, 'processOnce', `[await send(${event}), await send({ ...${event}, id: 'second' }), calls.length]`)).toEqual(['done', 'done', 1]);
  });

  test('read the body of a stored webhook', async () => {
    const rawBody = Buffer.from('\ufeff{"a":"é"}');
    const item = transactionItem({
      provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
      normalized: { parsed: true, fields: { eventId: 'evt', transactionId: 'order', kind: 'other', live: true, moneyMovement: false, declined: false } },
      rawBody,
      receivedAt: new Date(),
      tiers: TIERS,
    });
    await storeOnce(item);
    const { transaction_id, timestamp } = item;
    const erased = storedTransaction({ erased_at: { S: '2025-03-05T00:00:00.000Z' } });
    await dynamodb.store([erased]);

    expect(await run(bodyReader, 'save', `[await send(${eventWith({ transaction_id, timestamp })}), calls]`)).toEqual(['done', [rawBody.toString()]]);
    expect(await run(bodyReader, 'save', `[await send(${eventWith()}), calls]`)).toEqual(['done', []]);
    expect(await run(bodyReader, 'save', `[await send(${eventWith({ timestamp: 'expired#1' })}), calls]`))
      .toEqual([expect.stringContaining('has no item of the webhook'), []]);
  });
});
