import { HIGH_VALUE, PROVIDER_NAMES, paymentWebhook, type ProviderName, type WebhookOptions } from './genuine-webhooks';
import { MINUTE } from './metric-store';
import type { SimulatedSystem } from './simulated-system';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';

const DAY_MINUTES = 1_440;
const HIGH_EVERY = 25;
/** The times after which a provider sends a webhook again, in minutes. Real providers continue for hours or days. */
const RETRY_AFTER = [1, 5, 15, 30, 60];

interface Retry {
  readonly provider: ProviderName;
  readonly webhook: SignedWebhook;
  readonly attempt: number;
  readonly dueAt: number;
}

export interface TrafficOptions {
  /** Webhooks an hour of each provider, on average over the day. */
  readonly perHour: number;
  /** Each payment with this number is of the high tier. Default: 25. */
  readonly highEvery?: number;
}

/** The webhooks of the providers, more by day than by night. Providers send again what is not answered with 2xx. */
export class Traffic {
  /** Changes of each webhook of a provider. */
  public readonly changes = new Map<ProviderName, () => WebhookOptions>();
  private readonly due = new Map<ProviderName, number>();
  private retries: Retry[] = [];
  private readonly stopped = new Set<ProviderName>();
  private readonly disabled = new Set<ProviderName>();
  private sent = 0;

  constructor(private readonly options: TrafficOptions) {}

  /** The endpoint is disabled at a provider. Its events continue. */
  public disableEndpoint(provider: ProviderName): void {
    this.disabled.add(provider);
  }

  public enableEndpoint(provider: ProviderName): void {
    this.disabled.delete(provider);
  }

  /** A provider has no events more, and sends nothing more. */
  public stop(provider: ProviderName): void {
    this.stopped.add(provider);
  }

  public async send(system: SimulatedSystem): Promise<void> {
    const retries = this.retries.filter(({ dueAt }) => dueAt <= system.now);
    this.retries = this.retries.filter(({ dueAt }) => dueAt > system.now);
    for (const { provider, webhook, attempt } of retries) {
      await this.deliver(system, provider, webhook, attempt);
    }
    for (const provider of PROVIDER_NAMES.filter((name) => !this.stopped.has(name))) {
      const due = (this.due.get(provider) ?? 0) + this.perMinute(system.now);
      for (let index = 0; index < Math.floor(due); index++) {
        this.sent += 1;
        const amount = this.sent % (this.options.highEvery ?? HIGH_EVERY) === 0 ? HIGH_VALUE : undefined;
        const webhook = await paymentWebhook(provider, { amount, ...this.changes.get(provider)?.() });
        system.reconciliation.list(provider, webhook.body, system.now);
        if (!this.disabled.has(provider)) {
          await this.deliver(system, provider, webhook);
        }
      }
      this.due.set(provider, due % 1);
    }
  }

  /** From a fifth of the average at 04:00 to almost twice of it at 16:00. */
  private perMinute(now: number): number {
    const phase = (now / MINUTE % DAY_MINUTES - 600) / DAY_MINUTES * 2 * Math.PI;
    return this.options.perHour / 60 * (1 + 0.8 * Math.sin(phase));
  }

  private async deliver(system: SimulatedSystem, provider: ProviderName, webhook: SignedWebhook, attempt = 0): Promise<void> {
    const status = await system.post(provider, webhook);
    if (status >= 300 && attempt < RETRY_AFTER.length) {
      this.retries.push({ provider, webhook, attempt: attempt + 1, dueAt: system.now + RETRY_AFTER[attempt] * MINUTE });
    }
  }
}
