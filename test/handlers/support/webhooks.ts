import type { APIGatewayProxyEvent } from 'aws-lambda';
import { samples as hmac } from '../../../handlers/providers/hmac/samples';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import type { VerificationContext } from '../../../handlers/providers/shared/scheme';
import { parseRequest, type WebhookRequest } from '../../../handlers/providers/shared/webhook-request';
import { samples as standardWebhooks } from '../../../handlers/providers/standard-webhooks/samples';
import { samples as stripe } from '../../../handlers/providers/stripe/samples';
import type { ProviderConfig } from '../../../src/private/contract';

export const STRIPE_SECRET = stripe.secret;
export const STANDARD_SECRET = standardWebhooks.secret;
export const HMAC_SECRET = hmac.secret;

/** The proxy event of API Gateway if every media type is binary. */
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

/** The context of a verification, for schemes that need no certificate. */
export function context(config: ProviderConfig, now: Date): VerificationContext {
  return { config, now, certificates: async () => Promise.reject(new Error('no certificate is needed')) };
}

export function stripeWebhook(body: Buffer | string, at?: Date, secret?: string): SignedWebhook {
  return stripe.sign(Buffer.from(body), { at, secret });
}

export function standardWebhook(body: Buffer | string, id?: string, at?: Date, secret?: string): SignedWebhook {
  return standardWebhooks.sign(Buffer.from(body), { name: id, at, secret });
}

/** A webhook with the signature of the provider `shop` in `validator-environment.ts`. */
export function hmacWebhook(body: Buffer | string, at?: Date, secret?: string): SignedWebhook {
  return hmac.sign(Buffer.from(body), { at, secret });
}
