import type { Need } from './rules/rule-context';
import { needsOfRule } from './rules/rules';
import type { FraudConfig } from '../../src/private/contract';

/** The parts of the context that some rule of the deployment needs. Shadow rules count too. */
export function needsOf({ rules, shadow }: FraudConfig): ReadonlySet<Need> {
  return new Set([...rules, ...shadow?.rules ?? []].flatMap(needsOfRule));
}
