import { createHmac, createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { Kind, ProviderConfig } from '../../../src/private/contract';
import { mappedEvents } from '../shared/simulators/mapped-events';
import { JSON_CONTENT, type ProviderSimulator, type SimulatedEvent } from '../shared/simulators/provider-simulator';
import { fingerprintOf } from '../shared/simulators/simulated-values';

const SECRET_PREFIX = 'whsec_';
const PUBLIC_KEY_PREFIX = 'whpk_';
const PEM_START = '-----BEGIN';

/** The canonical transaction (schemas/canonical-transaction.schema.json). */
function canonical(kind: Kind): SimulatedEvent {
  return {
    kind,
    body: ({ id, live, minor, currency, customer, reference, at }) => ({
      transaction_id: `payment-${id}`,
      kind,
      status: kind,
      live,
      amount_minor: Number(minor),
      currency,
      account: 'simulated-account',
      reference,
      customer_id: customer,
      payment_method: 'card',
      country: 'DE',
      card_country: 'DE',
      card_bin: '411111',
      card_fingerprint: fingerprintOf({ customer }),
      email_domain: 'example.com',
      event_time: at.toISOString(),
    }),
  };
}

const CANONICAL_EVENTS = {
  'captured': canonical('captured'),
  'authorized': canonical('authorized'),
  'refunded': canonical('refunded'),
  'disputed': canonical('disputed'),
  'failed': canonical('failed'),
  'canceled': canonical('canceled'),
  'paid-out': canonical('paid-out'),
};

/** A private key signs with ed25519, another secret is the key of an HMAC. */
function signatureOf(content: Buffer, secret: string): string {
  if (secret.startsWith(PEM_START)) {
    return `v1a,${sign(null, content, createPrivateKey(secret)).toString('base64')}`;
  }
  if (secret.startsWith(PUBLIC_KEY_PREFIX)) {
    throw new Error('a public key cannot sign');
  }
  const key = Buffer.from(secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret, 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

export const simulator = {
  events: CANONICAL_EVENTS,
  eventsOf: (config: ProviderConfig) => config.fields ? mappedEvents(config) : CANONICAL_EVENTS,

  /** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme */
  sign(body, { secret, at, eventId }) {
    const id = `msg_${eventId}`;
    const time = String(Math.floor(at.getTime() / 1000));
    const signature = signatureOf(Buffer.concat([Buffer.from(`${id}.${time}.`), body]), secret);
    return { body, headers: { ...JSON_CONTENT, 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } };
  },

  newSecret: () => SECRET_PREFIX + randomBytes(24).toString('base64'),
} satisfies ProviderSimulator;
