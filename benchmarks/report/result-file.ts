import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import type { FigureTable } from '../figures';
import type { CheckedGoal } from '../goals';

/** What `--json` writes. docs/performance.md and its charts are made from it. */
export interface BenchmarkResult {
  /** ISO 8601. */
  readonly date: string;
  readonly quick: boolean;
  readonly commit: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGb: number; readonly platform: string };
  /** The versions of Node and of the compared packages. */
  readonly versions: { readonly [name: string]: string };
  readonly tables: readonly FigureTable[];
  readonly goals: readonly CheckedGoal[];
}

/** The packages whose versions change the figures. */
const PACKAGES = ['aws-cdk-lib', '@aws-sdk/client-dynamodb', '@smithy/signature-v4', 'stripe', 'tinybench', 'autocannon', 'esbuild'];

export function benchmarkResult(tables: readonly FigureTable[], goals: readonly CheckedGoal[], quick: boolean): BenchmarkResult {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    quick,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: {
      processor: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      platform: `${platform()} ${arch()}`,
    },
    versions: { node: process.versions.node, ...Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])) },
    tables,
    goals,
  };
}

function versionOf(name: string): string {
  // Not every package exports its `package.json`.
  return (JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')) as { readonly version: string }).version;
}
