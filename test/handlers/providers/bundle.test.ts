import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OnLoadArgs, OnLoadResult, Plugin } from 'esbuild';
import { braintreeXml } from '../../../handlers/providers/braintree/samples';
import { SCHEME_NAMES } from '../../../handlers/providers/registry';
import { PLANTED } from '../../../handlers/providers/shared/samples/provider-samples';
import { bundleHandler } from '../../../projenrc/handler-bundle';
import { HANDLER_ENTRIES } from '../../../projenrc/handler-entries';
import { Env, type SchemeName } from '../../../src/private/contract';
import { bundleOf } from '../support/bundle-process';

const MAX_BYTES = 400_000;

/** Makes the modules of parsers and providers report their evaluation. */
const REPORTING: Plugin = {
  name: 'reporting',
  setup({ onLoad }) {
    const report = (loader: 'js' | 'ts') => async ({ path }: OnLoadArgs): Promise<OnLoadResult> => (
      { contents: `globalThis.evaluated = [...globalThis.evaluated ?? [], ${JSON.stringify(path)}];\n${await readFile(path, 'utf8')}`, loader }
    );
    onLoad({ filter: /[/\\](fast-xml-parser|lossless-json|@aws-sdk[/\\]client-(dynamodb|s3))[/\\].*\.[cm]?js$/ }, report('js'));
    onLoad({ filter: /[/\\]providers[/\\][^/\\]+[/\\]index\.ts$/ }, report('ts'));
  },
};

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Loads a bundle in a new process and runs a script with its exports. Returns the evaluated modules. */
async function evaluatedBy(entryPoint: string, script: string, ...schemes: SchemeName[]): Promise<string> {
  const file = join(folder, 'index.js');
  await bundleHandler(entryPoint, file, [REPORTING]);
  const environment = {
    AWS_REGION: 'us-east-1',
    NODE_NO_WARNINGS: '1',
    [Env.PROVIDERS]: JSON.stringify(schemes.map((scheme) => ({ name: scheme, scheme }))),
    [Env.TIERS]: '{}',
    [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '0',
  };
  const code = `const exported = require(process.argv[1]); ${script}; console.log((globalThis.evaluated ?? []).join());`;
  return execFileSync(process.execPath, ['-e', code, file], { env: environment, encoding: 'utf8' });
}

const form = String(new URLSearchParams({ bt_payload: Buffer.from(braintreeXml('check', '<check/>')).toString('base64') }));

test('the bundle of the validator is small', () => {
  expect(statSync(bundleOf('webhook-validator')).size).toBeLessThan(MAX_BYTES);
});

test('the parser of XML has a file of its own beside the bundle, so that only Braintree loads it', () => {
  const parser = join(dirname(bundleOf('webhook-validator')), 'fast-xml-parser.js');

  expect(statSync(parser).size).toBeGreaterThan(10_000);
  expect(readFileSync(join(dirname(parser), 'braintree.js'), 'utf8').includes('require("./fast-xml-parser.js")')).toBe(true);
});

test('each provider has a file of its own beside the bundle, so that a function loads only what is configured', () => {
  const bundle = readFileSync(bundleOf('webhook-validator'), 'utf8');

  for (const name of SCHEME_NAMES) {
    expect([name, bundle.includes(`require("./${name}.js")`)]).toEqual([name, true]);
    expect(existsSync(join(dirname(bundleOf('webhook-validator')), `${name}.js`))).toBe(true);
  }
  expect(bundle.includes('stripe-signature')).toBe(false);
});

test('the validator loads no client of the SDK, and has that of S3 in a file of its own for the first large body', async () => {
  const bundle = bundleOf('webhook-validator');
  const evaluated = await evaluatedBy(HANDLER_ENTRIES['webhook-validator'], '', 'stripe');

  expect(readFileSync(bundle, 'utf8').includes('require("./body-object.js")')).toBe(true);
  expect(readFileSync(join(dirname(bundle), 'body-object.js'), 'utf8').includes('"PutObject"')).toBe(true);
  expect(evaluated).toContain('lossless-json');
  expect(evaluated).not.toMatch(/client-(dynamodb|secrets-manager|s3)/);
});

test('only the bundle of the reconciler can call the APIs of providers', () => {
  const hosts = ['api.stripe.com', 'api-m.paypal.com', 'connect.squareup.com'];
  const hostsIn = (file: string) => hosts.filter((host) => readFileSync(file, 'utf8').includes(host));
  const reconciler = bundleOf('webhook-reconciler');
  const others = readdirSync(dirname(reconciler)).map((name) => join(dirname(reconciler), name)).filter((file) => file.endsWith('.js') && file !== reconciler);

  expect(hostsIn(reconciler)).toEqual(hosts);
  expect(others.filter((file) => hostsIn(file).length > 0)).toEqual([]);
});

test('the bundle and the files beside it contain no samples', () => {
  const assets = dirname(bundleOf('webhook-validator'));
  const files = readdirSync(assets).filter((name) => name.endsWith('.js'));

  expect(files.length).toBeGreaterThan(SCHEME_NAMES.length);
  for (const file of files) {
    expect([file, readFileSync(join(assets, file), 'utf8').includes(PLANTED.cardNumber)]).toEqual([file, false]);
  }
});

test('loading the bundle does not evaluate the XML parser, even for Braintree', async () => {
  expect(await evaluatedBy(HANDLER_ENTRIES['webhook-validator'], '', 'braintree')).not.toMatch('fast-xml-parser');
});

test('loading the bundle evaluates only the configured providers', async () => {
  const evaluated = await evaluatedBy(HANDLER_ENTRIES['webhook-validator'], '', 'stripe', 'mollie');

  expect([...evaluated.matchAll(/providers\/([^/]+)\/index\.ts/g)].map(([, name]) => name)).toEqual(['stripe', 'mollie']);
});

test('a notification of Braintree evaluates the XML parser', async () => {
  const read = `exported.loadScheme('braintree').normalize({ body: Buffer.from('${form}'), headers: new Map() }, {})`;

  expect(await evaluatedBy('handlers/providers/registry.ts', '')).not.toMatch('fast-xml-parser');
  expect(await evaluatedBy('handlers/providers/registry.ts', read)).toMatch('fast-xml-parser');
});
