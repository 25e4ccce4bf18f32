import { stripeRisk } from './stripe-risk';

const charge = (card: object) => ({ payment_method_details: { type: 'card', card } });

test.each([
  ['authenticated', 'authenticated'],
  ['attempt_acknowledged', 'attempted'],
  ['exempted', 'exempted'],
  ['failed', 'failed'],
  ['not_supported', 'unavailable'],
  ['processing_error', 'unavailable'],
  ['another', undefined],
  ['constructor', undefined],
  [undefined, undefined],
])('reads the result %s of 3-D Secure as %s', (result, expected) => {
  expect(stripeRisk(charge({ three_d_secure: { result } })).threeDSecure).toBe(expected);
});

test('reads no outcome of a charge without 3-D Secure, or whose payment failed for another reason', () => {
  expect(stripeRisk(charge({ three_d_secure: null })).threeDSecure).toBeUndefined();
  expect(stripeRisk({ last_payment_error: { code: 'card_declined' } }).threeDSecure).toBeUndefined();
});

test.each([
  ['normal', 'normal'], ['elevated', 'elevated'], ['highest', 'highest'], ['not_assessed', undefined], ['unknown', undefined], [null, undefined],
])('reads the risk level %s as %s', (level, expected) => {
  expect(stripeRisk({ outcome: { risk_level: level } }).riskLevel).toBe(expected);
});

test.each([[0, 0], [100, 100], [101, undefined], [-1, undefined], [null, undefined]])('reads the risk score %s as %s', (score, expected) => {
  expect(stripeRisk({ outcome: { risk_score: score } }).riskScore).toBe(expected);
});

test('reads the fingerprint of a card that was present, and none of a bank account', () => {
  expect(stripeRisk({ payment_method_details: { card_present: { fingerprint: 'F1' } } }).cardFingerprint).toBe('F1');
  expect(stripeRisk({ payment_method_details: { us_bank_account: { fingerprint: 'F1' } } }).cardFingerprint).toBeUndefined();
});
