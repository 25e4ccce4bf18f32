import { applyRules } from '../../handlers/assess/apply-rules';
import type { LoadedContext } from '../../handlers/assess/rules/rule-context';
import { evaluate } from '../../handlers/assess/rules/rules';
import type { FraudConfig, FraudRuleConfig, Verdict } from '../../src/private/contract';

/** The result of a rule set for a payment. */
export interface RuleOutcome {
  readonly verdict: Verdict;
  readonly score: number;
  /** The rules that fired, by their places in the rule set. */
  readonly fired: readonly number[];
  /** Those of them that are decisive: without the rule, the payment would be approved. */
  readonly decisive: readonly number[];
}

/** Applies a rule set, and the same without each of its rules. */
export class RuleEvaluation {
  private readonly config: FraudConfig;
  private readonly without: readonly FraudConfig[];

  constructor(config: FraudConfig) {
    this.config = { ...config, rules: config.rules.filter(isReplayed), shadow: undefined };
    this.without = this.config.rules.map((rule) => ({ ...this.config, rules: this.config.rules.filter((other) => other !== rule) }));
  }

  public outcomeOf(context: LoadedContext): RuleOutcome {
    const { result: { verdict, score }, fired: names } = applyRules(context, this.config);
    const { rules } = this.config;
    const fired = [...rules.keys()].filter((place) => names.includes(rules[place].rule) && evaluate(rules[place], context).length > 0);
    return {
      verdict,
      score,
      fired,
      decisive: verdict === 'approve' ? [] : fired.filter((place) => applyRules(context, this.without[place]).result.verdict === 'approve'),
    };
  }
}

/** Whether a rule can be replayed. The answers of a function of the user are not archived. */
export function isReplayed({ rule }: FraudRuleConfig): boolean {
  return rule !== 'scored-by';
}

/** The rules of a set that are replayed, in the order of the places in outcomes. */
export function replayedRules({ rules }: FraudConfig): readonly FraudRuleConfig[] {
  return rules.filter(isReplayed);
}
