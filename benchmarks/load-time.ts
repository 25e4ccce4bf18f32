/**
 * Measures what the providers cost at a cold start. Each case is loaded in
 * fresh processes, in turns: a bundle that contains only Stripe, the validator's
 * bundle with Stripe configured, and the same with every provider configured.
 *
 *   npx projen benchmark:load-time [rounds]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundleHandler } from '../projenrc/handler-bundle';
import { HANDLER_ENTRIES } from '../projenrc/handler-entries';
import { Env, SCHEME_EVENTS, type SchemeName } from '../src/private/contract';

const DEFAULT_ROUNDS = 31;
const VALIDATOR = HANDLER_ENTRIES['webhook-validator'];
const KILOBYTE = 1000;

/** Prints the load time of a bundle in milliseconds: elapsed time, and processor time, which other work on the machine affects less. */
const MEASURE = `
  const begin = performance.now();
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ clock: performance.now() - begin, processor: (user + system) / 1000 }));
`;

const EVERY_SCHEME = Object.keys(SCHEME_EVENTS) as SchemeName[];

/** The environment variables that the validator reads at load. */
function environmentOf(schemes: readonly SchemeName[]): NodeJS.ProcessEnv {
  return {
    AWS_REGION: 'us-east-1',
    NODE_NO_WARNINGS: '1',
    [Env.PROVIDERS]: JSON.stringify(schemes.map((scheme) => ({ name: scheme, scheme, secretArns: [] }))),
    [Env.TIERS]: '{"medium":1000,"high":10000}',
    [Env.PREVIOUS_SECRET_GRACE_SECONDS]: '86400',
    [Env.TABLE_NAME]: 'the-table',
  };
}

/** Reduces the registry to one provider, in the same file as the rest of the bundle. */
const STRIPE_ALONE: Plugin = {
  name: 'stripe-alone',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]providers[/\\]registry\.ts$/ }, ({ path }) => (
      { contents: "export const loadScheme = () => require('./stripe/index').stripe;", loader: 'ts', resolveDir: dirname(path) }
    ));
  },
};

type Load = Readonly<Record<'clock' | 'processor', number>>;

interface Candidate {
  readonly name: string;
  readonly file: string;
  readonly configured: readonly SchemeName[];
  readonly loads: Load[];
}

function load({ file, configured }: Candidate): Load {
  return JSON.parse(execFileSync(process.execPath, ['-e', MEASURE, file], { env: environmentOf(configured), encoding: 'utf8' })) as Load;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Ways to aggregate many load times into one figure, in milliseconds. */
const FIGURES: Readonly<Record<string, (loads: readonly Load[]) => number>> = {
  'clock, median': (loads) => median(loads.map(({ clock }) => clock)),
  'clock, fastest': (loads) => Math.min(...loads.map(({ clock }) => clock)),
  'processor, median': (loads) => median(loads.map(({ processor }) => processor)),
  'processor, fastest': (loads) => Math.min(...loads.map(({ processor }) => processor)),
};

/** A row for each candidate. Each figure is followed by its ratio to that of the first candidate. */
function report(candidates: readonly Candidate[]): string {
  const row = (name: string, cells: readonly string[]) => [name.padEnd(32), ...cells.map((cell) => cell.padStart(22))].join('');
  return [
    row('', ['bundle', ...Object.keys(FIGURES)]),
    ...candidates.map(({ name, file, loads }) => row(name, [
      `${(statSync(file).size / KILOBYTE).toFixed(1)} KB`,
      ...Object.values(FIGURES).map((figureOf) => `${figureOf(loads).toFixed(1)} ms, ${(figureOf(loads) / figureOf(candidates[0].loads)).toFixed(3)}`),
    ])),
  ].join('\n');
}

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? DEFAULT_ROUNDS);
  const folder = mkdtempSync(join(tmpdir(), 'load-time-'));
  try {
    const [stripe, all] = ['stripe', 'all'].map((name) => join(folder, name, 'index.js'));
    await bundleHandler(VALIDATOR, stripe, [STRIPE_ALONE]);
    await bundleHandler(VALIDATOR, all);
    const candidates: readonly Candidate[] = [
      { name: 'Stripe alone in the bundle', file: stripe, configured: ['stripe'], loads: [] },
      { name: 'all in the bundle, Stripe used', file: all, configured: ['stripe'], loads: [] },
      { name: `all in the bundle, all ${EVERY_SCHEME.length} used`, file: all, configured: EVERY_SCHEME, loads: [] },
    ];
    // The first loads fill the file system's cache.
    candidates.forEach((candidate) => load(candidate));
    for (let round = 0; round < rounds; round += 1) {
      const inTurn = round % 2 === 0 ? candidates : [...candidates].reverse();
      inTurn.forEach((candidate) => candidate.loads.push(load(candidate)));
    }
    console.log(`${rounds} loads of each, Node ${process.versions.node}\n${report(candidates)}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
