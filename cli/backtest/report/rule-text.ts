import type { FraudRuleConfig } from '../../../src/private/contract';

/** The longest text of a rule's configuration. */
const MAX_LENGTH = 60;

/** The kind of a rule with its configuration, to tell rules of one kind apart: `velocity windowSeconds=3600 count=3`. */
export function ruleText({ rule, score: _, ...config }: FraudRuleConfig): string {
  const members = Object.entries(config).map(([name, value]) => `${name}=${Array.isArray(value) ? `${value.length} entries` : typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  const text = [rule, ...members].join(' ');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
