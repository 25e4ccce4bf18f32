import { checkoutRisk } from './checkout-risk';

test.each([
  ['Y', 'authenticated'], ['A', 'attempted'], ['N', 'failed'], ['R', 'failed'], ['U', 'unavailable'], ['C', undefined], ['', undefined], [undefined, undefined],
])('reads the authentication response %s as %s', (response, expected) => {
  expect(checkoutRisk('payment_approved', { '3ds': { authentication_response: response } }).threeDSecure).toBe(expected);
});

test('reads an authentication that was not completed as failed', () => {
  expect(checkoutRisk('payment_authentication_failed', { '3ds': { challenged: true, exemption: 'low_value' } }).threeDSecure).toBe('failed');
});

test.each([[true, 'elevated'], [false, undefined], ['true', undefined], [undefined, undefined]])('reads the flag %p as the level %s', (flagged, expected) => {
  expect(checkoutRisk('payment_approved', { risk: { flagged } }).riskLevel).toBe(expected);
});

test.each([[0, 0], [69.6, 70], [100, 100], [101, undefined], [undefined, undefined]])('reads the risk score %p as %p', (score, expected) => {
  expect(checkoutRisk('payment_approved', { risk: { score } }).riskScore).toBe(expected);
});

test('does not read the fingerprint of a card that gets a payout', () => {
  expect(checkoutRisk('payment_approved', { destination: { type: 'card', fingerprint: 'F1' } }).cardFingerprint).toBeUndefined();
});
