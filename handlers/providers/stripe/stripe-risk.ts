import type { ThreeDSecureOutcome } from '../../../src/private/contract';
import { firstAt, parseText, valueAt, type JsonObject } from '../shared/json';
import type { EventFields } from '../shared/normalized-event';
import { parseRiskLevel, parseRiskScore } from '../shared/risk-values';

/**
 * The card of a charge, online and in person, and of a payment that failed before there was a charge. The same number has the
 * same fingerprint (https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-fingerprint).
 */
const FINGERPRINTS = [
  'payment_method_details.card.fingerprint', 'payment_method_details.card_present.fingerprint', 'last_payment_error.payment_method.card.fingerprint',
];
/** https://docs.stripe.com/api/charges/object#charge_object-payment_method_details-card-three_d_secure-result */
const OUTCOMES: ReadonlyMap<unknown, ThreeDSecureOutcome> = new Map([
  ['authenticated', 'authenticated'],
  ['attempt_acknowledged', 'attempted'],
  ['exempted', 'exempted'],
  ['failed', 'failed'],
  ['not_supported', 'unavailable'],
  ['processing_error', 'unavailable'],
]);
/** The error of a payment without a charge (https://docs.stripe.com/error-codes#payment-intent-authentication-failure). */
const AUTHENTICATION_FAILURE = 'payment_intent_authentication_failure';

/**
 * What Stripe knows about the risk of a payment. The score exists only with Radar for Fraud Teams, and the level is
 * `not_assessed` for other payment methods than cards (https://docs.stripe.com/api/charges/object#charge_object-outcome).
 */
export function stripeRisk(subject: JsonObject): Pick<EventFields, 'cardFingerprint' | 'riskScore' | 'riskLevel' | 'threeDSecure'> {
  const isUnauthenticated = valueAt(subject, 'last_payment_error.code') === AUTHENTICATION_FAILURE;
  return {
    cardFingerprint: firstAt(subject, FINGERPRINTS, parseText),
    riskScore: parseRiskScore(valueAt(subject, 'outcome.risk_score')),
    riskLevel: parseRiskLevel(valueAt(subject, 'outcome.risk_level')),
    threeDSecure: isUnauthenticated ? 'failed' : OUTCOMES.get(valueAt(subject, 'payment_method_details.card.three_d_secure.result')),
  };
}
