import type { FraudRuleConfig } from '../../../src/private/contract';
import { spanText } from '../../terminal/time-span';

/** The maximum length of a rule's configuration, in characters. */
const MAX_LENGTH = 60;
/** Lists with more entries are counted. */
const MAX_ENTRIES = 3;
const SECONDS = 'Seconds';

/** The kind of a rule with its configuration, to distinguish rules of one kind: `velocity window=1h count=3`. */
export function ruleText({ rule, score: _, ...config }: FraudRuleConfig): string {
  const members = Object.entries(config).filter(([, value]) => value !== undefined).map(([name, value]) => memberText(name, value));
  const text = [rule, ...members].join(' ');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}

function memberText(name: string, value: unknown): string {
  if (Array.isArray(value)) {
    return `${name}=${value.length > MAX_ENTRIES || typeof value[0] === 'object' ? `${value.length} entries` : value.join(',')}`;
  }
  if (typeof value === 'object') {
    return Object.entries(value!).map(([inner, each]) => memberText(`${name}.${inner}`, each)).join(' ');
  }
  return name.endsWith(SECONDS) ? `${name.slice(0, -SECONDS.length)}=${spanText(1_000 * Number(value))}` : `${name}=${String(value)}`;
}
