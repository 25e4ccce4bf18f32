import { parseText, valueAt } from '../shared/json';
import type { EventFields } from '../shared/normalized-event';
import { outcomeOfStatus, parseRiskScore } from '../shared/risk-values';

/** Authentication did not succeed, often without a status: the customer left it, or it took too long. */
const AUTHENTICATION_FAILED = 'payment_authentication_failed';

/**
 * What Checkout.com knows about the risk of a payment
 * (https://www.checkout.com/docs/developer-resources/webhooks/webhook-event-types/payment_approved). The score is from 0 to
 * 100 (https://support.checkout.com/hc/en-us/articles/28329893222546-Fraud-risk-scores). A payment that no risk rule
 * flagged can also be one that was not assessed, so that it has no level.
 */
export function checkoutRisk(type: string, data: unknown): Pick<EventFields, 'cardFingerprint' | 'riskScore' | 'riskLevel' | 'threeDSecure'> {
  return {
    cardFingerprint: parseText(valueAt(data, 'source.fingerprint')),
    riskScore: parseRiskScore(valueAt(data, 'risk.score')),
    riskLevel: valueAt(data, 'risk.flagged') === true ? 'elevated' : undefined,
    threeDSecure: type === AUTHENTICATION_FAILED ? 'failed' : outcomeOfStatus(valueAt(data, '3ds.authentication_response')),
  };
}
