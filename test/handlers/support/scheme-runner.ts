import { proxyEvent, request } from './webhooks';
import { transactionItem, type TransactionItem } from '../../../handlers/ingest/transaction-item';
import { loadScheme } from '../../../handlers/providers/registry';
import type { EventFields, NormalizedEvent } from '../../../handlers/providers/shared/normalized-event';
import { payloadBytes, type ProviderSamples, type SamplePayload, type SignedWebhook, type Signing } from '../../../handlers/providers/shared/samples/provider-samples';
import type { Scheme, Verification } from '../../../handlers/providers/shared/scheme';
import { parseRequest, type WebhookRequest } from '../../../handlers/providers/shared/webhook-request';
import type { ProviderConfig } from '../../../src/private/contract';

type HeaderValues = Readonly<Record<string, string[]>>;

/** Verifies and normalizes the webhooks of one provider as the validator does, without a store or a response. */
export class SchemeRunner {
  private readonly scheme: Scheme;

  constructor(private readonly samples: ProviderSamples) {
    this.scheme = loadScheme(samples.config.scheme);
  }

  public async sign({ payload, name }: SamplePayload, signing: Signing = {}): Promise<SignedWebhook> {
    return this.samples.sign(payloadBytes(payload), { name, ...signing });
  }

  /** Whether every webhook of the request is authentic now. */
  public async isAuthentic(webhook: SignedWebhook, secrets: readonly string[] = [this.samples.secret]): Promise<boolean> {
    return this.areAuthentic(request(webhook), secrets);
  }

  /** The same, if some headers of the request have several values. */
  public async isAuthenticWith({ body, headers }: SignedWebhook, values: HeaderValues): Promise<boolean> {
    const event = proxyEvent({ body, headers });
    const replaced = Object.keys(values).map((name) => name.toLowerCase());
    const others = Object.fromEntries(Object.entries(event.multiValueHeaders).filter(([name]) => !replaced.includes(name.toLowerCase())));
    return this.areAuthentic(parseRequest({ ...event, headers: {}, multiValueHeaders: { ...others, ...values } }), [this.samples.secret]);
  }

  /** The events of a webhook. */
  public async normalize(webhook: SignedWebhook, config: Partial<ProviderConfig> = {}): Promise<NormalizedEvent[]> {
    const requests = this.scheme.batch?.split(request(webhook)) ?? [request(webhook)];
    return Promise.all(requests.map(async (each) => this.scheme.normalize(each, { ...this.samples.config, ...config })));
  }

  /** The items to store for a webhook. `fields` replace normalized fields. */
  public async items(webhook: SignedWebhook, config: Partial<ProviderConfig> = {}, fields: Partial<EventFields> = {}): Promise<TransactionItem[]> {
    return (await this.normalize(webhook, config)).map((normalized) => transactionItem({
      provider: { ...this.samples.config, ...config },
      normalized: { ...normalized, fields: { ...normalized.fields, ...fields } },
      rawBody: webhook.body,
      receivedAt: new Date(),
      tiers: { medium: 1000, high: 10000 },
    }));
  }

  /** The result of each verification that the webhook needs. */
  public async verify(webhook: SignedWebhook, secrets: readonly string[]): Promise<Verification[]> {
    return this.verifyRequest(request(webhook), secrets);
  }

  private async areAuthentic(whole: WebhookRequest, secrets: readonly string[]): Promise<boolean> {
    return (await this.verifyRequest(whole, secrets)).every((verification) => verification === 'authentic');
  }

  private async verifyRequest(whole: WebhookRequest, secrets: readonly string[]): Promise<Verification[]> {
    const { batch, verify } = this.scheme;
    const { config, certificates = async () => Promise.reject(new Error('no certificate is needed')) } = this.samples;
    const signed = batch?.signed === 'each' ? batch.split(whole)! : [whole];
    const context = { config, now: new Date(), certificates };
    return Promise.all(signed.map(async (each): Promise<Verification> => verify(each, secrets, context)));
  }
}
