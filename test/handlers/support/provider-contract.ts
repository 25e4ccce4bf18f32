import fc from 'fast-check';
import { changes, hostilePayloads, payloads } from './hostile';
import { SchemeRunner } from './scheme-runner';
import { toDecimal } from '../../../handlers/domain/money';
import type { TransactionItem } from '../../../handlers/ingest/transaction-item';
import { loadScheme } from '../../../handlers/providers/registry';
import type { EventFields } from '../../../handlers/providers/shared/normalized-event';
import { BASE64 } from '../../../handlers/providers/shared/samples/changes';
import { PLANTED, type ExpectedEvent, type ProviderSamples, type SamplePayload, type SignedWebhook } from '../../../handlers/providers/shared/samples/provider-samples';
import { CARRIED_FIELDS, type CarriedFields, type ProviderConfig } from '../../../src/private/contract';

/** The length of the longest signatures: a hexadecimal SHA-512 with a prefix, and 2048 bits of RSA in base64. */
const LONGEST_SIGNATURE = 350;
const LONGEST_TITLE = 160;

const swapCase = (found: string) => found === found.toLowerCase() ? found.toUpperCase() : found.toLowerCase();
const neighbor = (found: string) => BASE64[BASE64.indexOf(found) + 1] ?? 'A';

/** Rows for `test.each`, each with a title. */
function titled<T extends SamplePayload>(samples: readonly T[] = []): [string, T][] {
  return samples.map((sample) => {
    const text = typeof sample.payload === 'string' ? sample.payload.replace(/\s+/g, ' ') : JSON.stringify(sample.payload);
    return [text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE)}…` : text, sample];
  });
}

function carriedOf(item: TransactionItem): CarriedFields {
  const entries = CARRIED_FIELDS.map(({ key, attribute }) => [key, item[attribute]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as CarriedFields;
}

/** The amount in major units, with the currency. */
function amountOf(item: TransactionItem): string {
  return `${toDecimal(BigInt(item.amount_minor as bigint), Number(item.exponent))} ${String(item.currency)}`;
}

function namesOf(items: readonly TransactionItem[]): string[] {
  return [...new Set(items.map(({ provider_event: name }) => String(name)))];
}

/** The stored event, in the form of the samples. */
function eventOf(item: TransactionItem, expected: ExpectedEvent | undefined): ExpectedEvent {
  const transaction = String(item.transaction_id).slice(`${String(item.provider)}:`.length);
  return {
    event: String(item.provider_event),
    kind: item.kind as ExpectedEvent['kind'],
    moneyMovement: item.money_movement === true,
    ...item.amount_minor !== undefined && { amount: amountOf(item) },
    transaction: transaction === item.event_id ? 'by its event' : transaction,
    ...expected?.carried && { carried: carriedOf(item) },
  };
}

/** Tests the behavior that every provider must have, with the samples of one provider. Call it in the test of the provider. */
export function describeProviderContract(samples: ProviderSamples): void {
  const { config, secret, sign, altered, otherSecret, signatureHeaders, libraryAccepts } = samples;
  const { outcomes, flows, minorUnits } = samples;
  const { scheme: name } = config;
  const scheme = loadScheme(name);
  const runner = new SchemeRunner(samples);

  describe('the contract of verification', () => {
    test('accepts a signed webhook, and rejects it with one change in its signed content, signature or secret', async () => {
      await fc.assert(fc.asyncProperty(payloads(samples), changes, async (payload, change) => {
        const webhook = await sign(payload);
        const forged = [...altered(webhook, change), await sign(payload, { secret: otherSecret(change) })];

        expect(await runner.isAuthentic(webhook)).toBe(true);
        expect(await Promise.all(forged.map(async (each) => runner.isAuthentic(each)))).toEqual(forged.map(() => false));
      }));
    });

    if (libraryAccepts) {
      test('agrees with the provider\'s library', async () => {
        await fc.assert(fc.asyncProperty(payloads(samples), changes, async (payload, change) => {
          const webhook = await sign(payload);
          const alterations = altered(webhook, change).slice(0, samples.libraryDecodesLoosely ? 1 : undefined);
          const forged = [...alterations, await sign(payload, { secret: otherSecret(change) })];

          expect(await libraryAccepts(webhook, secret)).toBe(true);
          expect(await Promise.all(forged.map(async (each) => libraryAccepts(each, secret)))).toEqual(forged.map(() => false));
        }));
      });
    }

    test('rejects a signature if one of its characters changes its case or becomes the next in the alphabet', async () => {
      const [sample] = samples.events;
      const webhook = await runner.sign(sample);
      const forged = [swapCase, neighbor].flatMap((character) => (
        Array.from({ length: LONGEST_SIGNATURE }, (_, position) => altered(webhook, { position, difference: 1, character }))
      )).flat();

      const accepted = (await Promise.all(forged.map(async (each) => runner.isAuthentic(each)))).filter((isAuthentic) => isAuthentic);

      expect(forged.length).toBeGreaterThan(0);
      expect(accepted).toEqual([]);
    });

    // Public keys verify the others.
    if (config.secretArns.length > 0) {
      test('accepts a signature by any of several secrets', async () => {
        const other = otherSecret({ position: 7, difference: 2, character: 'x' });
        const webhook = await runner.sign(samples.events[0]);

        const results = await Promise.all([[other, secret], [secret, other], [other]].map(async (secrets) => runner.isAuthentic(webhook, secrets)));

        expect(results).toEqual([true, true, false]);
      });

      const placeholders = secret.startsWith('{')
        ? [JSON.stringify(Object.fromEntries(Object.keys(JSON.parse(secret) as object).map((field) => [field, 'CHANGEME'])))]
        : ['whsec_xxx', '…'];
      test.each(['CHANGEME', '""', '"a-secret"', 'a-secret ', '{"key": "value"}', ...placeholders])('reports the secret %j as not set', async (text) => {
        const webhook = await runner.sign(samples.events[0]);

        expect(new Set(await runner.verify(webhook, [text]))).toEqual(new Set(['secret_unusable']));
        expect(await runner.isAuthentic(webhook, [text, secret])).toBe(true);
      });
    }

    test('accepts changes of unsigned parts, and stores the event under the same key', async () => {
      for (const sample of samples.events) {
        const webhook = await runner.sign(sample);
        const keysOf = async (each: SignedWebhook) => (
          (await runner.items(each, sample.config)).map((item) => [item.transaction_id, item.timestamp])
        );

        for (const change of samples.unsignedChanges?.(webhook) ?? []) {
          expect(await runner.isAuthentic(change)).toBe(true);
          expect(await keysOf(change)).toEqual(await keysOf(webhook));
        }
      }
    });

    if (signatureHeaders.length > 0) {
      test.each(signatureHeaders)('rejects a webhook if the header %s is missing or empty', async (header) => {
        const webhook = await runner.sign(samples.events[0]);
        const { [header]: _, ...others } = webhook.headers;

        expect(await runner.isAuthentic({ ...webhook, headers: others })).toBe(false);
        expect(await runner.isAuthentic({ ...webhook, headers: { ...others, [header]: '' } })).toBe(false);
      });

      test.each(signatureHeaders)('rejects a webhook if the header %s is repeated, unless the provider repeats it', async (header) => {
        const webhook = await runner.sign(samples.events[0]);
        const { [header]: value } = webhook.headers;
        const acceptsAny = async (headers: readonly Readonly<Record<string, string[]>>[]) => (
          (await Promise.all(headers.map(async (values) => runner.isAuthenticWith(webhook, values)))).includes(true)
        );

        expect(await acceptsAny([[value, 'other'], ['other', value], [value, '']].map((values) => ({ [header]: values })))).toBe(false);
        expect(await acceptsAny([{ [header]: [value, value] }])).toBe(samples.repeatsHeaders ?? false);
        expect(await acceptsAny([{ [header.toUpperCase()]: [value], [header.toLowerCase()]: [value] }])).toBe(samples.repeatsHeaders ?? false);
      });
    }
  });

  describe('the contract of normalization', () => {
    test.each(titled(samples.events))('reads %s', async (_, sample) => {
      const webhook = await runner.sign(sample);
      const items = (await runner.items(webhook, sample.config)).sort((a, b) => String(a.provider_event) < String(b.provider_event) ? -1 : 1);

      expect((await runner.normalize(webhook, sample.config)).filter(({ parsed }) => !parsed)).toEqual([]);
      expect(items.map((item, index) => eventOf(item, sample.events[index]))).toEqual(sample.events);
    });

    test('never throws for any content of an authentic webhook', async () => {
      await fc.assert(fc.asyncProperty(hostilePayloads(samples), async (payload) => {
        const webhook = await sign(payload);

        await expect(runner.items(webhook, { metadataKeys: ['order_id', 'constructor', 'type'] })).resolves.toBeDefined();
      }), { numRuns: 200 });
    });

    if (flows) {
      test.each(flows.map((flow) => [flow.name, flow] as const))('counts each movement once if the user chooses the same events: %s', async (_, flow) => {
        const chosen = [...new Set(flow.movements.map((movement) => movement.split(' ')[0]))];
        const webhooks = await Promise.all(flow.payloads.map(async (payload) => runner.sign({ payload })));
        const items = (await Promise.all(webhooks.map(async (webhook) => runner.items(webhook, { moneyMovementEvents: chosen })))).flat();

        expect(items.filter(({ money_movement: moved }) => moved).map((item) => `${String(item.provider_event)} ${amountOf(item)}`)).toEqual(flow.movements);
      });

      test.each(flows.map((flow) => [flow.name, flow] as const))('counts each movement of money once: %s', async (_, { payloads: sent, movements, declines = 0, withoutAmount = [] }) => {
        const webhooks = await Promise.all(sent.map(async (payload) => runner.sign({ payload })));
        const items = (await Promise.all(webhooks.map(async (webhook) => runner.items(webhook)))).flat();

        const withCustomer = (await Promise.all(webhooks.map(async (webhook) => runner.items(webhook, {}, { customerId: 'alice' })))).flat();

        expect(items.length).toBeGreaterThanOrEqual(sent.length);
        if (minorUnits) {
          expect(namesOf(items.filter(({ amount_minor: amount }) => amount === undefined))).toEqual(withoutAmount);
        }
        expect(items.filter(({ money_movement: moved }) => moved).map((item) => `${String(item.provider_event)} ${amountOf(item)}`)).toEqual(movements);
        expect(withCustomer.filter(({ customer_key: key }) => String(key).startsWith('declined#'))).toHaveLength(declines);
      });

      test.each(flows.map((flow) => [flow.name, flow] as const))('counts nothing in test mode, unless test events are processed: %s', async (_, flow) => {
        const webhooks = await Promise.all(flow.payloads.map(async (payload) => runner.sign({ payload })));
        const countedWith = async (mode: Partial<ProviderConfig>) => {
          const items = (await Promise.all(webhooks.map(async (webhook) => runner.items(webhook, mode, { customerId: 'alice' })))).flat();
          return [
            items.filter(({ money_movement: moved }) => moved).map((item) => `${String(item.provider_event)} ${amountOf(item)}`),
            items.filter(({ customer_key: key }) => String(key).startsWith('declined#')).length,
          ];
        };

        expect(await countedWith({ testMode: true })).toEqual([[], 0]);
        expect(await countedWith({ testMode: true, processTestEvents: true })).toEqual([flow.movements, flow.declines ?? 0]);
      });
    }

    if (minorUnits) {
      test.each(Object.entries(minorUnits.exponents))('reads an amount in %s with %d decimals', async (currency, exponent) => {
        const [{ parsed, fields }] = await runner.normalize(await runner.sign({ payload: minorUnits.payload(currency) }));

        expect(parsed).toBe(true);
        expect(fields).toMatchObject({ money: { exponent }, currency });
      });

      test('has a sample for each currency with its own number of decimals', () => {
        expect(Object.keys(minorUnits.exponents)).toEqual(expect.arrayContaining(Object.keys(scheme.exponents ?? {})));
      });
    }

    describeOutcomes(outcomes, runner, name);

    test.each(titled(samples.personalData))('finds the email address and the contact of a guest in %s', async (_, sample) => {
      const [{ fields }] = await runner.normalize(await runner.sign(sample), sample.config);

      expect({ email: fields.email, contact: fields.contact }).toEqual({ email: sample.email, contact: sample.contact });
    });

    test.each(titled(samples.personalData))('stores at most the first digits of the card number and the domain of the email address of %s', async (_, sample) => {
      // Digits of the local clock can be equal to those of the phone number.
      const [{ body, received_at: receivedAt, ...item }] = await runner.items(await runner.sign(sample), sample.config);

      const texts = Object.values(item).map(String).join(' ');
      expect([body, receivedAt]).not.toContain(undefined);
      expect([item.card_bin, item.email_domain]).toEqual([sample.cardBin, sample.emailDomain]);
      expect(texts).not.toMatch(/@|some\.one|tag|555/i);
      expect(texts).not.toContain(PLANTED.cardNumber.slice(0, 9));
    });

    if (samples.references) {
      test.each(titled(samples.references))('reads the reference and the account of %s', async (_, sample) => {
        const [{ reference, account }] = await runner.items(await runner.sign(sample), sample.config);

        expect({ reference, account }).toEqual({ reference: sample.reference, account: sample.account });
      });
    }

    if (samples.metadata) {
      test.each(titled(samples.metadata))('carries the chosen metadata of %s', async (_, sample) => {
        const webhook = await runner.sign(sample);
        const [[{ metadata }], [{ fields }]] = [await runner.items(webhook, sample.config), await runner.normalize(webhook, sample.config)];

        expect({ metadata, omitted: fields.omittedMetadata }).toEqual({ metadata: sample.metadata, omitted: sample.omittedMetadata });
      });
    }

    test('has a sample with personal data', () => {
      expect(samples.personalData.map(({ payload }) => JSON.stringify(payload)).join()).toContain(PLANTED.email);
    });
  });
}

/** Sets a customer and removes the amount, because not every provider signs them. */
function describeOutcomes(outcomes: ProviderSamples['outcomes'], runner: SchemeRunner, scheme: string): void {
  const itemOf = async (sample: SamplePayload, config?: object, fields: Partial<EventFields> = {}) => (
    (await runner.items(await runner.sign(sample), { ...sample.config, ...config }, { customerId: 'alice', money: undefined, ...fields }))[0]
  );
  const stored = async (sample: SamplePayload) => {
    const { kind, customer_key: key } = await itemOf(sample);
    return { kind, key };
  };
  const define = (title: string, samples: readonly SamplePayload[] | undefined, check: (sample: SamplePayload) => Promise<void>) => {
    titled(samples).forEach(([payload, sample]) => test(`${title}: ${payload}`, async () => check(sample)));
  };

  define('counts as a decline of the customer', outcomes.declined, async (sample) => {
    expect(await stored(sample)).toEqual({ kind: 'failed', key: `declined#${scheme}:alice` });
  });
  define('counts as failed, but not as declined', outcomes.failed, async (sample) => {
    expect(await stored(sample)).toEqual({ kind: 'failed', key: undefined });
  });
  define('counts as canceled, but not as declined', outcomes.canceled, async (sample) => {
    expect(await stored(sample)).toEqual({ kind: 'canceled', key: undefined });
  });
  define('is never a money movement if canceled, even if the user chooses its name', outcomes.canceled, async (sample) => {
    const { provider_event: event } = await itemOf(sample);

    expect(await itemOf(sample, { moneyMovementEvents: [event] }, { money: { minor: 5_000_000n, exponent: 2 } }))
      .toMatchObject({ kind: 'canceled', amount_minor: 5_000_000n, money_movement: false });
  });
  define('is not a money movement while it is pending, even if the user chooses its name', outcomes.pending, async (sample) => {
    const { provider_event: event } = await itemOf(sample);

    expect(await itemOf(sample, { moneyMovementEvents: [event] }, { money: { minor: 500n, exponent: 2 } })).toMatchObject({ money_movement: false });
  });
  define('counts neither as failed nor as canceled', outcomes.others, async (sample) => {
    expect(await stored(sample)).toEqual({ kind: expect.not.stringMatching('failed|canceled') as string, key: undefined });
  });
  test('has a sample of a canceled payment', () => {
    expect(outcomes.canceled.length).toBeGreaterThan(0);
  });
}
