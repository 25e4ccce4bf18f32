import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import type { ProviderEvent, ProviderName, SignedWebhook, SignedWebhookConfig, SignedWebhookOptions } from '.';
import { requireKnownName } from './known-name';
import { majorToMinor, requireCurrency } from './simulated-amount';
import type { ProviderSimulator, SimulatedEvents, SimulatedPayment } from '../handlers/providers/shared/simulators/provider-simulator';
import { SIMULATORS } from '../handlers/providers/simulators';
import type { ProviderConfig, SchemeName } from '../src/private/contract';

const ALL_NAMES = Object.keys(SIMULATORS) as readonly ProviderName[];
/** How they sign is a part of the configuration. */
const CONFIGURED: readonly ProviderName[] = ['hmac', 'public-key'];

export const providerNames = ALL_NAMES.filter((name) => SIMULATORS[name].cannotSign === undefined && !CONFIGURED.includes(name));

const OPTIONS: readonly (keyof SignedWebhookOptions)[] = [
  'amount', 'currency', 'reference', 'customer', 'kind', 'event', 'secret', 'at', 'live', 'paymentId', 'eventId', 'name', 'url', 'config',
];
const PRIVATE_KEY = /^-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** The ids of payments and events in a simulator. */
const SIMULATED_ID = /^[0-9a-f]{12}$/;

export function providerEvents(provider: ProviderName): readonly ProviderEvent[] {
  return Object.entries(knownSimulator(provider).events).map(([event, { kind }]) => ({ event, kind }) as ProviderEvent);
}

export function signedWebhook(provider: ProviderName, options: SignedWebhookOptions = {}): SignedWebhook {
  const simulator = knownSimulator(provider);
  Object.keys(options).forEach((option) => requireKnownName('an option of `signedWebhook`', option, OPTIONS));
  const { name = provider, url = `https://example.com/webhook/${name}` } = options;
  const payment = simulatedPayment(simulator, options);
  const config = configOf(provider, name, payment, options.config);
  const events = simulator.eventsOf?.(config) ?? simulator.events;
  const key = keyOfEvent(provider, events, options);
  const { kind, name: event = key, omits = [], body: bodyOf } = events[key];
  const secret = secretOf(provider, simulator, options.secret, url, config);
  const unsigned = bodyOf(payment, config);
  const { body, headers } = simulator.sign(Buffer.from(typeof unsigned === 'string' ? unsigned : JSON.stringify(unsigned)), {
    secret, at: payment.at, eventName: event, eventId: payment.eventId, config,
  });
  return {
    method: 'POST',
    path: `/webhook/${encodeURIComponent(name)}`,
    headers,
    body: body.toString(),
    secret,
    ...PRIVATE_KEY.test(secret) && { publicKey: createPublicKey(secret).export({ type: 'spki', format: 'pem' }).toString() },
    event,
    kind,
    omits,
  };
}

function knownSimulator(provider: ProviderName): ProviderSimulator {
  requireKnownName('`provider`', provider, ALL_NAMES);
  return SIMULATORS[provider];
}

function keyOfEvent(provider: ProviderName, events: SimulatedEvents, { event, kind }: SignedWebhookOptions): string {
  const keys = Object.keys(events);
  if (event === undefined && kind === undefined) {
    return keys[0];
  }
  if (event === undefined) {
    requireKnownName(`\`kind\` of ${provider}`, kind!, [...new Set(keys.map((key) => events[key].kind))]);
    return keys.find((key) => events[key].kind === kind)!;
  }
  requireKnownName(`\`event\` of ${provider}`, event, keys);
  if (kind !== undefined && events[event].kind !== kind) {
    throw new TypeError(`\`kind\` must be '${events[event].kind}' if \`event\` is '${event}', got '${kind}'. Leave out one of them`);
  }
  return event;
}

function simulatedPayment(simulator: ProviderSimulator, options: SignedWebhookOptions): SimulatedPayment {
  const { amount = 42, currency = 'EUR', paymentId, at = new Date(), live = true } = options;
  requireCurrency(currency);
  if (Number.isNaN(at.getTime())) {
    throw new TypeError('`at` must be a valid date');
  }
  const id = simulatedId(paymentId);
  const { reference = `order-${id}`, customer = `customer-${id}` } = options;
  const money = majorToMinor(amount, currency, simulator.exponents);
  return { id, eventId: simulatedId(options.eventId), ...money, currency, customer, reference, at, live };
}

/** The id of the same length for any text. */
function simulatedId(text: string | undefined): string {
  if (text === undefined) {
    return randomBytes(6).toString('hex');
  }
  return SIMULATED_ID.test(text) ? text : createHash('sha256').update(text).digest('hex').slice(0, 12);
}

function configOf(scheme: string, name: string, { currency }: SimulatedPayment, config: SignedWebhookConfig = {}): ProviderConfig {
  // The declaration has the names of the settings only, because the package does not publish its contract.
  return { name, scheme: scheme as SchemeName, secretArns: [], currency, ...config as Partial<ProviderConfig> };
}

function secretOf(
  provider: string, { cannotSign, newSecret }: ProviderSimulator, secret: string | undefined, url: string, config: ProviderConfig,
): string {
  if (secret !== undefined) {
    return secret;
  }
  if (cannotSign !== undefined) {
    throw new TypeError(
      `only ${provider} can sign its webhooks: ${cannotSign} If your test verifies with a key of your own, pass its private key in PEM as \`secret\``,
    );
  }
  return newSecret(url, config);
}
