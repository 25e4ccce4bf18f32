import { generateKeyPairSync } from 'node:crypto';
import { loadScheme } from '../../handlers/providers/registry';
import { SIMULATORS } from '../../handlers/providers/simulators';
import type { ProviderConfig, SchemeName } from '../../src/private/contract';
import type { ProviderName, SignedWebhook, SignedWebhookOptions } from '../../testing';
import { providerEvents, providerNames, signedWebhook } from '../../testing/main';
import { ALL_SAMPLES } from '../handlers/support/all-samples';

const AT = new Date('2026-01-31T12:00:00.000Z');
const PAID = { amount: '12.50', currency: 'EUR', reference: 'order-1001', customer: 'customer-42', at: AT } as const;

/** What the system does with a webhook. */
async function received(provider: ProviderName, { headers, body, secret }: SignedWebhook, settings: Partial<ProviderConfig> = {}) {
  const scheme = provider as SchemeName;
  const config: ProviderConfig = { ...ALL_SAMPLES[scheme].config, currency: 'EUR', ...settings };
  const { batch, verify, normalize } = loadScheme(scheme);
  const request = {
    body: Buffer.from(body), headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
  };
  const [part] = batch?.split(request) ?? [request];
  return {
    verification: await verify(batch?.signed === 'each' ? part : request, [secret], { config, now: AT, certificates: async () => undefined }),
    ...await normalize(part, config),
  };
}

const read = async (options: SignedWebhookOptions<'stripe'>, settings?: Partial<ProviderConfig>) => (
  (await received('stripe', signedWebhook('stripe', { at: AT, ...options }), settings)).fields
);

/** The providers that this test can sign for: the others need a private key. */
const signable: readonly ProviderName[] = [...providerNames, 'hmac', 'public-key'];

describe.each(signable)('a signed webhook of %s', (provider) => {
  // The samples of Standard Webhooks map their fields. By default, its body is the canonical transaction.
  const settings: Partial<ProviderConfig> = provider === 'standard-webhooks' ? { fields: undefined } : ALL_SAMPLES[provider as SchemeName].config;
  const config = settings as SignedWebhookOptions['config'];
  const { eventsOf, events } = SIMULATORS[provider as SchemeName];
  /** If public keys verify, the receiver has that of the webhook. */
  const receivedBy = async (webhook: SignedWebhook) => received(provider, webhook, {
    ...settings, ...webhook.publicKey && { publicKeys: [webhook.publicKey.replace(/-----[A-Z ]+-----|\n/g, '')] },
  });

  test.each(Object.keys(eventsOf?.(settings as ProviderConfig) ?? events))('of the event %s is accepted and read', async (event) => {
    const webhook = signedWebhook(provider, { ...PAID, event: event as SignedWebhookOptions['event'], config });
    const { verification, parsed, fields } = await receivedBy(webhook);
    const sent = (part: string, value: unknown) => (webhook.omits.includes(part) ? expect.anything() : value);

    expect({ verification, parsed }).toEqual({ verification: 'authentic', parsed: true });
    expect(fields).toMatchObject({ eventName: webhook.event, kind: webhook.kind });
    expect(fields.money?.minor ?? 'none').toEqual(sent('amount', 1250n));
    expect(fields.customerId ?? 'none').toEqual(sent('customer', 'customer-42'));
    expect(fields.reference ?? 'none').toEqual(sent('reference', 'order-1001'));
  });

  test('is a money movement, if no event is chosen', async () => {
    const webhook = signedWebhook(provider, { at: AT, config });

    expect(webhook).toMatchObject({ method: 'POST', path: `/webhook/${provider}` });
    expect(await receivedBy(webhook)).toMatchObject({ verification: 'authentic', fields: { moneyMovement: !webhook.omits.includes('amount') } });
  });
});

test('the events of a provider have their kinds', () => {
  expect(providerEvents('stripe').slice(0, 2)).toEqual([
    { event: 'charge.succeeded', kind: 'captured' }, { event: 'payment_intent.amount_capturable_updated', kind: 'authorized' },
  ]);
});

