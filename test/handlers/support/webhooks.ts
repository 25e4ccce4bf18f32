import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { Webhook } from 'standardwebhooks';
import Stripe from 'stripe';
import type { VerificationContext } from '../../../handlers/providers/shared/scheme';
import { parseRequest, type WebhookRequest } from '../../../handlers/providers/shared/webhook-request';
import type { ProviderConfig } from '../../../src/private/contract';

export const STRIPE_SECRET = 'whsec_stripe_0123456789abcdefghijklmnop';
export const STANDARD_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const HMAC_SECRET = 'It is a secret to everybody';

export type Headers = { readonly [name: string]: string };
export interface SignedWebhook {
  readonly body: Buffer;
  readonly headers: Headers;
}

/** The proxy event as API Gateway makes it where every media type is binary. */
export function proxyEvent({ body, headers }: SignedWebhook, provider?: string): APIGatewayProxyEvent {
  return {
    body: body.toString('base64'),
    isBase64Encoded: true,
    headers: { ...headers },
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    httpMethod: 'POST',
    path: provider === undefined ? '/webhook' : `/webhook/${provider}`,
    pathParameters: provider === undefined ? null : { provider },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    resource: '/webhook/{provider}',
    requestContext: {} as APIGatewayProxyEvent['requestContext'],
  };
}

export function request(webhook: SignedWebhook): WebhookRequest {
  return parseRequest(proxyEvent(webhook));
}

/** What a verification rests on, for schemes that ask for no certificate. */
export function context(config: ProviderConfig, now: Date): VerificationContext {
  return { config, now, certificates: async () => Promise.reject(new Error('no certificate is needed')) };
}

const stripe = new Stripe('sk_test_123');

/** Signed by Stripe's own library. */
export function stripeWebhook(body: Buffer | string, at = new Date(), secret = STRIPE_SECRET): SignedWebhook {
  const payload = body.toString();
  return {
    body: Buffer.from(payload),
    headers: {
      'Stripe-Signature': stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at.getTime() / 1000) }),
    },
  };
}

/** Whether Stripe's own library accepts a webhook at a time. */
export function stripeAccepts({ body, headers }: SignedWebhook, at: Date, secret = STRIPE_SECRET): boolean {
  try {
    stripe.webhooks.constructEvent(body, headers['Stripe-Signature'], secret, 300, undefined, at.getTime());
    return true;
  } catch {
    return false;
  }
}

/** Signed by the Standard Webhooks' own library. */
export function standardWebhook(body: Buffer | string, id = 'msg_1', at = new Date(), secret = STANDARD_SECRET): SignedWebhook {
  const payload = body.toString();
  return {
    body: Buffer.from(payload),
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, payload),
    },
  };
}

/** Whether the Standard Webhooks' own library accepts a webhook now. */
export function standardWebhooksAccepts({ body, headers }: SignedWebhook, secret = STANDARD_SECRET): boolean {
  try {
    new Webhook(secret).verify(body.toString(), { ...headers });
    return true;
  } catch {
    return false;
  }
}

/** Signed as the provider `shop` of the environment is configured. */
export function hmacWebhook(body: Buffer | string, at = new Date(), secret = HMAC_SECRET): SignedWebhook {
  const time = String(Math.floor(at.getTime() / 1000));
  return {
    body: Buffer.from(body),
    headers: {
      'X-Shop-Time': time,
      'X-Shop-Signature': `sha256=${createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex')}`,
    },
  };
}

/** Signs any bytes, which the libraries take for text. */
export function standardWebhookOfBytes(body: Buffer, id: string, at = new Date()): SignedWebhook {
  const time = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(STANDARD_SECRET.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64');
  return { body, headers: { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` } };
}

/** Signs any bytes, which the libraries take for text. */
export function stripeWebhookOfBytes(body: Buffer, at = new Date()): SignedWebhook {
  const time = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', STRIPE_SECRET).update(`${time}.`).update(body).digest('hex');
  return { body, headers: { 'Stripe-Signature': `t=${time},v1=${signature}` } };
}

/** Replaces one character by another, or by the one after it where they are the same. */
export function changed(text: string, position: number, replacement: string): string {
  const index = position % text.length;
  const other = text[index] === replacement ? String.fromCharCode(replacement.charCodeAt(0) + 1) : replacement;
  return text.slice(0, index) + other + text.slice(index + 1);
}

/** Changes some bits of one byte. */
export function changedByte(bytes: Buffer, position: number, difference: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = position % copy.length;
  copy[index] = (copy[index] + difference) % 256;
  return copy;
}
