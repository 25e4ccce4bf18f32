import { factsOf } from './facts/facts';
import { ruleSetOf, type RuleSet } from './rule-set';
import type { LoadedContext } from './rules/rule-context';
import { evaluate, needsOfRule, type RuleName } from './rules/rules';
import { weighFindings } from './rules/weigh-findings';
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
  const known = config.rules.some((rule) => needsOfRule(rule).includes('facts')) ? { ...context, facts: factsOf(context) } : context;
  const findings = config.rules.flatMap((rule) => evaluate(rule, known).map((finding) => ({ name: rule.rule, ...finding })));
  const { score, reasons } = weighFindings(findings);
  const ruleSet = ruleSetOf(config);
  return {
    result: { verdict: verdictFor(score, config), score, reasons, rule_set: ruleSet.version },
    fired: [...new Set(findings.map(({ name }) => name))],
    ruleSet,
  };
}

function verdictFor(score: number, { review, block }: FraudConfig): Verdict {
  if (score >= block) {
    return 'block';
  }
  return score >= review ? 'review' : 'approve';
}
