import { proxyEvent } from './webhooks';
import { handler } from '../../../handlers/ingest/handler';
import type { SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';

/** Posts a webhook to the validator and returns the parsed response. */
export async function post(webhook: SignedWebhook, provider?: string) {
  const { statusCode, body, headers } = await handler(proxyEvent(webhook, provider));
  return { statusCode, headers, body: JSON.parse(body) as Record<string, string> };
}

/** Bodies for the providers in `validator-environment.ts`. */
export const canonical = (fields: object = {}) => JSON.stringify({
  transaction_id: 'order-1', kind: 'captured', amount_minor: 1250000, currency: 'EUR', event_time: '2026-01-31T12:00:00Z', ...fields,
});
export const stripeEvent = (id: string, fields: object = {}) => JSON.stringify({
  id, type: 'charge.succeeded', livemode: true, created: 1769860800, data: { object: { id: 'ch_1', amount: 500, currency: 'usd' } }, ...fields,
});
export const order = (id: string) => JSON.stringify({ id, type: 'order.paid', order: { id: 'o-1', total: '49.90', currency: 'EUR' } });
