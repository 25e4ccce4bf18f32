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
const bytes = (body: object | string) => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
const requestOf = ({ body, headers }: SimulatedWebhook) => (
  { body, headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])) }
);

describe.each(Object.entries(SIMULATORS) as [SchemeName, (typeof SIMULATORS)[string]][])('the simulator of %s', (scheme, simulator) => {
  const samples = ALL_SAMPLES[scheme];
  const config: ProviderConfig = { ...samples.config };
  const secret = simulator.newSecret(URL);
  const signed = (eventName: string, of: SimulatedPayment) => (
    simulator.sign(bytes(simulator.events[eventName].body(of, config)), { secret, at: AT, eventName, eventId: of.eventId, config })
  );
  const { batch, verify: verifyOne, normalize } = loadScheme(scheme);
  /** A request of several webhooks has one here. */
  const onlyOne = (webhook: SimulatedWebhook) => {
    const parts = batch?.split(requestOf(webhook)) ?? [requestOf(webhook)];
    expect(parts).toHaveLength(1);
    return parts[0];
  };
  const verify = async (webhook: SimulatedWebhook, by: string) => (
    verifyOne(batch?.signed === 'each' ? onlyOne(webhook) : requestOf(webhook), [by], { config, now: AT, certificates: async () => undefined })
  );
  const read = async (webhook: SimulatedWebhook) => normalize(onlyOne(webhook), config);

  test.each(Object.keys(simulator.events))('sends %s, signed and readable', async (eventName) => {
    const webhook = signed(eventName, payment());
    const { parsed, fields } = await read(webhook);
    const { kind, omits = [] } = simulator.events[eventName];
    const unless = <T>(part: (typeof omits)[number], value: T) => (omits.includes(part) ? undefined : value);

    expect(await verify(webhook, secret)).toBe('authentic');
    expect({ parsed, ...fields }).toMatchObject({ parsed: true, eventName, kind, live: true });
    expect(fields.money?.minor).toBe(unless('amount', 1_234_500n));
    expect(fields.currency).toBe(unless('currency', 'EUR'));
    expect(fields.customerId).toBe(unless('customer', 'customer-42'));
    expect(fields.reference).toBe(unless('reference', 'order-1001'));
  });

  test('begins with a money movement', async () => {
    const [first] = Object.keys(simulator.events);
    const { fields } = await read(signed(first, payment()));

    expect(fields.moneyMovement).toBe(true);
  });

  test('signs with the secret', async () => {
    const [first] = Object.keys(simulator.events);

    expect(await verify(signed(first, payment()), simulator.newSecret(URL))).toBe('signature_mismatch');
  });

  test('names the payment and the event by their ids', async () => {
    const [first] = Object.keys(simulator.events);
    const idsOf = async (of: SimulatedPayment) => {
      const { fields: { transactionId, eventId, eventName } } = await read(signed(first, of));
      return { transactionId, event: eventId ?? eventName };
    };
    const own = await idsOf(payment());

    expect((await idsOf(payment({ id: 'ffffffffffff', eventId: 'eeeeeeeeeeee' }))).transactionId).not.toBe(own.transactionId);
    expect(await idsOf(payment())).toEqual(own);
  });

  test('counts a currency as the provider does', async () => {
    const [first] = Object.keys(simulator.events);
    const webhook = signed(first, payment({ currency: 'JPY', exponent: 0, minor: 500n }));
    const { fields } = await read(webhook);

    expect(fields).toMatchObject({ currency: 'JPY', money: { minor: 500n, exponent: 0 } });
  });

  test('marks an event of the sandbox, if its provider does', async () => {
    const [first] = Object.keys(simulator.events);
    const { fields } = await read(signed(first, payment({ live: false })));

    expect(fields.live).toBe(simulator.signsNoMode ?? false);
  });

  if (samples.libraryAccepts && !simulator.cannotSign) {
    test.each(Object.keys(simulator.events))('sends %s as the provider\'s own library accepts it', async (eventName) => {
      // Some libraries compare the signed time with the clock.
      const at = new Date();
      const body = bytes(simulator.events[eventName].body(payment({ at }), config));
      const webhook = simulator.sign(body, { secret, at, eventName, eventId: payment().eventId, config });

      expect(await samples.libraryAccepts!(webhook, secret)).toBe(true);
      expect(await samples.libraryAccepts!({ ...webhook, body: Buffer.concat([webhook.body, Buffer.from(' ')]) }, simulator.newSecret(URL))).toBe(false);
    });
  }
});
