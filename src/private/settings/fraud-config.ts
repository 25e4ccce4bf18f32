import { Token } from 'aws-cdk-lib';
import { FraudRule } from '../../fraud/fraud-rule';
import { resolveThresholds } from './tier-config';
import type { FraudConfig, FraudRuleConfig, TierConfig } from '../contract';
import { validateMade, validateUnique, validateWholeNumber } from '../validation';

const DEFAULT_REVIEW_SCORE = 40;
const DEFAULT_BLOCK_SCORE = 80;

/** Checks the rules against the thresholds and renders them for the fraud detector. */
export function resolveFraudRules(
  rules: FraudRule[] = FraudRule.defaults(),
  review = DEFAULT_REVIEW_SCORE,
  block = DEFAULT_BLOCK_SCORE,
  tiers: TierConfig = resolveThresholds(),
): FraudConfig {
  validateWholeNumber('fraudReviewScore', review, 1, 1_000_000);
  validateWholeNumber('fraudBlockScore', block, 1, 1_000_000);
  validateMade('fraudRules', rules, 'a factory of FraudRule, such as FraudRule.velocity()');
  const config = { tiers, review, block, rules: rules.map(({ _config }) => _config) };
  validateUnique('fraudRules', config.rules.map((rule) => JSON.stringify(rule)));
  if (![review, block].some(Token.isUnresolved) && block <= review) {
    throw new Error(`\`fraudBlockScore\` must be greater than \`fraudReviewScore\` (${review}), or nothing is ever reviewed, got: ${block}`);
  }
  if (rules.length > 0 && ![block, ...config.rules.map(({ score }) => score)].some(Token.isUnresolved)) {
    validateReach(block, config.rules);
  }
  return config;
}

/** With a score that no transaction can reach, the system would silently approve transactions that it must stop. */
function validateReach(block: number, rules: readonly FraudRuleConfig[]): void {
  // A transaction has one currency, so only the rules for the same currency can apply together.
  const sums = rules.map(currencyOf).map((currency) => rules
    .filter((rule) => [undefined, currency].includes(currencyOf(rule)))
    .reduce((sum, { score }) => sum + score, 0));
  const most = Math.max(...sums);
  if (most < block) {
    throw new Error(
      `\`fraudBlockScore\` must be within reach of the rules, whose scores sum up to ${most} for one transaction, got: ${block}; `
      + 'lower it or raise the scores',
    );
  }
}

/** The only currency that a rule applies to. The currency of a velocity's total does not count: a payment in another currency can follow. */
function currencyOf(rule: FraudRuleConfig): string | undefined {
  return 'currency' in rule && !Token.isUnresolved(rule.currency) ? rule.currency : undefined;
}
