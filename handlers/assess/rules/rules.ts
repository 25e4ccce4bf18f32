import { amountAbove } from './amount-above';
import { amountSpike } from './amount-spike';
import { blocked } from './blocked';
import { countryMismatch } from './country-mismatch';
import { duplicateAmount } from './duplicate-amount';
import { newCustomerAbove } from './new-customer-above';
import { outsideHours } from './outside-hours';
import { repeatedDeclines } from './repeated-declines';
import type { RuleContext } from '../rule-context';
import { velocity } from './velocity';
import type { FraudRuleConfig } from '../../../src/private/contract';

export type RuleName = FraudRuleConfig['rule'];

/** Says why a rule fires, with the figures that decided, or undefined where it doesn't. Reads nothing but the facts. */
export type Evaluator<R extends FraudRuleConfig = FraudRuleConfig> = (rule: R, facts: RuleContext) => string | undefined;

/** The rules there are: a new one joins here. */
const EVALUATORS: { readonly [R in FraudRuleConfig as R['rule']]: Evaluator<R> } = {
  'amount-above': amountAbove,
  'velocity': velocity,
  'amount-spike': amountSpike,
  'blocked': blocked,
  'country-mismatch': countryMismatch,
  'repeated-declines': repeatedDeclines,
  'new-customer-above': newCustomerAbove,
  'outside-hours': outsideHours,
  'duplicate-amount': duplicateAmount,
};

/** Evaluates a rule by the table. */
export const evaluate: Evaluator = (rule, facts) => {
  const evaluator = EVALUATORS[rule.rule] as Evaluator | undefined;
  if (!evaluator) {
    // An image that is older than the stack; to pass over the rule would approve what it was there to stop.
    throw new TypeError(`the rule ${rule.rule} is unknown to this version of the fraud detector`);
  }
  return evaluator(rule, facts);
};
