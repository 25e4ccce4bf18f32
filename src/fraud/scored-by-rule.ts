import { Duration, Token } from 'aws-cdk-lib';
import { validatedScore } from './rule-limits';
import type { ScoredByProps } from './scored-by-props';
import type { ScoredByConfig } from '../private/contract';
import { validateDuration, validateObject, validateWholeNumber } from '../private/validation';

const MIN_TIMEOUT = Duration.millis(100);
/** Five of the 25 seconds that the workflow waits for an assessment. The reads and writes need the rest. */
const MAX_TIMEOUT = Duration.seconds(5);

export function scoredByConfig(props: ScoredByProps): ScoredByConfig {
  const { function: scoringFunction, timeout = Duration.seconds(1), onFailure = 0 } = props;
  validateObject('function', scoringFunction);
  validateDuration('timeout', timeout, MIN_TIMEOUT, MAX_TIMEOUT);
  const score = validatedScore(props);
  validatePointsOnFailure(onFailure, score);
  return { rule: 'scored-by', score, functionArn: scoringFunction.functionArn, timeoutMillis: timeout.toMilliseconds(), onFailure };
}

/** Rejects more points for a failure than any response can add, which is a mistake. */
function validatePointsOnFailure(onFailure: number, score: number): void {
  validateWholeNumber('onFailure', onFailure, 0, 1_000);
  if (![onFailure, score].some(Token.isUnresolved) && onFailure > score) {
    throw new Error(`\`onFailure\` must be at most \`score\` (${score}), which is the most that the function can add, got: ${onFailure}`);
  }
}
