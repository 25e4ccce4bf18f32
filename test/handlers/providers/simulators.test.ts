import { createPublicKey } from 'node:crypto';
import { loadScheme } from '../../../handlers/providers/registry';
import type { SimulatedPayment, SimulatedWebhook } from '../../../handlers/providers/shared/simulators/provider-simulator';
import { SIMULATORS } from '../../../handlers/providers/simulators';
import type { ProviderConfig, SchemeName } from '../../../src/private/contract';
import { ALL_SAMPLES } from '../support/all-samples';

const URL = 'https://api.example.com/prod/webhook/provider';
const AT = new Date('2026-01-31T12:00:00.000Z');
const payment = (more: Partial<SimulatedPayment> = {}): SimulatedPayment => ({
  id: '0123456789ab', eventId: 'ba9876543210', minor: 1_234_500n, exponent: 2, currency: 'EUR', customer: 'customer-42', reference: 'order-1001', at: AT, live: true, ...more,
});
/** The signature needs a certificate of the provider. */
const UNSIGNED: readonly SchemeName[] = ['paypal'];
const bytes = (body: object | string) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
const requestOf = ({ body, headers }: SimulatedWebhook) => (
  { body, headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])) }
);

/** What is not the configuration of the samples: every part of a payment is mapped, and a second form of the body. */
const CONFIGS: { readonly [scheme: string]: ReadonlyArray<Partial<ProviderConfig>> } = {
  'standard-webhooks': [{ fields: undefined }, { fields: { ...ALL_SAMPLES['standard-webhooks'].config.fields, live: 'data.live', reference: 'data.order', customerId: 'data.customer' } }],
  'hmac': [{ fields: { ...ALL_SAMPLES.hmac.config.fields, live: 'live' } }],
  'public-key': [{ fields: { ...ALL_SAMPLES['public-key'].config.fields, live: 'live' } }],
};
const CASES = Object.entries(SIMULATORS).flatMap(([scheme, simulator]) => (CONFIGS[scheme] ?? [{}]).map((more) => ({
  name: more.fields ? `${scheme} with mapped fields` : scheme, scheme: scheme as SchemeName, simulator, more,
})));

test.each<SchemeName>(['stripe', 'square', 'paystack', 'mollie', 'airwallex'])('the simulator of %s sends captured payments with a fingerprint', async (scheme) => {
  const { config } = ALL_SAMPLES[scheme];
  const captured = Object.values(SIMULATORS[scheme].events).find(({ kind }) => kind === 'captured')!;
  const webhook = { body: bytes(captured.body(payment(), config)), headers: {} };

  expect((await loadScheme(scheme).normalize(requestOf(webhook), config)).fields.cardFingerprint).toMatch(/[0-9a-f]{16}$/);
});

