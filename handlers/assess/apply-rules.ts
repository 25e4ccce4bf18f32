import { ruleSetOf, type RuleSet } from './rule-set';
import type { LoadedContext } from './rules/rule-context';
import { evaluate, type RuleName } from './rules/rules';
import type { AssessmentResult, FraudConfig, Verdict } from '../../src/private/contract';

/** The result of the rules, and the rules that fired. */
export interface Judgment {
  readonly result: AssessmentResult;
  /** The rules that fired, each name once, for metrics. */
  readonly fired: readonly RuleName[];
  /** The rules that were applied. */
  readonly ruleSet: RuleSet;
}

/**
 * Applies the rules to a transaction: the scores of the rules that fire add up,
 * and the sum gives the verdict. The same context and rules always give the same
 * result, because neither a clock nor chance is part of it.
 */
export function applyRules(context: LoadedContext, config: FraudConfig): Judgment {
  const fired = config.rules.flatMap((rule) => evaluate(rule, context)
    .map(({ reason, points }) => ({ name: rule.rule, points, reason: `${reason} (+${points})` })));
  const score = fired.reduce((sum, { points }) => sum + points, 0);
  const ruleSet = ruleSetOf(config);
  return {
    result: { verdict: verdictFor(score, config), score, reasons: fired.map(({ reason }) => reason), rule_set: ruleSet.version },
    fired: [...new Set(fired.map(({ name }) => name))],
    ruleSet,
  };
}

function verdictFor(score: number, { review, block }: FraudConfig): Verdict {
  if (score >= block) {
    return 'block';
  }
  return score >= review ? 'review' : 'approve';
}
