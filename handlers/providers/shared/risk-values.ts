import { RISK_LEVELS, THREE_D_SECURE_OUTCOMES, type RiskLevel, type ThreeDSecureOutcome } from '../../../src/private/contract';

/** A score from 0 to 100, rounded to an integer; undefined if the value is not one. */
export function parseRiskScore(value: unknown): number | undefined {
  const score = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? Math.round(score) : undefined;
}

/** A level in the common words. */
export function parseRiskLevel(value: unknown): RiskLevel | undefined {
  return RISK_LEVELS.find((level) => level === value);
}

/** An outcome in the common words. */
export function parseThreeDSecure(value: unknown): ThreeDSecureOutcome | undefined {
  return THREE_D_SECURE_OUTCOMES.find((outcome) => outcome === value);
}
