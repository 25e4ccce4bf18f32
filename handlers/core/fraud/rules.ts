import { amountAbove } from './amount-above';
import { blockedCountries } from './blocked-countries';
import { countryMismatch } from './country-mismatch';
import type { Subject } from './subject';
import { velocity } from './velocity';
import type { FraudRuleConfig } from '../../../src/private/contract';

/** Says why a rule fires, or undefined where it doesn't. */
export type Evaluator<R extends FraudRuleConfig = FraudRuleConfig> = (rule: R, subject: Subject) => string | undefined;

/** The rules there are: a new one joins here. */
const EVALUATORS: { readonly [R in FraudRuleConfig as R['rule']]: Evaluator<R> } = {
  'amount-above': amountAbove,
  'velocity': velocity,
  'blocked-countries': blockedCountries,
  'country-mismatch': countryMismatch,
};

/** Evaluates a rule by the table. */
export const evaluate: Evaluator = (rule, subject) => (EVALUATORS[rule.rule] as Evaluator)(rule, subject);
