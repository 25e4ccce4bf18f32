import { amountAbove } from './amount-above';
import { amountSpike } from './amount-spike';
import { blocked } from './blocked';
import { countryMismatch } from './country-mismatch';
import { duplicateAmount } from './duplicate-amount';
import { newCustomerAbove } from './new-customer-above';
import { outsideHours } from './outside-hours';
import { repeatedDeclines } from './repeated-declines';
import type { Finding, Rule } from './rule';
import type { LoadedContext, Need } from './rule-context';
import { velocity } from './velocity';
import type { FraudRuleConfig } from '../../../src/private/contract';

export type RuleName = FraudRuleConfig['rule'];

/** Every kind of rule. A kind of the contract without a row here does not compile. */
export const RULES: { readonly [R in FraudRuleConfig as R['rule']]: Rule<R, Need> } = {
  'amount-above': amountAbove,
  'velocity': velocity,
  'amount-spike': amountSpike,
  'blocked': blocked,
  'country-mismatch': countryMismatch,
  'repeated-declines': repeatedDeclines,
  'new-customer-above': newCustomerAbove,
  'outside-hours': outsideHours,
  'duplicate-amount': duplicateAmount,
} as unknown as { readonly [R in FraudRuleConfig as R['rule']]: Rule<R, Need> };

/** Returns what a rule finds, with the points of each reason. Empty if the rule does not apply. */
export function evaluate(config: FraudRuleConfig, context: LoadedContext): readonly Finding[] {
  const found = ruleFor(config).evaluate(config, context) ?? [];
  return typeof found === 'string' ? [{ reason: found, points: config.score }] : found;
}

/** The rule of a configuration. Throws if the image is older than the stack, because skipping the rule would approve transactions that it must stop. */
export function ruleFor({ rule: name }: FraudRuleConfig): Rule<FraudRuleConfig, Need> {
  const rule = RULES[name] as Rule<FraudRuleConfig, Need> | undefined;
  if (!rule) {
    throw new TypeError(`the rule ${name} is unknown to this version of the fraud detector`);
  }
  return rule;
}
