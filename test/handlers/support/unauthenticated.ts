import { proxyEvent } from './webhooks';
import { ingest, type IngestPorts, type WebhookOutcome } from '../../../handlers/ingest/ingest';
import type { ProviderSamples, SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { parseRequest } from '../../../handlers/providers/shared/webhook-request';

/** Passes a forged request of a provider through the use case. Reading the secrets takes no time, and nothing can be stored. */
export async function rejectForged({ config, secret, certificates }: ProviderSamples, webhook: SignedWebhook): Promise<readonly WebhookOutcome[]> {
  const secrets = config.secretArns.map(() => secret);
  const ports: IngestPorts = {
    providers: [config],
    tiers: { medium: 1000, high: 10000 },
    sources: { allows: () => true },
    secrets: { read: async () => secrets, reread: async () => secrets },
    certificates: certificates ?? (async () => undefined),
    store: async () => Promise.reject(new Error('a forged webhook reached the store')),
  };
  return (await ingest(parseRequest(proxyEvent(webhook, config.name)), ports, new Date())).outcomes;
}
