import { createHash, randomBytes } from 'node:crypto';
import { signingFailure } from './signing-failure';
import type { ChosenEvent } from './simulated-schemes';
import { transactionItem } from '../../handlers/ingest/transaction-item';
import { loadScheme } from '../../handlers/providers/registry';
import type { ProviderSimulator, SimulatedPayment, SimulatedWebhook } from '../../handlers/providers/shared/simulators/provider-simulator';
import type { WebhookRequest } from '../../handlers/providers/shared/webhook-request';
import { Attr, type ProviderConfig } from '../../src/private/contract';
import { UsageError } from '../terminal/usage-error';

/** What an event is sent about. Everything that is not set is new in each event. */
export interface PaymentTemplate extends Pick<SimulatedPayment, 'minor' | 'exponent' | 'currency' | 'live'> {
  readonly id?: string;
  readonly customer?: string;
  readonly reference?: string;
}

/** The provider that is simulated. */
export interface SimulatedProvider {
  readonly simulator: ProviderSimulator;
  readonly config: ProviderConfig;
  /** Empty if only the provider can sign. */
  readonly secret: string;
}

/** What the system stores of a webhook. */
export interface StoredFacts {
  /** As in the table: the provider and its own id. */
  readonly transactionId: string;
  readonly eventName: string;
  readonly kind: string;
  readonly live: boolean;
  readonly moneyMovement: boolean;
  readonly parsed: boolean;
}

/** A signed webhook, with what the system stores of it. A request of several webhooks has several facts. */
export interface PreparedWebhook extends SimulatedWebhook {
  readonly facts: readonly StoredFacts[];
  /** Of the payment, for events that follow it. Absent for a body from a file. */
  readonly payment?: string;
  /** The file with exactly this body. */
  readonly file?: string;
}

/** The number of bytes of ids. */
const ID_BYTES = 6;

/** A new id of a payment or an event. */
export function newSimulatedId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

/** Signs an event about a payment. */
export async function prepareEvent(provider: SimulatedProvider, event: ChosenEvent, template: PaymentTemplate, at: Date): Promise<PreparedWebhook> {
  const { minor, exponent, currency, live, id = newSimulatedId() } = template;
  const { customer = `customer-${id}`, reference = `order-${id}` } = template;
  const eventId = newSimulatedId();
  const body = event.body({ id, eventId, minor, exponent, currency, customer, reference, at, live }, provider.config);
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const webhook = await signed(provider, bytes, { at, eventName: event.name, eventId });
  if (webhook.facts.some(({ parsed }) => !parsed)) {
    throw new UsageError(`the provider cannot send this event: its amount does not fit the format of ${provider.config.scheme}. Choose a smaller --amount.`);
  }
  return { ...webhook, payment: id };
}

/** A body that is sent as it is. */
export interface GivenBody {
  readonly bytes: Buffer;
  /** Absent if it cannot be read again. */
  readonly file?: string;
  /** For headers that contain it. Absent: what the scheme reads from the body. */
  readonly eventName?: string;
}

/** Signs a body. Its ids follow from the body, so that the same body is the same event. */
export async function prepareBody(provider: SimulatedProvider, { bytes, file, eventName }: GivenBody, at: Date): Promise<PreparedWebhook> {
  const eventId = createHash('sha256').update(bytes).digest('hex').slice(0, 2 * ID_BYTES);
  const first = await signed(provider, bytes, { at, eventName: eventName ?? '', eventId });
  const webhook = eventName === undefined ? await signed(provider, bytes, { at, eventName: first.facts[0].eventName, eventId }) : first;
  // Some providers send the signature in the body.
  return { ...webhook, file: webhook.body.equals(bytes) ? file : undefined };
}

async function signed(
  { simulator, config, secret }: SimulatedProvider, body: Buffer, event: { readonly at: Date; readonly eventName: string; readonly eventId: string },
): Promise<PreparedWebhook> {
  let webhook: SimulatedWebhook;
  try {
    webhook = simulator.sign(body, { secret, config, ...event });
  } catch {
    // The message of the error can contain the secret.
    throw signingFailure(config.scheme);
  }
  return { ...webhook, facts: await storedFacts(webhook, config, event.at) };
}

/** Reads a webhook as the system does. */
async function storedFacts({ body, headers }: SimulatedWebhook, config: ProviderConfig, receivedAt: Date): Promise<StoredFacts[]> {
  const { batch, normalize } = loadScheme(config.scheme);
  const request: WebhookRequest = { body, headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])) };
  const parts = batch?.split(request) ?? [request];
  return Promise.all(parts.map(async (part) => {
    const normalized = await normalize(part, config);
    // The amounts of the tiers do not change the key.
    const item = transactionItem({ provider: config, normalized, rawBody: part.body, receivedAt, tiers: { medium: 0, high: 0 } });
    return {
      transactionId: String(item[Attr.TRANSACTION_ID]),
      eventName: String(item[Attr.PROVIDER_EVENT]),
      kind: String(item[Attr.KIND]),
      live: item[Attr.LIVE] === true,
      moneyMovement: item[Attr.MONEY_MOVEMENT] === true,
      parsed: normalized.parsed,
    };
  }));
}