describe('a signed webhook', () => {
  test('is about 42 EUR in live mode, now', async () => {
    const before = Date.now();
    const { fields } = await received('stripe', signedWebhook('stripe'));

    expect(fields).toMatchObject({ money: { minor: 4200n, exponent: 2 }, currency: 'EUR', live: true, kind: 'captured' });
    expect(fields.eventTime!.getTime()).toBeGreaterThanOrEqual(before - 1000);
  });

  test('is of the first event of a kind', () => {
    expect(signedWebhook('stripe', { kind: 'refunded' })).toMatchObject({ event: 'refund.created', kind: 'refunded', omits: ['customer'] });
  });

  test('has the name that the provider uses for several outcomes', () => {
    expect(signedWebhook('flutterwave', { event: 'charge.completed/failed' })).toMatchObject({ event: 'charge.completed', kind: 'failed' });
  });

  test('counts a currency as its provider does', async () => {
    expect((await read({ amount: 500, currency: 'JPY' })).money).toEqual({ minor: 500n, exponent: 0 });
    expect((await read({ amount: 500, currency: 'UGX' })).money).toEqual({ minor: 50_000n, exponent: 2 });
  });

  test('is of a test if it is not live', async () => {
    expect((await read({ live: false })).live).toBe(false);
  });

  test('is about a new payment each time', async () => {
    const [first, second] = await Promise.all([read({}), read({})]);

    expect(first.transactionId).not.toBe(second.transactionId);
    expect(first.eventId).not.toBe(second.eventId);
    expect(first.reference).not.toBe(second.reference);
  });

  test('is about the same payment for the same text', async () => {
    const [paid, refunded, other] = await Promise.all([
      read({ paymentId: 'payment 1' }), read({ paymentId: 'payment 1', kind: 'refunded' }), read({ paymentId: 'payment 2' }),
    ]);

    expect(refunded.transactionId).toBe(paid.transactionId);
    expect(refunded.reference).toBe(paid.reference);
    expect(other.transactionId).not.toBe(paid.transactionId);
    expect((await read({ paymentId: '0123456789ab' })).transactionId).toBe('pi_0123456789ab');
  });

  test('is the same delivery for the same payment, event, secret and time', () => {
    const options = { at: AT, paymentId: 'payment 1', eventId: 'event 1', secret: 'whsec_own' };

    expect(signedWebhook('stripe', options)).toEqual(signedWebhook('stripe', options));
    expect(signedWebhook('stripe', options).secret).toBe('whsec_own');
  });

  test('has the reference under the configured key', async () => {
    expect((await read({ reference: 'cart-7', config: { referenceKey: 'cart' } }, { referenceKey: 'cart' })).reference).toBe('cart-7');
  });

  test('has the path of the name in the system', () => {
    expect(signedWebhook('stripe', { name: 'shop/eu' }).path).toBe('/webhook/shop%2Feu');
  });

  test('has the public key, if a private key signs', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });

    expect(signedWebhook('stripe', { secret: privateKey }).publicKey).toBe(publicKey);
    expect(signedWebhook('stripe')).not.toHaveProperty('publicKey');
  });
});

describe('an error names the rule and the value', () => {
  const sign = (provider: string, options: object = {}) => () => signedWebhook(provider as ProviderName, options);

  test.each<[string, () => unknown, RegExp]>([
    ['an unknown provider', sign('strpe'), /^`provider` must be one of 'stripe', .+, got 'strpe'\. Did you mean 'stripe'\?$/],
    ['a provider that is like no other', sign('bank-of-example'), /got 'bank-of-example'$/],
    ['a provider with the name of a member of every object', () => providerEvents('constructor' as ProviderName), /got 'constructor'$/],
    ['an unknown option', sign('stripe', { ammount: 5 }), /^an option of `signedWebhook` must be one of .+, got 'ammount'\. Did you mean 'amount'\?$/],
    ['an unknown event', sign('stripe', { event: 'charge.suceeded' }), /^`event` of stripe must be one of .+ Did you mean 'charge\.succeeded'\?$/],
    ['a kind that the provider does not send', sign('lemon-squeezy', { kind: 'disputed' }), /^`kind` of lemon-squeezy must be one of 'captured', 'refunded', 'failed', got 'disputed'$/],
    ['an event of another kind', sign('stripe', { event: 'refund.created', kind: 'captured' }), /^`kind` must be 'refunded' if `event` is 'refund\.created', got 'captured'/],
    ['too many decimals', sign('stripe', { amount: 12.345 }), /^`amount` must be a decimal number of at least 0 with at most 2 decimals, as EUR has, got 12\.345$/],
    ['a negative amount', sign('stripe', { amount: '-1' }), /^`amount` must be .+ got "-1"$/],
    ['an amount that is no number', sign('stripe', { amount: Number.NaN }), /^`amount` must be/],
    ['an unknown currency', sign('stripe', { currency: 'eur' }), /^`currency` must be a code of ISO 4217 in upper case, such as 'EUR', got 'eur'$/],
    ['an invalid date', sign('stripe', { at: new Date('never') }), /^`at` must be a valid date$/],
  ])('for %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
