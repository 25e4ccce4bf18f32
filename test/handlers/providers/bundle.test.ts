import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundleHandler } from '../../../projenrc/handler-bundle';
import { HANDLER_ENTRIES } from '../../../projenrc/handler-entries';
import { Env } from '../../../src/private/contract';
import { assertBuilt, bundleOf } from '../support/bundle-process';
import { braintreeXml } from '../support/sample-events';

const MAX_BYTES = 600_000;

/** Lets a parser's modules say that they are evaluated. */
const TELLING: Plugin = {
  name: 'telling',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](fast-xml-parser|lossless-json)[/\\].*\.[cm]?js$/ }, async ({ path }) => (
      { contents: `globalThis.evaluated = [...globalThis.evaluated ?? [], ${JSON.stringify(path)}];\n${await readFile(path, 'utf8')}`, loader: 'js' }
    ));
  },
};

const folder = mkdtempSync(join(tmpdir(), 'bundle-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Loads a bundle in a fresh process and runs a script over what it exports; gives the parsers that were evaluated by then. */
async function evaluatedBy(entryPoint: string, script: string): Promise<string> {
  const file = join(folder, 'index.js');
  await bundleHandler(entryPoint, file, [TELLING]);
  const environment = { AWS_REGION: 'us-east-1', NODE_NO_WARNINGS: '1', [Env.PROVIDERS]: '[]', [Env.TIERS]: '{}', [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '0' };
  const code = `const exported = require(process.argv[1]); ${script}; console.log((globalThis.evaluated ?? []).join());`;
  return execFileSync(process.execPath, ['-e', code, file], { env: environment, encoding: 'utf8' });
}

const form = String(new URLSearchParams({ bt_payload: Buffer.from(braintreeXml('check', '<check/>')).toString('base64') }));

test('the validator\'s bundle stays small', () => {
  assertBuilt('webhook-validator');

  expect(statSync(bundleOf('webhook-validator')).size).toBeLessThan(MAX_BYTES);
});

test('its load does not evaluate the parser of XML', async () => {
  expect(await evaluatedBy(HANDLER_ENTRIES['webhook-validator'], '')).not.toMatch('fast-xml-parser');
});

test('a notification of Braintree does', async () => {
  const read = `exported.loadScheme('braintree').normalize({ body: Buffer.from('${form}'), headers: new Map() })`;

  expect(await evaluatedBy('handlers/providers/registry.ts', '')).not.toMatch('fast-xml-parser');
  expect(await evaluatedBy('handlers/providers/registry.ts', read)).toMatch('fast-xml-parser');
});
