import { createHash } from 'node:crypto';
import { goCardlessEvent, samples as goCardless } from '../../handlers/providers/gocardless/samples';
import { samples as hmac } from '../../handlers/providers/hmac/samples';
import { payPalEvent, samples as payPal } from '../../handlers/providers/paypal/samples';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';
import { samples as standardWebhooks } from '../../handlers/providers/standard-webhooks/samples';
import { samples as stripe, stripeEvent } from '../../handlers/providers/stripe/samples';
import { MAX_BODY_BYTES } from '../../src/private/contract';
import type { SentEvents } from '../faults/webhook-sender';

/** The providers: one with a certificate and a second item for each webhook, one with batches, and three that sign with a shared secret. */
export const SOAK_SENDERS = {
  'stripe': stripe, 'paypal': payPal, 'gocardless': goCardless, 'standard-webhooks': standardWebhooks, 'hmac': hmac,
} as const;

/** A request, and the status that it must get. */
export interface SoakRequest {
  readonly sender: keyof typeof SOAK_SENDERS;
  readonly webhook: SignedWebhook;
  readonly expectedStatus: number;
}

/** A webhook that differs from all others, with the ids of its events. */
interface SoakWebhook extends SentEvents {
  readonly sender: keyof typeof SOAK_SENDERS;
  readonly body: Buffer;
  /** The id of the message, if a header contains it. */
  readonly name?: string;
}

const LARGE_BODY_BYTES = 50_000;
/** A customer has the more payments, the longer the soak is. */
const CUSTOMERS = 997;

/** The webhook with this number. Half of them are Stripe's. A twentieth has a high value, and a twentieth is authentic and cannot be parsed. */
function soakWebhook(index: number): SoakWebhook {
  const kind = index % 20;
  const name = `msg_${index}`;
  if (kind < 10) {
    const amount = kind === 0 ? 12_000_00 : kind < 4 ? 2_500_00 : 40_00;
    return jsonWebhook('stripe', [`evt_${index}`], stripeEvent(`evt_${index}`, 'charge.succeeded', {
      id: `ch_${index}`,
      object: 'charge',
      amount,
      amount_captured: amount,
      captured: true,
      currency: 'eur',
      payment_intent: `pi_${index}`,
      status: 'succeeded',
      customer: `cus_${index % CUSTOMERS}`,
      description: index % 100 === 50 ? incompressible(index) : `a description of ${index}`,
    }));
  }
  if (kind < 13) {
    return jsonWebhook('hmac', [`e-${index}`], {
      id: `e-${index}`, type: 'order.paid', at: '2026-01-31T12:00:00Z', order: { id: `o-${index}`, total: '40.00', currency: 'EUR' }, buyer: { id: `b-${index % CUSTOMERS}` },
    });
  }
  if (kind < 15) {
    return jsonWebhook('paypal', [`WH-${index}`], payPalEvent(`WH-${index}`, 'PAYMENT.CAPTURE.COMPLETED', {
      id: `CAPTURE${index}`, status: 'COMPLETED', amount: { currency_code: 'EUR', value: '40.00' },
    }));
  }
  if (kind < 17) {
    const eventIds = [1, 2, 3].map((part) => `EV${index}-${part}`);
    return jsonWebhook('gocardless', eventIds, {
      events: eventIds.map((id) => goCardlessEvent(id, 'payments', 'confirmed', { payment: `PM-${id}`, customer: 'CU1' })),
    });
  }
  if (kind < 19) {
    return {
      ...jsonWebhook('standard-webhooks', [name], { type: 'payment.captured', timestamp: '2026-01-31T12:00:00Z', data: { id: `p-${index}`, amount: 40_00, currency: 'EUR' } }),
      name,
    };
  }
  return { sender: 'standard-webhooks', body: Buffer.from(`not JSON: ${index}`), eventIds: [name], name };
}

function jsonWebhook(sender: SoakWebhook['sender'], eventIds: readonly string[], payload: object): SoakWebhook {
  return { sender, eventIds, body: Buffer.from(JSON.stringify(payload)) };
}

/** A text that differs for each number, and that gzip cannot shorten by much. */
function incompressible(index: number): string {
  const digest = (part: number) => createHash('sha512').update(`${index} ${part}`).digest('base64');
  return Array.from({ length: Math.ceil(LARGE_BODY_BYTES / 88) }, (_, part) => digest(part)).join('');
}

/** The events of a webhook. */
export function eventsOf(index: number): SentEvents {
  const { sender, eventIds } = soakWebhook(index);
  return { sender, eventIds };
}

/**
 * The requests for the webhook with this number. A tenth of the webhooks is sent
 * twice, a tenth is followed by a forgery, and some by a body that is too large.
 */
export async function requestsOf(index: number): Promise<SoakRequest[]> {
  const { sender, body, name } = soakWebhook(index);
  const { sign, altered } = SOAK_SENDERS[sender];
  const signed = async () => sign(body, { name });
  const webhook = await signed();
  const [forged] = altered(webhook, { position: index, difference: 1, character: 'x' });
  return [
    { sender, webhook, expectedStatus: 200 },
    ...index % 10 === 3 || index % 10 === 6 ? [{ sender, webhook: await signed(), expectedStatus: 200 }] : [],
    ...index % 10 === 7 || index % 10 === 4 ? [{ sender, webhook: forged, expectedStatus: 401 }] : [],
    ...index % 1_000 === 500 ? [{ sender, webhook: { ...webhook, body: Buffer.alloc(MAX_BODY_BYTES + 1) }, expectedStatus: 413 }] : [],
  ];
}
