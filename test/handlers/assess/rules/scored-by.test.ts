import type { ScoringResult } from '../../../../handlers/assess/rules/rule-context';
import { scoredBy } from '../../../../handlers/assess/rules/scored-by';
import { factsWith } from '../details';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:fraud-model';
const found = (result: ScoringResult, functionArn = ARN) => scoredBy.evaluate(
  { rule: 'scored-by', score: 60, functionArn, timeoutMillis: 1_000, onFailure: 15 }, factsWith({ scores: new Map([[functionArn, result]]) }),
);

describe('scored-by', () => {
  test('adds the score with the reason of the function', () => {
    expect(found({ score: 37, reason: 'a device of a fraud ring' })).toEqual([{ reason: 'scored by fraud-model: a device of a fraud ring', points: 37 }]);
  });

  test('names the function without a reason of its own, with its alias', () => {
    expect(found({ score: 37 }, `${ARN}:live`)).toEqual([{ reason: 'scored by fraud-model:live', points: 37 }]);
  });

  test.each([[59.5, 60], [60, 60], [60.4, 60], [61, 60], [1e300, 60], [0.5, 1]])('rounds %d and limits it: %d', (score, points) => {
    expect(found({ score })).toMatchObject([{ points }]);
  });

  test.each([0, 0.49])('does not apply to %d', (score) => {
    expect(found({ score, reason: 'nothing unusual' })).toBeUndefined();
  });

  test.each(['timed out', 'failed'] as const)('adds the points of a failure, with a reason: %s', (failure) => {
    expect(found({ failure })).toEqual([{ reason: `the score of fraud-model ${failure}`, points: 15 }]);
  });

  test('does not apply if the function was not called, as in a replay of the archive', () => {
    expect(scoredBy.evaluate({ rule: 'scored-by', score: 60, functionArn: ARN, timeoutMillis: 1_000, onFailure: 15 }, factsWith())).toBeUndefined();
  });
});
