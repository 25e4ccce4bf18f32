import { overLimit } from './amounts';
import type { Facts } from './subject';
import type { AmountAboveConfig } from '../../../src/private/contract';

/** Fires on an amount over the rule's, in the rule's currency if it has one. Refunds count by what they move. */
export function amountAbove(rule: AmountAboveConfig, { detail }: Facts): string | undefined {
  return overLimit(rule, detail);
}
