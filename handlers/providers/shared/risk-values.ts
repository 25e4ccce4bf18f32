import { RISK_LEVELS, THREE_D_SECURE_OUTCOMES, type RiskLevel, type ThreeDSecureOutcome } from '../../../src/private/contract';

const DECIMAL = /^\d{1,3}(?:\.\d{1,20})?$/;

/** A score from 0 to 100, rounded to an integer; undefined if the value is not one. */
export function parseRiskScore(value: unknown): number | undefined {
  const score = typeof value === 'string' && DECIMAL.test(value) ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? Math.round(score) : undefined;
}

/** A level in the common words. */
export function parseRiskLevel(value: unknown): RiskLevel | undefined {
  return RISK_LEVELS.find((level) => level === value);
}

const STATUSES: ReadonlyMap<unknown, ThreeDSecureOutcome> = new Map([
  ['Y', 'authenticated'], ['A', 'attempted'], ['N', 'failed'], ['R', 'failed'], ['U', 'unavailable'],
]);

/**
 * The outcome of a transaction status of 3-D Secure, which card networks define and several providers send
 * (https://developer.cybersource.com/docs/cybs/en-us/api-fields/reference/all/so/api-fields/payer-auth-enroll-reply-pares-status.html).
 * Undefined for other statuses: a challenge that is not finished, and one that only informs.
 */
export function outcomeOfStatus(status: unknown): ThreeDSecureOutcome | undefined {
  return STATUSES.get(status);
}

/** An outcome in the common words. */
export function parseThreeDSecure(value: unknown): ThreeDSecureOutcome | undefined {
  return THREE_D_SECURE_OUTCOMES.find((outcome) => outcome === value);
}
