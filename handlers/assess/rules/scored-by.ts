import { defineRule } from './rule';
import type { ScoredByConfig } from '../../../src/private/contract';

/** Adds the points of a function of the user, at most `score`. A function that fails adds the points that the rule has for it. */
export const scoredBy = defineRule({
  label: 'Own score',
  applies: 'the points that your function returns, at most `score`; `onFailure` if it fails or does not answer in time',
  reads: 'what your function reads: it gets the transaction and its facts',
  needs: ['scores'],
  evaluate({ functionArn, onFailure, score }: ScoredByConfig, { scores }) {
    const result = scores.get(functionArn) ?? { failure: 'failed' };
    const finding = 'failure' in result
      ? { reason: `the scoring function ${result.failure}`, points: onFailure }
      : { reason: result.reason ?? 'the scoring function', points: Math.min(result.score, score) };
    return finding.points > 0 ? [finding] : undefined;
  },
});
