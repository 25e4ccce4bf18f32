import { defineRule, type RuleFinding } from './rule';
import type { ScoredByConfig } from '../../../src/private/contract';

/**
 * Adds the answer of a function of the user. The answer is never negative, so a function can raise a verdict and never lower
 * it. Without an answer, the configuration decides the points. There is a reason even if these are zero.
 */
export const scoredBy = defineRule({
  label: 'Own score',
  applies: 'a [function of yours](#a-score-of-your-own) returns points, up to `score`; if it fails or does not answer within `timeout`, it adds `onFailure`',
  reads: 'the answer of the function, which gets the transaction and the facts about it',
  needs: ['scores'],
  evaluate({ functionArn, score: most, onFailure }: ScoredByConfig, { scores }): readonly RuleFinding[] | undefined {
    const result = scores.get(functionArn);
    if (!result) {
      return undefined;
    }
    const name = functionNameIn(functionArn);
    if ('failure' in result) {
      return [{ reason: `the score of ${name} ${result.failure}`, points: onFailure }];
    }
    const points = Math.min(Math.round(result.score), most);
    return points > 0 ? [{ reason: `scored by ${name}${result.reason === undefined ? '' : `: ${result.reason}`}`, points }] : undefined;
  },
});

/** `fraud-model:live` of `arn:aws:lambda:eu-central-1:123456789012:function:fraud-model:live`. */
function functionNameIn(arn: string): string {
  return arn.split(':').slice(6).join(':');
}
