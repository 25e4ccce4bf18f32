import { Token } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { resolveThresholds } from './tier-config';
import { FraudRule } from '../../fraud/fraud-rule';
import type { WebhookProcessingSystemProps } from '../../props/webhook-processing-system-props';
import type { FraudConfig, FraudRuleConfig, RuleSetConfig, TierConfig } from '../contract';
import { validateMade, validateUnique, validateWholeNumber } from '../validation';

const DEFAULT_REVIEW_SCORE = 40;
const DEFAULT_BLOCK_SCORE = 80;

/** The names of the props of a set of rules, for errors. */
interface RuleSetProps { readonly rules: string; readonly review: string; readonly block: string }

const LIVE: RuleSetProps = { rules: 'fraudRules', review: 'fraudReviewScore', block: 'fraudBlockScore' };
const SHADOW: RuleSetProps = { rules: 'shadowFraudRules', review: 'shadowFraudReviewScore', block: 'shadowFraudBlockScore' };

/** Checks the rules against the thresholds and renders them for the fraud detector. */
export function resolveFraudRules(
  rules: FraudRule[] = FraudRule.defaults(),
  review = DEFAULT_REVIEW_SCORE,
  block = DEFAULT_BLOCK_SCORE,
  tiers: TierConfig = resolveThresholds(),
): FraudConfig {
  return { tiers, ...resolveRuleSet(rules, review, block, LIVE) };
}

/** The props of the shadow rules. */
export type ShadowProps = Pick<WebhookProcessingSystemProps, 'shadowFraudRules' | 'shadowFraudReviewScore' | 'shadowFraudBlockScore'>;

/** Adds the shadow rules, if there are any. They have the same checks and default thresholds as the live rules. */
export function withShadowRules(live: FraudConfig, props: ShadowProps): FraudConfig {
  const { shadowFraudRules, shadowFraudReviewScore, shadowFraudBlockScore } = props;
  if (shadowFraudRules === undefined) {
    const lone = Object.entries({ shadowFraudReviewScore, shadowFraudBlockScore }).find(([, value]) => value !== undefined);
    if (lone) {
      throw new Error(`\`${lone[0]}\` must come with \`shadowFraudRules\`, got no shadow rules. Pass \`shadowFraudRules\` or leave it out.`);
    }
    return live;
  }
  const shadow = resolveRuleSet(shadowFraudRules, shadowFraudReviewScore ?? live.review, shadowFraudBlockScore ?? live.block, SHADOW);
  validateTimeouts(live.rules, shadow.rules);
  return { ...live, shadow };
}

/** A customer or a card of a provider that the system does not have never matches: probably the name is misspelled. */
export function validateListedProviders({ rules, shadow }: FraudConfig, providers: readonly string[]): void {
  for (const [prop, set] of [[LIVE.rules, rules], [SHADOW.rules, shadow?.rules ?? []]] as const) {
    const lists = set.flatMap((rule) => rule.rule === 'blocked' || rule.rule === 'allowed' ? [rule.customers, rule.cardFingerprints] : []);
    const unknown = lists.flatMap((entries) => entries ?? [])
      .find((entry) => !Token.isUnresolved(entry) && !providers.includes(entry.slice(0, entry.indexOf(':'))));
    if (unknown !== undefined) {
      throw new Error(
        `\`${prop}\` must list customers and cards of the providers of this system (${providers.join(', ')}), got: '${unknown}'. Correct the name before the colon, or add the provider.`,
      );
    }
  }
}

/** The functions of the rules, each once. */
export function scoringFunctionsOf(...sets: readonly (readonly FraudRule[] | undefined)[]): IFunction[] {
  const functions = sets.flatMap((rules = []) => rules.flatMap(({ _scoringFunction: one }) => one ?? []));
  return [...new Map(functions.map((one) => [one.functionArn, one])).values()];
}

function resolveRuleSet(rules: FraudRule[], review: number, block: number, props: RuleSetProps): RuleSetConfig {
  validateWholeNumber(props.review, review, 1, 1_000_000);
  validateWholeNumber(props.block, block, 1, 1_000_000);
  validateMade(props.rules, rules, 'a factory of FraudRule, such as FraudRule.velocity()');
  const configs = rules.map(({ _config }) => _config);
  validateUnique(props.rules, configs.map((rule) => JSON.stringify(rule)));
  validateFunctionsOnce(props.rules, rules);
  if (![review, block].some(Token.isUnresolved) && block <= review) {
    throw new Error(`\`${props.block}\` must be greater than \`${props.review}\` (${review}), or nothing is ever reviewed, got: ${block}`);
  }
  if (rules.length > 0 && ![block, ...configs.map(({ score }) => score)].some(Token.isUnresolved)) {
    validateReach(props.block, block, configs);
  }
  return { review, block, rules: configs };
}

/** An assessment calls each function once. Two rules would add its answer twice. */
function validateFunctionsOnce(prop: string, rules: readonly FraudRule[]): void {
  const functions = rules.flatMap(({ _scoringFunction: one }) => one ?? []);
  const repeated = functions.find(({ functionArn }, index) => functions.findIndex((other) => other.functionArn === functionArn) !== index);
  if (repeated) {
    throw new Error(`\`${prop}\` must use each scoring function in one rule, got two rules with ${repeated.node.path}. Remove one of them.`);
  }
}

/** If both sets use a function, its deadline in the live rules applies. Another one in the shadow rules would have no effect. */
function validateTimeouts(live: readonly FraudRuleConfig[], shadow: readonly FraudRuleConfig[]): void {
  const timeouts = new Map(live.flatMap((rule) => rule.rule === 'scored-by' ? [[rule.functionArn, rule.timeoutMillis] as const] : []));
  for (const rule of shadow) {
    const timeout = rule.rule === 'scored-by' ? timeouts.get(rule.functionArn) : undefined;
    if (rule.rule === 'scored-by' && timeout !== undefined && timeout !== rule.timeoutMillis) {
      throw new Error(
        `\`timeout\` of a scoring function must be the same in \`fraudRules\` (${timeout} ms) and \`shadowFraudRules\`, because both use one answer, `
        + `got: ${rule.timeoutMillis} ms`,
      );
    }
  }
}

/** With a score that no transaction can reach, the system would silently approve transactions that it must stop. */
function validateReach(prop: string, block: number, rules: readonly FraudRuleConfig[]): void {
  // A transaction has one currency, so only the rules for the same currency can apply together.
  const sums = rules.map(currencyOf).map((currency) => rules
    .filter((rule) => [undefined, currency].includes(currencyOf(rule)))
    .reduce((sum, { score }) => sum + score, 0));
  const most = Math.max(...sums);
  if (most < block) {
    throw new Error(
      `\`${prop}\` must be at most the highest score that the rules can give one transaction (${most}), got: ${block}. `
      + 'Lower it or raise the scores.',
    );
  }
}

/** The only currency that a rule applies to. The currency of a velocity's total does not count: a payment in another currency can follow. */
function currencyOf(rule: FraudRuleConfig): string | undefined {
  return 'currency' in rule && !Token.isUnresolved(rule.currency) ? rule.currency : undefined;
}
