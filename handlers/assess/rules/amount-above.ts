import { overLimit } from './amounts';
import type { AmountAboveConfig } from '../../../src/private/contract';
import type { RuleContext } from '../rule-context';

/** Fires on an amount over the rule's, in the rule's currency if it has one. Refunds count by what they move. */
export function amountAbove(rule: AmountAboveConfig, { detail }: RuleContext): string | undefined {
  return overLimit(rule, detail);
}
