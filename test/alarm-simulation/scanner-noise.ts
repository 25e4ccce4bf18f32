import { PROVIDER_NAMES, otherSecret, paymentWebhook, type ProviderName } from './genuine-webhooks';
import { TOO_LARGE_BODY } from './large-bodies';
import { MINUTE } from './metric-store';
import type { SimulatedSystem } from './simulated-system';
import { BURST_LIMIT } from './simulated-template';
import type { SignedWebhook } from '../../handlers/providers/shared/samples/provider-samples';

const HOUR = 60 * MINUTE;
const JUNK_PATHS = ['wp-login.php', '.env', 'admin', 'stripe2', '../../secrets', 'graphql'];
const JUNK_BODIES = ['', '{}', '<?xml version="1.0"?><a/>', 'cmd=id', '{"id":"evt_1","object":"event"}', '[[[[[[', '\u0000\u0001'];
const NO_SIGNATURE = {};

/** Headers with the name of a signature and a value that no provider sends. */
const MALFORMED: readonly SignedWebhook['headers'][] = [
  { 'Stripe-Signature': 'test' },
  { 'Stripe-Signature': 't=1,v0=abc' },
  { HmacSignature: '1' },
  { 'PAYPAL-TRANSMISSION-ID': '1', 'PAYPAL-TRANSMISSION-SIG': 'a', 'PAYPAL-CERT-URL': 'https://scanner.example/cert.pem' },
];

const request = (body: string, headers: SignedWebhook['headers'] = NO_SIGNATURE): SignedWebhook => ({ body: Buffer.from(body), headers });

/** Requests of scanners: junk paths, unsigned and malformed requests, and replays of old webhooks. */
export class ScannerNoise {
  private sent = 0;
  private old: { readonly provider: ProviderName; readonly webhook: SignedWebhook } | undefined;

  /** A number of requests, each of another shape than the one before. */
  public async send(system: SimulatedSystem, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      this.sent += 1;
      const provider = PROVIDER_NAMES[this.sent % PROVIDER_NAMES.length];
      const body = JUNK_BODIES[this.sent % JUNK_BODIES.length];
      switch (this.sent % 4) {
        case 0:
          await system.post(JUNK_PATHS[this.sent % JUNK_PATHS.length], request(body));
          break;
        case 1:
          await system.post(provider, request(body, MALFORMED[this.sent % MALFORMED.length]));
          break;
        case 2:
          await system.post(provider, request(body));
          break;
        default:
          await this.replay(system);
      }
    }
  }

  /** A request that is larger than Lambda can receive, to a name that no provider has. */
  public async sendLarge(system: SimulatedSystem): Promise<void> {
    await system.post(JUNK_PATHS[0], { body: TOO_LARGE_BODY, headers: {} });
  }

  /** More requests within a second than the limit, to names that no provider has. */
  public async flood(system: SimulatedSystem): Promise<void> {
    await system.burst(JUNK_PATHS[0], Array<SignedWebhook>(BURST_LIMIT + 500).fill(request('{}')));
  }

  /** Well-formed webhooks with the signature of another secret. Only somebody who knows the provider sends them. */
  public async forge(system: SimulatedSystem, provider: ProviderName, count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      await system.post(provider, await paymentWebhook(provider, { secret: otherSecret(provider) }));
    }
  }

  /** A webhook that was genuine two hours ago, sent by somebody who recorded it. */
  private async replay(system: SimulatedSystem): Promise<void> {
    this.old ??= { provider: 'stripe', webhook: await paymentWebhook('stripe', { at: new Date(system.now - 2 * HOUR) }) };
    await system.post(this.old.provider, this.old.webhook);
  }
}
