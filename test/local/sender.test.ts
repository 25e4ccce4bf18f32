import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { canonical } from '../../local/canonical-events';
import { curlLine } from '../../local/curl';
import { prepare } from '../../local/sender';
import { chargeSucceeded } from '../../local/stripe-events';

const now = new Date();
const secrets = { 'stripe': 'whsec_test', 'standard-webhooks': 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
const charge = chargeSucceeded('case', now, { amount: 4_200 });
const order = canonical('case', now, { amount_minor: 4_200, currency: 'EUR' });

const verifyStripe = ({ headers, body }: ReturnType<typeof prepare>) =>
  Stripe.webhooks.constructEvent(body, headers['stripe-signature'], secrets.stripe);
const verifyStandard = ({ headers, body }: ReturnType<typeof prepare>) =>
  new Webhook(secrets['standard-webhooks']).verify(body, headers);

describe('prepare', () => {
  test("signs as the providers' libraries verify", () => {
    expect(verifyStripe(prepare(charge, secrets, now))).toMatchObject({ id: 'evt_local_case', type: 'charge.succeeded' });
    expect(verifyStandard(prepare(order, secrets, now))).toMatchObject({ transaction_id: 'order-case', kind: 'captured' });
  });

  test('forges after signing', () => {
    const forge = (body: string) => body.replace('4200', '4300');

    expect(() => verifyStripe(prepare({ ...charge, forge }, secrets, now))).toThrow(Stripe.errors.StripeSignatureVerificationError);
    expect(() => verifyStandard(prepare({ ...order, forge }, secrets, now))).toThrow('No matching signature found');
  });

  test('a new attempt has the same id and bytes under another signature', () => {
    const [first, second] = [0, 30].map((ageSeconds) => prepare({ ...order, ageSeconds }, secrets, now));

    expect(second.body).toBe(first.body);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(Number(first.headers['webhook-timestamp']) - Number(second.headers['webhook-timestamp'])).toBe(30);
    expect(verifyStandard(second)).toBeDefined();
  });

  test('signs old ones so that they are stale, and unsigned ones not at all', () => {
    expect(() => verifyStripe(prepare({ ...charge, ageSeconds: 600 }, secrets, now))).toThrow('outside the tolerance zone');
    expect(prepare({ ...charge, unsigned: true }, secrets, now).headers).toEqual({ 'content-type': 'application/json' });
  });

  test('lets unsigned headers be altered', () => {
    const { headers } = prepare({ ...order, headers: { 'content-type': 'text/plain' } }, secrets, now);

    expect(headers).toMatchObject({ 'content-type': 'text/plain', 'webhook-id': 'msg_local_case' });
  });
});

test('the curl line carries a signature that is valid now', () => {
  const line = curlLine({ url: 'http://127.0.0.1:1/webhook', secrets }, now);

  const headers = Object.fromEntries([...line.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]));
  const [, body] = /-d '([^']+)'/.exec(line)!;
  expect(verifyStandard({ headers, body })).toMatchObject({ kind: 'captured', amount_minor: 123_456 });
  expect(line).toMatch(/^curl -i .* 'http:\/\/127\.0\.0\.1:1\/webhook\/standard-webhooks'$/);
});
