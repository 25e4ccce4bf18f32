import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CandidateBundles, CandidateName } from './candidate-bundles';
import { loadTime } from './loads';
import type { NodeRelease } from './node-releases';
import { validatorVariables } from './validator-variables';
import type { FigureTable } from '../../figures';
import { compareInTurns } from '../../in-turns';

/** What it takes to load the validator in each supported Node. */
export async function measureNodeLoads(bundles: CandidateBundles, releases: readonly NodeRelease[], rounds: number): Promise<FigureTable> {
  return {
    id: 'cold/node',
    title: 'Load in each Node',
    description: 'Processor time to load the bundle of this system in a fresh process of each supported Node. Lambda runs Node 24.',
    rows: await compareInTurns(releases.map(({ major, version, executable }) => ({
      id: `cold/node/${major}`, label: `Node ${version}`, measure: () => loadTime(bundles.fileOf('ours'), validatorVariables(), executable),
    })), 'ms', rounds),
  };
}

/** What Node's compile cache saves (https://nodejs.org/api/module.html#module-compile-cache). The first run of each candidate fills it. */
export async function measureCompileCache(bundles: CandidateBundles, { version, executable }: NodeRelease, rounds: number): Promise<FigureTable> {
  const folder = mkdtempSync(join(tmpdir(), 'compile-cache-'));
  const pair = (name: CandidateName, label: string) => [
    { id: `cold/compile-cache/${name}`, label, measure: () => loadTime(bundles.fileOf(name), validatorVariables(), executable) },
    {
      id: `cold/compile-cache/${name}-cached`,
      label: `${label}, compile cache`,
      measure: () => loadTime(bundles.fileOf(name), { ...validatorVariables(), NODE_COMPILE_CACHE: folder }, executable),
    },
  ];
  try {
    return {
      id: 'cold/compile-cache',
      title: 'Compile cache',
      description: `Processor time to load a bundle in a fresh process of Node ${version}, with and without Node's compile cache. The images do not contain one.`,
      rows: await compareInTurns([...pair('ours', 'this system'), ...pair('typical', 'typical handler')], 'ms', rounds),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
