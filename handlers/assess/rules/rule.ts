import type { Need, RuleContext } from './rule-context';
import type { FraudRuleConfig } from '../../../src/private/contract';

/** One kind of fraud rule. */
export interface Rule<C extends FraudRuleConfig, N extends Need> {
  /** The name on the dashboard. */
  readonly label: string;
  /** The condition of the rule, for docs/fraud.md. Markdown. */
  readonly applies: string;
  /** The data that the rule reads, for docs/fraud.md. Markdown. */
  readonly reads: string;
  /** The parts of the context that must be loaded, if they depend on the configuration as a function. The rule cannot read any other part. */
  readonly needs: readonly N[] | ((config: C) => readonly N[]);
  /**
   * Returns the reason, with the figures that decided, if the rule applies. A rule whose points depend on the figures returns
   * a finding for each reason. Pure: reads only its arguments.
   */
  readonly evaluate: (config: C, context: RuleContext<N>) => string | readonly RuleFinding[] | undefined;
}

/** A reason with its own points. */
export interface RuleFinding {
  readonly reason: string;
  readonly points: number;
}

/** Defines a rule; the type of its context follows from `needs`. */
export function defineRule<C extends FraudRuleConfig, const N extends Need>(rule: Rule<C, N>): Rule<C, N> {
  return rule;
}
