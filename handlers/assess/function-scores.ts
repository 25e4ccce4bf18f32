import type { LoadedContext, ScoringResult } from './rules/rule-context';
import { parseScoringAnswer } from './scoring-answer';
import { withinDeadline } from './scoring-deadline';
import { scoringRequest } from './scoring-request';
import { Metric, type FraudRuleConfig, type ScoredByConfig } from '../../src/private/contract';
import { count, errorName, log } from '../aws/telemetry';

/**
 * The answers of the user's functions, by ARN. All functions are called at the same time, each once, and each within its
 * deadline. Never throws: a function that fails must not stop the verdict. A function of live and of shadow rules has the
 * deadline of the live ones, so that shadow rules do not change their result.
 */
export async function functionScores(
  context: LoadedContext, live: readonly FraudRuleConfig[], shadow: readonly FraudRuleConfig[] = [],
): Promise<ReadonlyMap<string, ScoringResult>> {
  const liveFunctions = functionsIn(live);
  const called = new Map([...liveFunctions, ...[...functionsIn(shadow)].filter(([arn]) => !liveFunctions.has(arn))]);
  if (called.size === 0) {
    return new Map();
  }
  // Loaded before the deadlines begin, and only by instances that need it.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Jest does not support import() in CommonJS
  const { invokeFunction } = require('./scoring-client') as typeof import('./scoring-client');
  return new Map(await Promise.all([...called].map(async ([arn, { timeoutMillis }]) => {
    const result = await withinDeadline<Scored>(timeoutMillis, async (signal) => {
      try {
        return parseScoringAnswer(await invokeFunction(arn, JSON.stringify(scoringRequest(context)), signal));
      } catch (error) {
        return { failure: 'failed', error: errorName(error) };
      }
    }, { failure: 'timed out', error: 'TimeoutError' });
    return [arn, 'failure' in result ? reported(arn, result, !liveFunctions.has(arn)) : result] as const;
  })));
}

type Failure = Extract<ScoringResult, { readonly failure: string }>;
type Scored = Exclude<ScoringResult, Failure> | Failure & { readonly error: string };

function functionsIn(rules: readonly FraudRuleConfig[]): Map<string, ScoredByConfig> {
  return new Map(rules.flatMap((rule) => rule.rule === 'scored-by' ? [[rule.functionArn, rule] as const] : []));
}

/** The metric counts failures of live rules only. A failure of a shadow rule is in the shadow reasons. */
function reported(arn: string, { failure, error }: Failure & { readonly error: string }, isShadow: boolean): Failure {
  log('WARN', 'failed to get a score', { function: arn, result: failure, error, shadow: isShadow });
  if (!isShadow) {
    count(Metric.SCORES_FAILED);
  }
  return { failure };
}
