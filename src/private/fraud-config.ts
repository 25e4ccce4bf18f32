import type { FraudConfig } from './contract';
import { validateWholeNumber } from './validation';
import { FraudRule } from '../fraud-rule';

const DEFAULT_REVIEW_SCORE = 40;
const DEFAULT_BLOCK_SCORE = 80;

/** Checks the rules against the thresholds and renders them for the fraud detector. */
export function resolveFraudRules(
  rules: FraudRule[] = FraudRule.defaults(),
  review = DEFAULT_REVIEW_SCORE,
  block = DEFAULT_BLOCK_SCORE,
): FraudConfig {
  validateWholeNumber('reviewScore', review, 1, 1_000_000);
  validateWholeNumber('blockScore', block, 1, 1_000_000);
  if (block <= review) {
    throw new Error(`\`blockScore\` must be greater than \`reviewScore\` (${review}), got: ${block}`);
  }
  const config = { review, block, rules: rules.map(({ _config }) => _config) };
  const most = config.rules.reduce((sum, { score }) => sum + score, 0);
  if (rules.length > 0 && most < block) {
    throw new Error(`\`blockScore\` must be within reach of the rules, whose scores sum up to ${most}, got: ${block}`);
  }
  return config;
}
