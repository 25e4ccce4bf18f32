import type { NotificationRequestItem } from '@adyen/api-library/lib/src/typings/notification/notificationRequestItem';
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator';
import { validateWebhookSignature } from 'razorpay/dist/utils/razorpay-utils';
import { WebhooksHelper } from 'square';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { adyenBatch, authorisation, refund } from '../../../local/scenario/adyen-events';
import { canonical } from '../../../local/scenario/canonical-events';
import { curlLine } from '../../../local/scenario/curl';
import { razorpayPayment } from '../../../local/scenario/razorpay-events';
import { prepare } from '../../../local/scenario/sender';
import { squarePayment } from '../../../local/scenario/square-events';
import { chargeSucceeded } from '../../../local/scenario/stripe-events';

const now = new Date();
const secrets = {
  'stripe': 'whsec_test',
  'adyen': 'DFB1EB5485895CFA84146406857104ABB4CBCABDC8AAF103A624C8F6A3EAAB00',
  'square': JSON.stringify({ signature_key: 'a-key', notification_url: 'https://shop.example.com/square' }),
  'razorpay': 'a-secret',
  'standard-webhooks': 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};
const charge = chargeSucceeded('case', now, { amount: 4_200 });
const order = canonical('case', now, { amount_minor: 4_200, currency: 'EUR' });

const verifyStripe = ({ headers, body }: ReturnType<typeof prepare>) =>
  Stripe.webhooks.constructEvent(body, headers['Stripe-Signature'], secrets.stripe);
const verifyStandard = ({ headers, body }: ReturnType<typeof prepare>) =>
  new Webhook(secrets['standard-webhooks']).verify(body, headers);

describe('prepare', () => {
  test("creates signatures that the providers' libraries verify", () => {
    expect(verifyStripe(prepare(charge, secrets, now))).toMatchObject({ id: 'evt_local_case', type: 'charge.succeeded' });
    expect(verifyStandard(prepare(order, secrets, now))).toMatchObject({ transaction_id: 'order-case', kind: 'captured' });
  });

  test('signs each notification in a batch from Adyen', () => {
    const batch = adyenBatch([authorisation('a', now, { value: 100, currency: 'EUR' }), refund('a', now, { value: 100, currency: 'EUR' })]);

    const { body } = prepare(batch, secrets, now);

    const { notificationItems } = JSON.parse(body) as { notificationItems: { NotificationRequestItem: NotificationRequestItem }[] };
    expect(notificationItems.map(({ NotificationRequestItem: item }) => new HmacValidator().validateHMAC(item, secrets.adyen))).toEqual([true, true]);
    expect(batch.eventIds).toEqual(['PSP-LOCAL-a:AUTHORISATION:true', 'PSP-LOCAL-a-REFUND:REFUND:true']);
  });

  test('creates signatures that the libraries of Square and Razorpay verify', async () => {
    const square = prepare(squarePayment('case', now, { amount: 100, currency: 'USD' }), secrets, now);
    const razorpay = prepare(razorpayPayment('case', now, 100), secrets, now);

    expect(await WebhooksHelper.verifySignature({
      requestBody: square.body,
      signatureHeader: square.headers['x-square-hmacsha256-signature'],
      signatureKey: 'a-key',
      notificationUrl: 'https://shop.example.com/square',
    })).toBe(true);
    expect(validateWebhookSignature(razorpay.body, razorpay.headers['X-Razorpay-Signature'], 'a-secret')).toBe(true);
  });

  test('applies a forgery after signing', () => {
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

  test('signs old requests with an old time, and does not sign unsigned ones', () => {
    expect(() => verifyStripe(prepare({ ...charge, ageSeconds: 600 }, secrets, now))).toThrow('outside the tolerance zone');
    expect(prepare({ ...charge, unsigned: true }, secrets, now).headers).toEqual({ 'content-type': 'application/json' });
  });

  test('changes unsigned headers', () => {
    const { headers } = prepare({ ...order, headers: { 'content-type': 'text/plain' } }, secrets, now);

    expect(headers).toMatchObject({ 'content-type': 'text/plain', 'webhook-id': 'msg_local_case' });
  });
});

test('the curl line contains a signature that is valid now', () => {
  const line = curlLine({ url: 'http://127.0.0.1:1/webhook', secrets }, now);

  const headers = Object.fromEntries([...line.matchAll(/-H '([^:]+): ([^']+)'/g)].map(([, name, value]) => [name, value]));
  const [, body] = /-d '([^']+)'/.exec(line)!;
  expect(verifyStandard({ headers, body })).toMatchObject({ kind: 'captured', amount_minor: 123_456 });
  expect(line).toMatch(/^curl -i .* 'http:\/\/127\.0\.0\.1:1\/webhook\/standard-webhooks'$/);
});
