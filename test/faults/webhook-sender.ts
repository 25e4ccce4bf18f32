import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { AwsServices } from './aws-services';
import { ARCHIVE_BUCKET, SENDERS } from './function-settings';
import { goCardlessEvent } from '../../handlers/providers/gocardless/samples';
import { payPalEvent } from '../../handlers/providers/paypal/samples';
import { stripeEvent } from '../../handlers/providers/stripe/samples';
import { proxyEvent } from '../handlers/support/webhooks';
import type { Dice } from '../simulation/marketplace-random';

/** How often a provider sends a webhook that is not acknowledged. */
const MAX_ATTEMPTS = 60;
const PAUSE_MS = 5;

/** A webhook, with the ids of the events in its body. */
export interface SentWebhook {
  readonly sender: keyof typeof SENDERS;
  readonly payload: object;
  readonly eventIds: readonly string[];
}

/** Larger than an item of the table, also when it is compressed. */
const LARGE_PADDING_BYTES = 450 * 1024;

/**
 * Of ten webhooks, seven are Stripe's, two PayPal's, and one is a batch of GoCardless. A few customers pay, with amounts of each
 * tier. One of Stripe and one of PayPal are too large for an item.
 */
export function webhooks(count: number): SentWebhook[] {
  return Array.from({ length: count }, (_, index) => {
    const amount = [12_000_00 + index, 2_500_00 + index, 40_00 + index][index % 3];
    const padding = index % 10 === 2 || index % 10 === 3 ? randomBytes(LARGE_PADDING_BYTES).toString('base64') : undefined;
    if (index % 10 === 9) {
      const eventIds = [1, 2, 3].map((part) => `EV${index}-${part}`);
      return {
        sender: 'gocardless',
        payload: { events: eventIds.map((id) => goCardlessEvent(id, 'payments', 'confirmed', { payment: `PM-${id}`, customer: 'CU1' })) },
        eventIds,
      };
    }
    if (index % 5 === 3) {
      return {
        sender: 'paypal',
        payload: payPalEvent(`WH-${index}`, 'PAYMENT.CAPTURE.COMPLETED', {
          id: `CAPTURE${index}`, status: 'COMPLETED', amount: { currency_code: 'EUR', value: (amount / 100).toFixed(2) }, padding,
        }),
        eventIds: [`WH-${index}`],
      };
    }
    return {
      sender: 'stripe',
      payload: stripeEvent(`evt_${index}`, 'charge.succeeded', {
        id: `ch_${index}`, object: 'charge', amount, amount_captured: amount, captured: true, currency: 'eur', payment_intent: `pi_${index}`, status: 'succeeded', customer: `cus_${index % 4}`, padding,
      }),
      eventIds: [`evt_${index}`],
    };
  });
}

/** Sends webhooks as their providers do: again until they are acknowledged, and some of them once more. */
export class WebhookSender {
  public sent = 0;
  public acknowledged = 0;
  /** The webhooks that the providers gave up. */
  public readonly abandoned: SentWebhook[] = [];

  constructor(private readonly post: (event: object) => Promise<APIGatewayProxyResult>, private readonly dice: Dice) {}

  public async sendAll(all: readonly SentWebhook[]): Promise<void> {
    for (const webhook of all) {
      await this.deliver(webhook);
      if (this.dice.chance(0.3)) {
        await this.deliver(this.dice.pick(all.slice(0, all.indexOf(webhook) + 1)));
      }
    }
  }

  private async deliver(webhook: SentWebhook): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      if (await this.isAcknowledged(webhook)) {
        this.acknowledged += 1;
        return;
      }
      await sleep(PAUSE_MS);
    }
    this.abandoned.push(webhook);
  }

  private async isAcknowledged({ sender, payload }: SentWebhook): Promise<boolean> {
    this.sent += 1;
    const signed = await SENDERS[sender].sign(Buffer.from(JSON.stringify(payload)));
    try {
      const { statusCode } = await this.post(proxyEvent(signed, sender));
      if (statusCode !== 200 && statusCode !== 503) {
        throw new Error(`an authentic webhook was answered with ${statusCode}`);
      }
      return statusCode === 200;
    } catch (error) {
      // API Gateway answers 502 if the function fails. An answer that must not be is a defect.
      if (String(error).includes('was answered with')) {
        throw error;
      }
      return false;
    }
  }
}

/** The ids of the events of a provider's webhook. */
export interface SentEvents {
  readonly sender: string;
  readonly eventIds: readonly string[];
}

/**
 * How the table compares with the webhooks that were sent. An item that was written again counts as stored twice, and an item
 * whose body is missing as lost.
 */
export function compareStored(
  all: readonly SentEvents[], { table: { items, stream }, objects }: AwsServices,
): { readonly lost: number; readonly twice: number } {
  const stored = new Map<string, number>();
  for (const { record_type: type, provider, event_id: id } of items) {
    if (type.S === 'transaction') {
      const key = `${provider.S} ${id.S}`;
      stored.set(key, (stored.get(key) ?? 0) + 1);
    }
  }
  const counts = all.flatMap(({ sender, eventIds }) => eventIds.map((id) => stored.get(`${sender} ${id}`) ?? 0));
  const written = stream.filter(({ eventName, dynamodb }) => (
    eventName === 'MODIFY' && dynamodb!.NewImage!.received_at?.S !== dynamodb!.OldImage!.received_at?.S
  ));
  const bodiless = items.filter(({ record_type: type, body, body_key: key }) => (
    type.S === 'transaction' && !body && !objects.has(`/${ARCHIVE_BUCKET}/${key?.S}`)
  ));
  return { lost: counts.filter((count) => count === 0).length + bodiless.length, twice: counts.filter((count) => count > 1).length + written.length };
}
