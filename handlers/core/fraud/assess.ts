import { ruleSetOf, type RuleSet } from './rule-set';
import { evaluate, type RuleName } from './rules';
import type { Facts } from './subject';
import type { AssessmentResult, FraudConfig, Verdict } from '../../../src/private/contract';

/** A judgement, and which rules led to it. */
export interface Judgement {
  readonly result: AssessmentResult;
  /** The rules that fired, each name once: what metrics count. */
  readonly fired: readonly RuleName[];
  /** The rules that were applied. */
  readonly ruleSet: RuleSet;
}

/**
 * Judges a transaction: the scores of the rules that fire add up, the sum
 * gives the verdict. The same facts and rules give the same result, whenever
 * and however often they are assessed: neither a clock nor chance gets in.
 */
export function assess(facts: Facts, config: FraudConfig): Judgement {
  const fired = config.rules.flatMap((rule) => {
    const reason = evaluate(rule, facts);
    return reason === undefined ? [] : [{ name: rule.rule, score: rule.score, reason: `${reason} (+${rule.score})` }];
  });
  const score = fired.reduce((sum, { score: points }) => sum + points, 0);
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
