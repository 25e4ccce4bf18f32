import { loadScheme } from '../../handlers/providers/registry';
import type { VerificationContext } from '../../handlers/providers/shared/scheme';
import { secretObject } from '../../handlers/providers/shared/secret-object';
import { isPlaceholder } from '../../handlers/providers/shared/secret-text';
import type { ProviderSimulator, SimulatedWebhook } from '../../handlers/providers/shared/simulators/provider-simulator';
import type { WebhookRequest } from '../../handlers/providers/shared/webhook-request';
import { SIMULATORS } from '../../handlers/providers/simulators';
import { SecretField, type ProviderConfig } from '../../src/private/contract';

/**
 * `copied-too-much`: the validator accepts the webhooks that exactly this text signs, but it has quotes or white space around
 * it, or is JSON. `unknown`: this tool cannot check the format.
 */
export type SecretFormat = 'usable' | 'copied-too-much' | 'placeholder' | 'malformed' | 'unknown';

/** The fields of the secrets of providers whose signatures nobody else can make. */
const REQUIRED_FIELDS: { readonly [scheme: string]: readonly string[] } = { paypal: [SecretField.WEBHOOK_ID] };
/** No scheme asks for one here: `REQUIRED_FIELDS` has those that would. */
const NO_CERTIFICATE: VerificationContext['certificates'] = Promise.resolve.bind(Promise<undefined>, undefined) as VerificationContext['certificates'];
const ANY_URL = 'https://example.com/webhook';

/**
 * Whether the validator can use a secret, without its line break at the end. The validator's own code decides: it gets a
 * webhook that another secret signed, and answers `secret_unusable` if the secret does not have the format.
 */
export async function secretFormatOf(
  secret: string, config: ProviderConfig, now: Date, simulators: { readonly [scheme: string]: ProviderSimulator } = SIMULATORS,
): Promise<SecretFormat> {
  if (isPlaceholder(secret)) {
    return 'placeholder';
  }
  const fields = REQUIRED_FIELDS[config.scheme];
  if (fields) {
    return secretObject(secret, fields) ? 'usable' : 'malformed';
  }
  const simulator = simulators[config.scheme];
  if (!simulator || simulator.cannotSign !== undefined) {
    return 'unknown';
  }
  const verified = async (signer: string) => verify(signedBy(simulator, signer, config, now), secret, config, now);
  if (await verified(simulator.newSecret(ANY_URL, config)) !== 'secret_unusable') {
    return 'usable';
  }
  return await verified(secret).catch(() => undefined) === 'authentic' ? 'copied-too-much' : 'malformed';
}

function signedBy({ events, eventsOf, sign }: ProviderSimulator, secret: string, config: ProviderConfig, at: Date): SimulatedWebhook {
  const [[key, { body, name: eventName = key }]] = Object.entries(eventsOf?.(config) ?? events);
  const eventId = '0123456789ab';
  const payment = {
    id: eventId, eventId, minor: 100n, exponent: 2, currency: 'EUR', customer: 'doctor', reference: 'doctor', at, live: true,
  };
  const content = body(payment, config);
  return sign(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), { secret, at, eventName, eventId, config });
}

async function verify({ body, headers }: SimulatedWebhook, secret: string, config: ProviderConfig, now: Date) {
  const scheme = loadScheme(config.scheme);
  const request: WebhookRequest = {
    provider: config.name, body, headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
  };
  // A simulator sends one webhook in a request.
  const webhook = scheme.batch?.signed === 'each' ? scheme.batch.split(request)![0] : request;
  const context: VerificationContext = { config, now, certificates: NO_CERTIFICATE };
  return scheme.verify(webhook, [secret], context);
}
