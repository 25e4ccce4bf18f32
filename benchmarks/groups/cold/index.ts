import { CandidateBundles } from './candidate-bundles';
import { measureFirstAnswers } from './first-answers';
import { measureLoads } from './loads';
import { measureCompileCache, measureNodeLoads } from './node-loads';
import { installNodeReleases, type NodeRelease } from './node-releases';
import type { FigureTable, Group, GroupOptions } from '../../figures';

const ROUNDS = { quick: 15, full: 61 };

/** What a cold start costs. */
export const cold: Group = {
  name: 'cold',
  measure: async ({ quick, progress }) => {
    const rounds = quick ? ROUNDS.quick : ROUNDS.full;
    const bundles = new CandidateBundles();
    try {
      progress('bundling the candidates');
      await bundles.build();
      progress(`loading each candidate ${rounds} times`);
      const loads = await measureLoads(bundles, rounds);
      progress(`answering a first webhook ${rounds} times`);
      const firstAnswers = await measureFirstAnswers(bundles, rounds);
      return [loads, firstAnswers, ...quick ? [] : await measureNodes(bundles, rounds, progress)];
    } finally {
      bundles.remove();
    }
  },
};

/** Without a connection to npm, these tables are left out. No goal depends on them. */
async function measureNodes(bundles: CandidateBundles, rounds: number, progress: GroupOptions['progress']): Promise<FigureTable[]> {
  let releases: readonly NodeRelease[];
  try {
    progress('installing other versions of Node');
    releases = installNodeReleases();
  } catch (error) {
    progress(`leaving out the other versions of Node, which npm cannot install: ${error instanceof Error ? error.message : error}`);
    return [];
  }
  progress(`loading the validator in each Node ${rounds} times`);
  const loads = await measureNodeLoads(bundles, releases, rounds);
  progress(`loading with a compile cache ${rounds} times`);
  return [loads, await measureCompileCache(bundles, releases.at(-1)!, rounds)];
}
