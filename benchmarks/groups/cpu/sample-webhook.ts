import type { NormalizedEvent } from '../../../handlers/providers/shared/normalized-event';
import { payloadBytes, type EventSample, type ProviderSamples, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import type { Scheme, Verification } from '../../../handlers/providers/shared/scheme';
import type { WebhookRequest } from '../../../handlers/providers/shared/webhook-request';
import { request } from '../../../test/handlers/support/webhooks';

/** The usual size of the body of a charge or an order. */
const BODY_BYTES = 3_000;

type JsonObject = Record<string, unknown>;

/** A part of a payload that no scheme reads, with the usual mix of texts, numbers, nulls and nested objects. */
function unreadPart(number: number): JsonObject {
  return {
    id: `item_${number}_4f8a2c6e1b`,
    object: 'line_item',
    amount: 1_999 + number,
    quantity: 1,
    taxable: true,
    description: 'Ceramic cup, 250 ml, "ocean" – second edition',
    price: { unit_amount: 1_999, nickname: null, recurring: null, rate: 0.19 },
    address: { line1: 'Example Street 7', line2: null, postal_code: '10115', city: 'Berlin' },
    tags: ['kitchen', 'gift'],
  };
}

/** The payload with as many unread parts as a body of the usual size has. A payload that is not JSON stays as it is. */
function usualPayload({ payload }: EventSample): EventSample['payload'] {
  if (typeof payload === 'string') {
    return payload;
  }
  const copy = structuredClone(payload) as JsonObject;
  const target = placeForMore(copy);
  const items: JsonObject[] = [];
  Object.assign(target, { line_items: items });
  while (payloadBytes(copy).length < BODY_BYTES) {
    items.push(unreadPart(items.length));
  }
  return copy;
}

/** Adyen's notifications have their details inside of the item that is signed. The others have them beside what is read. */
function placeForMore(payload: JsonObject): JsonObject {
  const items = payload.notificationItems as { readonly NotificationRequestItem: JsonObject }[] | undefined;
  return items?.[0].NotificationRequestItem ?? payload;
}

/** A webhook of a provider, and the calls that the validator makes to verify and normalize it. */
export class SampleWebhook {
  public static async of(samples: ProviderSamples, scheme: Scheme): Promise<SampleWebhook> {
    const sample = samples.events.find(({ events: [event] }) => event.moneyMovement) ?? samples.events[0];
    const sent = await samples.sign(payloadBytes(usualPayload(sample)), { name: sample.name });
    return new SampleWebhook({ ...samples, config: { ...samples.config, ...sample.config } }, sent, scheme);
  }

  private readonly request: WebhookRequest;
  private readonly now = new Date();

  private constructor(public readonly samples: ProviderSamples, public readonly sent: SignedWebhook, private readonly scheme: Scheme) {
    this.request = request(sent);
  }

  /** Verifies and normalizes as `ingest` does. Throws if the webhook is not authentic or cannot be parsed. */
  public process(): void {
    const { batch, verify } = this.scheme;
    const { config, secret, certificates = noCertificates } = this.samples;
    const signed = batch?.signed === 'each' ? batch.split(this.request)! : [this.request];
    const context = { config, now: this.now, certificates };
    for (const each of signed) {
      expectAuthentic(verify(each, [secret], context) as Verification);
    }
    this.normalizeAll(batch?.signed === 'together' ? signed.flatMap((each) => batch.split(each)) : signed);
  }

  /** The same for a scheme that fetches certificates. */
  public async processLater(): Promise<void> {
    const { config, secret, certificates = noCertificates } = this.samples;
    expectAuthentic(await this.scheme.verify(this.request, [secret], { config, now: this.now, certificates }));
    this.normalizeAll([this.request]);
  }

  private normalizeAll(webhooks: readonly WebhookRequest[]): void {
    for (const webhook of webhooks) {
      if (!(this.scheme.normalize(webhook, this.samples.config) as NormalizedEvent).parsed) {
        throw new Error(`the webhook of ${this.samples.config.name} was not parsed`);
      }
    }
  }
}

function expectAuthentic(verification: Verification): void {
  if (verification !== 'authentic') {
    throw new Error(`the webhook is not authentic: ${verification}`);
  }
}

async function noCertificates(): Promise<never> {
  throw new Error('no certificate is needed');
}
