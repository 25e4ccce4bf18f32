import { createHash } from 'node:crypto';
import type { FraudConfig } from '../../src/private/contract';

/** The number of hash digits in a version. The probability that two of a million sets collide is 1 in 500. */
const VERSION_DIGITS = 12;

/** Rules and thresholds with their version, which is stored with each of their verdicts. */
export interface RuleSet {
  readonly version: string;
  /** The FraudConfig without its shadow rules, as canonical JSON. It reproduces the scores and verdicts of the version, with the reasons in canonical order. */
  readonly json: string;
}

/**
 * Names a set of rules by its content, not by its order: members and lists are
 * sorted. A new version in the archive therefore means that a rule changed, and not
 * only its place in the code. A rule that occurs twice counts twice. Shadow rules
 * are a set of their own.
 */
export function ruleSetOf(config: FraudConfig): RuleSet {
  const json = canonicalJson(JSON.parse(JSON.stringify({ ...config, shadow: undefined })));
  return { version: createHash('sha256').update(json).digest('hex').slice(0, VERSION_DIGITS), json };
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).sort().join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).sort().join()}}`;
  }
  return JSON.stringify(value);
}
