import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { CreateTableCommand, DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as ts from 'typescript';
import { LocalDynamoDb } from './handlers/support/dynamodb';
import { DETAIL_CONFIG, TIERS, storedTransaction } from './handlers/support/items';
import type { StoredItem } from '../handlers/aws/stored-item';
import { transactionItem } from '../handlers/ingest/transaction-item';
import { storeOnce } from '../handlers/ingest/transaction-writer';
import { toTransactionDetail } from '../handlers/publish/events/detail';

const ROOT = join(__dirname, '..');
const PACKAGE = 'cdk-webhook-processing-system';
const [shipping, typed, onceConsumer, bodyReader] = [...readFileSync(join(ROOT, 'docs/events.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code);

/** Uses a field that can be absent as if it were always present. */
const WRONG = `
import type { TransactionReceivedDetail } from '${PACKAGE}/events';
export const amountOf = ({ amount }: TransactionReceivedDetail): number => amount;
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
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    target: ts.ScriptTarget.ES2022,
    typeRoots: [join(project, 'node_modules/@types')],
    types: ['node'],
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
  const hasAttributes = options.module === ModuleKind.NodeNext || options.module === ModuleKind.ESNext;

  test('compiles the examples of docs/events.md, and checks the types of the fields', () => {
    write({ 'package.json': JSON.stringify({ type }) });
    const examples = { 'consumer.ts': consumer, 'validator.ts': hasAttributes ? validator : withoutAttributes(validator) };

    expect(compilerErrors({ ...examples, 'wrong.ts': WRONG }, options)).toEqual(['wrong.ts: Type \'undefined\' is not assignable to type \'number\'.']);
  });
});

describe('the examples of docs/events.md', () => {
  let dynamodb: LocalDynamoDb;

  beforeAll(async () => {
    dynamodb = await LocalDynamoDb.start();
    dynamodb.useForHandlers();
    write({ 'package.json': '{"type":"module"}' });
  });
  afterAll(() => dynamodb.stop());

  /** Runs an example as an ES module, and prints the value of an expression. */
  async function run(example: string, expression: string): Promise<string> {
    const { outputText } = ts.transpileModule(`${example}\nprocess.stdout.write(String(${expression}));\n`, {
      compilerOptions: { module: ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    write({ 'run.mjs': outputText });
    return (await promisify(execFile)(process.execPath, [join(project, 'run.mjs')], { env: process.env })).stdout;
  }

  describe('process each event once', () => {
    const detail = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);
    const event = { 'detail-type': 'transaction.received', detail };
    const id = `transaction.received ${detail.transaction_id} ${detail.timestamp}`;
    const read = async () => (await dynamodb.client.send(new GetItemCommand({ TableName: 'processed', Key: { id: { S: id } } }))).Item;
    /** Runs an expression with `send`, which sends an event, and with the keys that were processed. */
    const runConsumer = async (expression: string) => JSON.parse(await run(onceConsumer, `await (async () => {
      const keys = [];
      globalThis.processOnce = async (_, key) => { keys.push(key); };
      const send = async (more = {}) => handler({ ...${JSON.stringify(event)}, ...more }).catch(({ message }) => message);
      return JSON.stringify(${expression});
    })()`));

    beforeAll(async () => {
      process.env.PROCESSED_EVENTS_TABLE = 'processed';
      await dynamodb.client.send(new CreateTableCommand({
        TableName: 'processed',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }));
    });
    beforeEach(() => dynamodb.client.send(new DeleteItemCommand({ TableName: 'processed', Key: { id: { S: id } } })));
    afterAll(() => delete process.env.PROCESSED_EVENTS_TABLE);

    test('with types that compile', () => {
      expect(compilerErrors({ 'once.ts': onceConsumer }, { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext })).toEqual([]);
    });

    test('although it arrives twice, with another id of the envelope', async () => {
      expect(await runConsumer('[await send({ id: "first" }), await send({ id: "second" }), keys]')).toEqual(['processed', 'repeated', [id]]);
      expect(await read()).toEqual({ id: { S: id }, expires_at: { N: expect.any(String) } });
    });

    test('but a verdict of the same transaction as another event', async () => {
      expect(await runConsumer('[await send(), await send({ "detail-type": "transaction.assessed" }), keys.length]')).toEqual(['processed', 'processed', 2]);
    });

    test('or again after a failure, when the claim has ended', async () => {
      const failing = 'globalThis.processOnce = async () => { throw new Error("down"); }';

      expect(await runConsumer(`[(${failing}, await send()), await send()]`)).toEqual(['down', 'another invocation processes this event']);

      const claimed = (await read())!;
      await dynamodb.client.send(new PutItemCommand({ TableName: 'processed', Item: { ...claimed, claimed_until: { N: '1' } } }));
      expect(await runConsumer('[await send(), await send()]')).toEqual(['processed', 'repeated']);
    });

    test('and fails on another version of the fields', async () => {
      expect(await runConsumer(`[await send({ detail: { ...${JSON.stringify(detail)}, schema_version: '2' } }), keys]`))
        .toEqual(['unsupported schema_version 2', []]);
    });
  });

  test('read the body of a stored webhook', async () => {
    const rawBody = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x22, 0xff, 0x00, 0x22, 0x7d]);
    const item = transactionItem({
      provider: { name: 'orders', scheme: 'standard-webhooks', secretArns: [] },
      normalized: { parsed: true, fields: { eventId: 'evt', transactionId: 'order', kind: 'other', live: true, moneyMovement: false, declined: false } },
      rawBody,
      receivedAt: new Date(),
      tiers: TIERS,
    });
    await storeOnce(item);
    const { transaction_id, timestamp } = item;

    const options = { module: ModuleKind.NodeNext, moduleResolution: ModuleResolutionKind.NodeNext };
    expect(compilerErrors({ 'body-reader.ts': bodyReader }, options)).toEqual([]);
    expect(await run(bodyReader, `(await rawBody(${JSON.stringify({ transaction_id, timestamp })})).toString('hex')`)).toBe(rawBody.toString('hex'));
    expect(await run(bodyReader, `await rawBody(${JSON.stringify({ transaction_id, timestamp: 'expired' })})`)).toBe('undefined');
  });

  test('validate an event', async () => {
    const detail = toTransactionDetail(storedTransaction() as StoredItem, DETAIL_CONFIG);

    expect(await run(validator, `isTransactionReceived(${JSON.stringify(detail)})`)).toBe('true');
    expect(await run(validator, `isTransactionReceived(${JSON.stringify({ ...detail, schema_version: '2' })})`)).toBe('false');
  });
});
