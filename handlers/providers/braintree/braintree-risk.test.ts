import { braintreeRisk } from './braintree-risk';
import { samples } from './samples';
import { payloadBytes, type EventSample } from '../shared/samples/provider-samples';

interface Library {
  readonly BraintreeGateway: new (options: object) => {
    readonly webhookNotification: { readonly parse: (signature: string, payload: string) => Promise<{ readonly transaction: LibraryTransaction }> };
  };
  readonly Environment: { readonly Sandbox: object };
}

interface LibraryTransaction {
  readonly creditCard: { readonly uniqueNumberIdentifier: string };
  readonly riskData: { readonly decision: string };
  readonly threeDSecureInfo: { readonly status: string };
}

test('reads what the library reads', async () => {
  const { BraintreeGateway, Environment } = jest.requireActual<Library>('braintree');
  const { public_key: publicKey, private_key: privateKey } = JSON.parse(samples.secret) as Record<string, string>;
  const gateway = new BraintreeGateway({ environment: Environment.Sandbox, merchantId: 'a-merchant', publicKey, privateKey });
  const [{ payload, events: [expected] }]: readonly EventSample[] = samples.events;
  const form = new URLSearchParams(samples.sign(payloadBytes(payload)).body.toString());

  const { transaction } = await gateway.webhookNotification.parse(form.get('bt_signature')!, form.get('bt_payload')!);

  expect([transaction.creditCard.uniqueNumberIdentifier, transaction.riskData.decision, transaction.threeDSecureInfo.status])
    .toEqual([expected.carried!.cardFingerprint, 'Decline', 'authenticate_attempt_successful']);
});

test.each([
  ['Approve', 'normal'], ['Review', 'elevated'], ['Decline', 'highest'], ['Not Evaluated', undefined], ['', undefined], ['constructor', undefined],
])('reads the decision %s as %s', (decision, expected) => {
  expect(braintreeRisk({ 'risk-data': { decision } }).riskLevel).toBe(expected);
});

test.each([
  ['authenticate_successful', 'authenticated'],
  ['authenticate_attempt_successful', 'attempted'],
  ['exemption_tra_successful', 'exempted'],
  ['authenticate_rejected', 'failed'],
  ['lookup_not_enrolled', 'unavailable'],
  ['challenge_required', undefined],
  ['data_only_successful', undefined],
  ['lookup_bypassed', undefined],
])('reads the status %s of 3-D Secure as %s', (status, expected) => {
  expect(braintreeRisk({ 'three-d-secure-info': { status } }).threeDSecure).toBe(expected);
});

test('reads nothing of an element that is empty', () => {
  expect(braintreeRisk({ 'credit-card': { 'unique-number-identifier': '' }, 'risk-data': '', 'three-d-secure-info': '' }))
    .toEqual({ cardFingerprint: undefined, riskLevel: undefined, threeDSecure: undefined });
});
