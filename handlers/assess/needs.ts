import { FACT_NEEDS } from './rules/fact-needs';
import type { Need } from './rules/rule-context';
import { needsOfRule } from './rules/rules';
import type { FraudRuleConfig } from '../../src/private/contract';

/** The parts of the context that some of the rules need. A function of the user gets all facts, so it needs the parts of all facts. */
export function needsOf(rules: readonly FraudRuleConfig[]): ReadonlySet<Need> {
  const needs = rules.flatMap(needsOfRule);
  return new Set(needs.includes('scores') ? [...needs, ...Object.values(FACT_NEEDS).flat()] : needs);
}
