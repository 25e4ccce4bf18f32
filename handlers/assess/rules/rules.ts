import { allowed } from './allowed';
import { amountAbove } from './amount-above';
import { amountRank } from './amount-rank';
import { amountSpike } from './amount-spike';
import { blocked } from './blocked';
import { countryMismatch } from './country-mismatch';
import { distinctCards } from './distinct-cards';
import { distinctCustomers } from './distinct-customers';
import { duplicateAmount } from './duplicate-amount';
import { earlierFraud } from './earlier-fraud';
import { newCard } from './new-card';
import { newCustomerAbove } from './new-customer-above';
import { outsideHours } from './outside-hours';
import { providerRisk } from './provider-risk';
import { repeatedDeclines } from './repeated-declines';
import type { RuleFinding, Rule } from './rule';
import type { LoadedContext, Need } from './rule-context';
import { scorecard } from './scorecard';
import { scoredBy } from './scored-by';
import { threeDSecure } from './three-d-secure';
import { velocity } from './velocity';
import type { FraudRuleConfig } from '../../../src/private/contract';

export type RuleName = FraudRuleConfig['rule'];

/** Every kind of rule. A kind of the contract without a row here does not compile. */
export const RULES: { readonly [R in FraudRuleConfig as R['rule']]: Rule<R, Need> } = {
  'amount-above': amountAbove,
  'amount-rank': amountRank,
  'amount-spike': amountSpike,
  'new-customer-above': newCustomerAbove,
  'velocity': velocity,
  'duplicate-amount': duplicateAmount,
  'repeated-declines': repeatedDeclines,
  'new-card': newCard,
  'distinct-cards': distinctCards,
  'distinct-customers': distinctCustomers,
  'country-mismatch': countryMismatch,
  'provider-risk': providerRisk,
  'three-d-secure': threeDSecure,
  'earlier-fraud': earlierFraud,
  'outside-hours': outsideHours,
  'blocked': blocked,
  'allowed': allowed,
  'scorecard': scorecard,
  'scored-by': scoredBy,
};

/** Returns what a rule finds, with the points of each reason. Empty if the rule does not apply. */
export function evaluate(config: FraudRuleConfig, context: LoadedContext): readonly RuleFinding[] {
  const found = ruleFor(config).evaluate(config, context) ?? [];
  return typeof found === 'string' ? [{ reason: found, points: config.score }] : found;
}

/** The parts of the context that a rule reads. */
export function needsOfRule(config: FraudRuleConfig): readonly Need[] {
  const { needs } = ruleFor(config);
  return typeof needs === 'function' ? needs(config) : needs;
}

/** The rule of a configuration. Throws if the image is older than the stack, because skipping the rule would approve transactions that it must stop. */
export function ruleFor({ rule: name }: FraudRuleConfig): Rule<FraudRuleConfig, Need> {
  const rule = RULES[name] as Rule<FraudRuleConfig, Need> | undefined;
  if (!rule) {
    throw new TypeError(`the rule ${name} is unknown to this version of the fraud detector`);
  }
  return rule;
}
