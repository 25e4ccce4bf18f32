import { createHmac } from 'node:crypto';
import HmacValidator from '@adyen/api-library/lib/src/utils/hmacValidator';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { AdyenBatch } from './adyen-events';
import type { ProviderDelivery, ProviderName } from './request';
import { SecretField } from '../../src/private/contract';

/** A delivery with what its provider adds to sign it. */
export interface Signed {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Sign = (delivery: ProviderDelivery, secret: string, signedAt: Date) => Signed;

/**
 * How each provider signs: with its own library, but for Square and Razorpay,
 * whose libraries only verify.
 */
export const SIGN: Readonly<Record<ProviderName, Sign>> = {
  'stripe': ({ body }, secret, signedAt) => ({
    headers: { 'Stripe-Signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: unixSeconds(signedAt) }) },
    body,
  }),
  'adyen': ({ body }, secret) => ({ headers: {}, body: signEachItem(JSON.parse(body) as AdyenBatch, secret) }),
  'square': ({ body }, secret) => {
    const { [SecretField.SIGNATURE_KEY]: key, [SecretField.NOTIFICATION_URL]: url } = JSON.parse(secret) as Record<string, string>;
    return { headers: { 'x-square-hmacsha256-signature': createHmac('sha256', key).update(url + body).digest('base64') }, body };
  },
  'razorpay': ({ body }, secret) => ({ headers: { 'X-Razorpay-Signature': createHmac('sha256', secret).update(body).digest('hex') }, body }),
  'standard-webhooks': ({ id, body }, secret, signedAt) => ({
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(unixSeconds(signedAt)),
      'webhook-signature': new Webhook(secret).sign(id, signedAt, body),
    },
    body,
  }),
};

/** Adyen signs no request, but each notification in it. */
function signEachItem({ notificationItems, ...batch }: AdyenBatch, secret: string): string {
  const validator = new HmacValidator();
  return JSON.stringify({
    ...batch,
    notificationItems: notificationItems.map(({ NotificationRequestItem: item }) => ({
      NotificationRequestItem: { ...item, additionalData: { hmacSignature: validator.calculateHmac(item as never, secret) } },
    })),
  });
}

function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
