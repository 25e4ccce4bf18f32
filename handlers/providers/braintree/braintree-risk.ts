import type { RiskLevel, ThreeDSecureOutcome } from '../../../src/private/contract';
import { parseText, valueAt, type JsonObject } from '../shared/json';
import type { EventFields } from '../shared/normalized-event';

/** The decision of Braintree's fraud tools. A transaction can also be `Not Evaluated`. */
const RISK_LEVELS: ReadonlyMap<unknown, RiskLevel> = new Map([['Approve', 'normal'], ['Review', 'elevated'], ['Decline', 'highest']]);
/** https://developer.paypal.com/braintree/docs/guides/3d-secure/applying-3ds-to-transactions-and-verifications/ds-status-codes */
const OUTCOMES: ReadonlyMap<unknown, ThreeDSecureOutcome> = new Map([
  ['authenticate_successful', 'authenticated'],
  ['authenticate_attempt_successful', 'attempted'],
  ['authenticate_successful_issuer_not_participating', 'attempted'],
  ['exemption_low_value_successful', 'exempted'],
  ['exemption_tra_successful', 'exempted'],
  ['authenticate_failed', 'failed'],
  ['authenticate_frictionless_failed', 'failed'],
  ['authenticate_rejected', 'failed'],
  ['authenticate_signature_verification_failed', 'failed'],
  ['authenticate_error', 'unavailable'],
  ['authenticate_unable_to_authenticate', 'unavailable'],
  ['authentication_unavailable', 'unavailable'],
  ['lookup_card_error', 'unavailable'],
  ['lookup_error', 'unavailable'],
  ['lookup_failed_acs_error', 'unavailable'],
  ['lookup_not_enrolled', 'unavailable'],
  ['lookup_server_error', 'unavailable'],
  ['unsupported_account_type', 'unavailable'],
  ['unsupported_card', 'unavailable'],
  ['unsupported_three_d_secure_version', 'unavailable'],
]);

/**
 * What Braintree knows about the risk of a transaction
 * (https://developer.paypal.com/braintree/docs/reference/response/transaction). A card number has the same identifier for each
 * customer of the gateway. The score is left out, because its scale depends on the fraud tool: up to 1,000 in Fraud Protection
 * (https://developer.paypal.com/braintree/articles/guides/fraud-tools/premium/fraud-protection).
 */
export function braintreeRisk(transaction: JsonObject): Pick<EventFields, 'cardFingerprint' | 'riskLevel' | 'threeDSecure'> {
  return {
    cardFingerprint: parseText(valueAt(transaction, 'credit-card.unique-number-identifier')),
    riskLevel: RISK_LEVELS.get(valueAt(transaction, 'risk-data.decision')),
    threeDSecure: OUTCOMES.get(valueAt(transaction, 'three-d-secure-info.status')),
  };
}
