/**
 * What all the providers cost at a cold start: the validator's bundle, beside
 * one that knows Stripe alone, each loaded in a fresh process, in turns.
 *
 *   npx projen benchmark:load-time [pairs]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundleHandler } from '../projenrc/handler-bundle';
import { HANDLER_ENTRIES } from '../projenrc/handler-entries';
import { Env } from '../src/private/contract';

const DEFAULT_PAIRS = 30;
const VALIDATOR = HANDLER_ENTRIES['webhook-validator'];
const KILOBYTE = 1000;

/** Prints what a bundle takes to load in milliseconds: by the clock, and of the processor, which other work on the machine disturbs less. */
const MEASURE = `
  const begin = performance.now();
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ clock: performance.now() - begin, processor: (user + system) / 1000 }));
`;

/** What the validator reads at load. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  NODE_NO_WARNINGS: '1',
  [Env.PROVIDERS]: '[]',
  [Env.TIERS]: '{"medium":1000,"high":10000}',
  [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
  [Env.TABLE_NAME]: 'the-table',
};

/** Reduces the registry to one provider. */
const STRIPE_ALONE: Plugin = {
  name: 'stripe-alone',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]providers[/\\]registry\.ts$/ }, ({ path }) => (
      { contents: "export const loadScheme = () => require('./stripe').stripe;", loader: 'ts', resolveDir: dirname(path) }
    ));
  },
};

type Load = Readonly<Record<'clock' | 'processor', number>>;

interface Candidate {
  readonly name: string;
  readonly file: string;
  readonly loads: Load[];
}

function load(file: string): Load {
  return JSON.parse(execFileSync(process.execPath, ['-e', MEASURE, file], { env: ENVIRONMENT, encoding: 'utf8' })) as Load;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ways to make one figure of many loads. */
const FIGURES: Readonly<Record<string, (loads: readonly Load[]) => number>> = {
  'median by the clock': (loads) => median(loads.map(({ clock }) => clock)),
  'fastest by the clock': (loads) => Math.min(...loads.map(({ clock }) => clock)),
  'median of the processor': (loads) => median(loads.map(({ processor }) => processor)),
};

function report([all, stripe]: readonly Candidate[]): string {
  const sizes = [all, stripe].map(({ file }) => statSync(file).size / KILOBYTE);
  const row = (name: string, cells: readonly string[]) => [name.padEnd(24), ...cells.map((cell) => cell.padStart(14))].join('');
  return [
    row('', [all.name, stripe.name, 'ratio']),
    row('bundle', [...sizes.map((size) => `${size.toFixed(1)} KB`), (sizes[0] / sizes[1]).toFixed(3)]),
    ...Object.entries(FIGURES).map(([name, figureOf]) => {
      const figures = [all, stripe].map(({ loads }) => figureOf(loads));
      return row(name, [...figures.map((figure) => `${figure.toFixed(1)} ms`), (figures[0] / figures[1]).toFixed(3)]);
    }),
  ].join('\n');
}

async function main(): Promise<void> {
  const pairs = Number(process.argv[2] ?? DEFAULT_PAIRS);
  const folder = mkdtempSync(join(tmpdir(), 'load-time-'));
  try {
    const candidates = ['all providers', 'Stripe alone'].map((name): Candidate => ({ name, file: join(folder, `${name}.js`), loads: [] }));
    const [all, stripe] = candidates;
    await bundleHandler(VALIDATOR, all.file);
    await bundleHandler(VALIDATOR, stripe.file, [STRIPE_ALONE]);
    // The first loads fill the file system's cache.
    candidates.forEach(({ file }) => load(file));
    for (let pair = 0; pair < pairs; pair += 1) {
      const inTurn = pair % 2 === 0 ? [all, stripe] : [stripe, all];
      inTurn.forEach(({ file, loads }) => loads.push(load(file)));
    }
    console.log(`${pairs} loads of each, Node ${process.versions.node}\n${report(candidates)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
