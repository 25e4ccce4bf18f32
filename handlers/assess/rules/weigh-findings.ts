import type { RuleFinding } from './rule';
import type { RuleName } from './rules';

/** A finding with the rule that it comes from. */
export interface NamedFinding extends RuleFinding {
  readonly name: RuleName;
}

/** The score of all findings, and their reasons. */
export interface Weight {
  readonly score: number;
  readonly reasons: readonly string[];
}

/**
 * Adds up the points. If an entry of the allowlist matches, the other rules do not count. Their reasons are listed after the
 * entry, so that people see the effect of the entry. If an entry of `blocked` matches too, the allowlist has no effect.
 */
export function weighFindings(findings: readonly NamedFinding[]): Weight {
  const entries = new Set(findings.filter(({ name }) => name === 'allowed').map(({ reason }) => reason));
  const others = findings.filter(({ name }) => name !== 'allowed');
  const sum = others.reduce((total, { points }) => total + points, 0);
  const isBlocked = others.some(({ name }) => name === 'blocked');
  const effect = isBlocked ? 'has no effect, because a blocked entry matches' : `the other rules (+${sum}) do not count`;
  return {
    score: entries.size > 0 && !isBlocked ? 0 : sum,
    reasons: [...[...entries].map((entry) => `${entry}: ${effect}`), ...others.map(({ reason, points }) => `${reason} (+${points})`)],
  };
}