describe.each(CASES)('the simulator of $name', ({ scheme, simulator, more }) => {
  const samples = ALL_SAMPLES[scheme];
  const config: ProviderConfig = { ...samples.config, ...more };
  const secret = simulator.newSecret(URL, config);
  const events = simulator.eventsOf?.(config) ?? simulator.events;
  const nameOf = (key: string) => events[key].name ?? key;
  const [first] = Object.keys(events);
  const firstOmits = (part: 'amount' | 'currency') => events[first].omits?.includes(part) ?? false;
  /** Some providers send no currency: it is configured. */
  const configOf = ({ currency }: SimulatedPayment): ProviderConfig => ({ ...config, ...config.currency && { currency } });
  /** If public keys verify, the configuration has that of the secret. */
  const configFor = (by: string): ProviderConfig => (
    config.publicKeys ? { ...config, publicKeys: [createPublicKey(by).export({ format: 'der', type: 'spki' }).toString('base64')] } : config
  );
  const signed = (key: string, of: SimulatedPayment) => (
    simulator.sign(bytes(events[key].body(of, config)), { secret, at: AT, eventName: nameOf(key), eventId: of.eventId, config })
  );
  const { batch, verify: verifyOne, normalize } = loadScheme(scheme);
  /** A request of several webhooks has one here. */
  const onlyOne = (webhook: SimulatedWebhook) => {
    const parts = batch?.split(requestOf(webhook)) ?? [requestOf(webhook)];
    expect(parts).toHaveLength(1);
    return parts[0];
  };
  const verify = async (webhook: SimulatedWebhook, by: string) => (
    verifyOne(batch?.signed === 'each' ? onlyOne(webhook) : requestOf(webhook), [by], { config: configFor(by), now: AT, certificates: async () => undefined })
  );
  const read = async (webhook: SimulatedWebhook, of = payment()) => normalize(onlyOne(webhook), configOf(of));

  test.each(Object.keys(events))('sends %s with the card and the email address of its customer, the same in each payment', async (key) => {
    const [one, again, other] = await Promise.all([
      payment(), payment({ id: '112233445566', eventId: '665544332211' }), payment({ customer: 'customer-43' }),
    ].map(async (of) => (await read(signed(key, of), of)).fields));

    for (const fact of ['cardFingerprint', 'email'] as const) {
      expect(again[fact]).toBe(one[fact]);
      expect(other[fact] === undefined || other[fact] !== one[fact]).toBe(true);
    }
  });

  test.each(Object.keys(events))('sends %s, readable', async (key) => {
    const { parsed, fields } = await read(signed(key, payment()));
    const { kind, omits = [] } = events[key];
    const unless = <T>(part: (typeof omits)[number], value: T) => (omits.includes(part) ? undefined : value);

    expect({ parsed, ...fields }).toMatchObject({ parsed: true, eventName: nameOf(key), kind, live: true });
    expect(fields.money?.minor).toBe(unless('amount', 1_234_500n));
    expect(fields.currency).toBe(unless('currency', 'EUR'));
    expect(fields.customerId).toBe(unless('customer', 'customer-42'));
    // Some providers send an id of their own instead.
    expect(fields.reference === 'order-1001').toBe(!omits.includes('reference'));
  });

  test('begins with a money movement, if its events have amounts', async () => {
    const { fields } = await read(signed(first, payment()));

    expect(fields.moneyMovement).toBe(!firstOmits('amount'));
  });

  if (!UNSIGNED.includes(scheme)) {
    test.each(Object.keys(events))('signs %s', async (key) => {
      expect(await verify(signed(key, payment()), secret)).toBe('authentic');
    });

    test('signs with the secret', async () => {
      expect(await verify(signed(first, payment()), simulator.newSecret(URL, config))).toBe('signature_mismatch');
    });
  }

  test('names the payment and the event by their ids', async () => {
    const idsOf = async (of: SimulatedPayment) => {
      const { fields: { transactionId, eventId, eventName } } = await read(signed(first, of));
      return { transactionId, event: eventId ?? eventName };
    };
    const own = await idsOf(payment());

    const other = { id: 'ffffffffffff', eventId: 'eeeeeeeeeeee', ...simulator.identifiesByReference && { reference: 'order-1002' } };

    expect((await idsOf(payment(other))).transactionId).not.toBe(own.transactionId);
    expect(await idsOf(payment())).toEqual(own);
  });

  const FOLLOWING = ['refunded', 'disputed'];
  const following = Object.keys(events).filter((key) => FOLLOWING.includes(events[key].kind) && !events[key].ownTransaction);
  if (following.length > 0) {
    test.each(following)('sends %s of an earlier payment', async (key) => {
      const transactionOf = async (name: string, of: SimulatedPayment) => (await read(signed(name, of), of)).fields.transactionId;
      const earlier = Object.keys(events).filter((name) => !FOLLOWING.includes(events[name].kind));
      const paid = await Promise.all(earlier.map(async (name) => transactionOf(name, payment())));

      expect(paid).toContain(await transactionOf(key, payment({ eventId: 'cccccccccccc' })));
    });
  }

  test('counts a currency as the provider does', async () => {
    const inYen = payment({ currency: 'JPY', exponent: 0, minor: 500n });
    const { fields } = await read(signed(first, inYen), inYen);

    expect(fields.currency).toBe(firstOmits('currency') ? undefined : 'JPY');
    expect(fields.money).toEqual(firstOmits('amount') ? undefined : { minor: 500n, exponent: 0 });
  });

  test('marks an event of the sandbox, if its provider does', async () => {
    const { fields } = await read(signed(first, payment({ live: false })));

    expect(fields.live).toBe(simulator.signsNoMode ?? false);
  });

  if (samples.libraryAccepts && !simulator.cannotSign) {
    test.each(Object.keys(events))('sends %s as the provider\'s own library accepts it', async (key) => {
      // Some libraries compare the signed time with the clock.
      const at = new Date();
      const body = bytes(events[key].body(payment({ at }), config));
      const webhook = simulator.sign(body, { secret, at, eventName: nameOf(key), eventId: payment().eventId, config });

      expect(await samples.libraryAccepts!(webhook, secret)).toBe(true);
      expect(await samples.libraryAccepts!({ ...webhook, body: Buffer.concat([webhook.body, Buffer.from(' ')]) }, simulator.newSecret(URL, config))).toBe(false);
    });
  }
});
