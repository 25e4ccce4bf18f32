import { CandidateBundles } from './candidate-bundles';
import { measureFirstAnswers } from './first-answers';
import { measureLoads } from './loads';
import type { Group } from '../../figures';

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
      return [loads, await measureFirstAnswers(bundles, rounds)];
    } finally {
      bundles.remove();
    }
  },
};
