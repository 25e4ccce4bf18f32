import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { transactionItem } from '../../../handlers/ingest/transaction-item';
import { unparsed, type EventFields } from '../../../handlers/providers/shared/normalized-event';
import type { Kind, ProviderConfig } from '../../../src/private/contract';

const PROVIDER: ProviderConfig = { name: 'stripe', scheme: 'stripe', secretArns: [] };
const RAW_BODY = Buffer.from('{"the": "body"}');
const RECEIVED_AT = new Date('2026-01-31T12:34:56.789Z');
const FIELDS: EventFields = {
  eventId: 'evt_1',
  transactionId: 'pi_1',
  eventName: 'charge.succeeded',
  kind: 'captured',
  status: 'succeeded',
  live: true,
  money: { minor: 1000001n, exponent: 2 },
  currency: 'EUR',
  customerId: 'cus_1',
  paymentMethod: 'card',
  country: 'DE',
  cardCountry: 'FR',
  cardBin: '42424242',
  emailDomain: 'mail.example',
  eventTime: new Date('2026-01-31T12:00:00Z'),
  moneyMovement: true,
  declined: false,
};

function item(fields: Partial<EventFields> = {}, provider: Partial<ProviderConfig> = {}, rawBody = RAW_BODY) {
  return transactionItem({
    provider: { ...PROVIDER, ...provider },
    normalized: { parsed: true, fields: { ...FIELDS, ...fields } },
    rawBody,
    receivedAt: RECEIVED_AT,
    tiers: { medium: 1000, high: 10000, groups: [{ medium: 100000, high: 2000000, currencies: ['JPY'] }] },
  });
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

test('an item expires after the retention of the system, and not at all without a retention', () => {
  const parts = {
    provider: PROVIDER,
    normalized: { parsed: true, fields: FIELDS },
    rawBody: RAW_BODY,
    receivedAt: RECEIVED_AT,
    tiers: { medium: 1000, high: 10000 },
  };

  expect(transactionItem({ ...parts, retentionSeconds: 86_400 }).expires_at).toBe(Date.parse('2026-02-01T12:34:57Z') / 1_000);
  expect(transactionItem(parts)).not.toHaveProperty('expires_at');
});

describe('transactionItem', () => {
  test('writes all fields of the event', () => {
    const { body, sweep_partition: partition, ...rest } = item();

    expect(rest).toEqual({
      transaction_id: 'stripe:pi_1',
      timestamp: '2026-01-31T12:00:00.000Z#evt_1',
      record_type: 'transaction',
      event_id: 'evt_1',
      provider: 'stripe',
      provider_event: 'charge.succeeded',
      kind: 'captured',
      status: 'succeeded',
      live: true,
      money_movement: true,
      amount_minor: 1000001n,
      exponent: 2,
      currency: 'EUR',
      customer_id: 'cus_1',
      payment_method: 'card',
      country: 'DE',
      card_country: 'FR',
      card_bin: '42424242',
      email_domain: 'mail.example',
      event_time: '2026-01-31T12:00:00.000Z',
      received_at: '2026-01-31T12:34:56.789Z',
      customer_key: 'stripe:cus_1',
      occurred_at: '2026-01-31T12:00:00.000Z',
      sweep_at: '2026-01-31T12:44:56.789Z',
    });
    expect(gunzipSync(body as Uint8Array).equals(RAW_BODY)).toBe(true);
    expect(partition).toMatch(/^[0-9]$/);
  });

  test('omits unknown fields', () => {
    const stored = transactionItem({
      provider: PROVIDER, normalized: unparsed(), rawBody: RAW_BODY, receivedAt: RECEIVED_AT, tiers: { medium: 1, high: 2 },
    });

    expect(stored).toEqual({
      transaction_id: `stripe:body-sha256:${sha256(RAW_BODY)}`,
      timestamp: `-#body-sha256:${sha256(RAW_BODY)}`,
      record_type: 'transaction',
      event_id: `body-sha256:${sha256(RAW_BODY)}`,
      provider: 'stripe',
      provider_event: 'unknown',
      kind: 'other',
      live: true,
      money_movement: false,
      currency: 'XXX',
      received_at: '2026-01-31T12:34:56.789Z',
      body: expect.any(Uint8Array),
    });
  });
});

describe('the key', () => {
  test('uses the event id if there is no transaction id', () => {
    expect(item({ transactionId: undefined }).transaction_id).toBe('stripe:evt_1');
  });

  test('has no time if no time is signed', () => {
    expect(item({ eventTime: undefined })).toMatchObject({ timestamp: '-#evt_1', occurred_at: '2026-01-31T12:34:56.789Z' });
  });

  test('differs for two events without identifiers', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')].map((body) => item({ eventId: undefined, transactionId: undefined }, {}, body));

    expect([a.transaction_id, a.timestamp]).not.toEqual([b.transaction_id, b.timestamp]);
  });

  test('does not depend on the time of receipt', () => {
    const at = (receivedAt: Date) => {
      const { transaction_id, timestamp } = transactionItem({
        provider: PROVIDER, normalized: unparsed('evt_1'), rawBody: RAW_BODY, receivedAt, tiers: { medium: 1, high: 2 },
      });
      return [transaction_id, timestamp];
    };

    expect(at(new Date(0))).toEqual(at(RECEIVED_AT));
  });

  test('contains a hash if the identifier is too long', () => {
    const longest = 'x'.repeat(2048 - 'stripe:'.length);

    expect(item({ transactionId: longest }).transaction_id).toBe(`stripe:${longest}`);
    expect(item({ transactionId: `${longest}x` }).transaction_id).toBe(`stripe:sha256:${sha256(Buffer.from(`${longest}x`, 'utf16le'))}`);
    expect(item({ eventId: 'e'.repeat(256) }).event_id).toBe('e'.repeat(256));
    expect(item({ eventId: 'e'.repeat(257) })).toMatchObject({
      event_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      timestamp: expect.stringMatching(/^2026-01-31T12:00:00\.000Z#sha256:[0-9a-f]{64}$/),
    });
  });

  test('differs for an identifier that looks like the hash of another one or of a body', () => {
    const unsigned = item({ eventId: undefined, eventTime: undefined, transactionId: undefined });
    const long = item({ eventId: 'e'.repeat(257) });
    const imitations = [unsigned, long].map(({ event_id: eventId }) => String(eventId));

    for (const eventId of imitations) {
      const imitation = item({ eventId, eventTime: undefined, transactionId: undefined });
      expect(imitation.event_id).toMatch(/^sha256:[0-9a-f]{64}$/);
      expect(imitations).not.toContain(imitation.event_id);
      expect(imitation.timestamp).not.toBe(unsigned.timestamp);
    }
  });

  test('stays within the limits of DynamoDB, is valid text, and differs for different identifiers', () => {
    const id = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 3000, size: 'max' }), fc.constantFrom('\ud800', '\ud801'));

    fc.assert(fc.property(id, id, (a, b) => {
      const [first, second] = [a, b].map((value) => item({ transactionId: value, eventId: value, customerId: value, status: value }));
      const bytes = (value: unknown) => Buffer.byteLength(String(value));

      expect(bytes(first.transaction_id)).toBeLessThanOrEqual(2048);
      expect(bytes(first.timestamp)).toBeLessThanOrEqual(1024);
      expect(bytes(first.customer_key)).toBeLessThanOrEqual(2048);
      for (const value of Object.values(first).filter((text) => typeof text === 'string')) {
        expect(Buffer.from(value).toString()).toBe(value);
      }
      expect(first.transaction_id === second.transaction_id).toBe(a === b);
      expect(first.timestamp === second.timestamp).toBe(a === b);
      expect(first.customer_key === second.customer_key).toBe(a === b);
    }));
  });
});

describe('texts', () => {
  test('are truncated to the maximum length', () => {
    expect(item({ status: 's'.repeat(300), eventName: 'n'.repeat(300) })).toMatchObject({
      status: 's'.repeat(256), provider_event: 'n'.repeat(256),
    });
  });

  test('are omitted if they are empty', () => {
    expect(item({ paymentMethod: '' })).not.toHaveProperty('payment_method');
  });

  test('contain no half of a surrogate pair after truncation', () => {
    expect(item({ status: `${'s'.repeat(255)}𝄞` }).status).toBe(`${'s'.repeat(255)}\ufffd`);
  });
});

describe('money_movement', () => {
  test.each<[string, Partial<EventFields>]>([
    ['a test', { live: false }], ['an event without an amount', { money: undefined }], ['an event without a money movement', { moneyMovement: false }],
  ])('is false for %s', (_, fields) => {
    const stored = item(fields);

    expect(stored.money_movement).toBe(false);
    expect(Object.keys(stored).filter((name) => /^(customer_key|occurred_at|sweep)/.test(name))).toEqual([]);
  });

  test('is false for an amount of zero, which only checks a card', () => {
    expect(item({ money: { minor: 0n, exponent: 2 } }).money_movement).toBe(false);
    expect(item({ eventName: 'CAPTURE', money: { minor: 0n, exponent: 2 } }, { moneyMovementEvents: ['CAPTURE'] }).money_movement).toBe(false);
  });

  test('is false for a connected account if those are not processed, and neither is its decline', () => {
    const provider = { processConnectedAccounts: false } as const;
    const declined = { kind: 'failed', declined: true, moneyMovement: false } as const;

    expect(item({ account: 'acct_1' }, provider)).toMatchObject({ money_movement: false, account: 'acct_1', amount_minor: expect.anything(), live: true });
    expect(item({ account: 'acct_1', ...declined }, provider)).not.toHaveProperty('customer_key');
    expect(item({ account: 'acct_1', eventName: 'a' }, { ...provider, moneyMovementEvents: ['a'], processTestEvents: true }).money_movement).toBe(false);
    expect(item({}, provider).money_movement).toBe(true);
    expect(item({ account: 'acct_1' }).money_movement).toBe(true);
    expect(item(declined, provider).customer_key).toBe('declined#stripe:cus_1');
  });

  test('is true for a test if tests are processed, which stays marked as a test', () => {
    expect(item({ live: false }, { processTestEvents: true })).toMatchObject({ money_movement: true, live: false });
    expect(item({}, { testMode: true, processTestEvents: true })).toMatchObject({ money_movement: true, live: false });
    expect(item({ live: false, kind: 'failed', declined: true, moneyMovement: false }, { processTestEvents: true }).customer_key).toBe('declined#stripe:cus_1');
  });

  test('is false if the object moved nothing, even if the user chose the name of the event', () => {
    expect(item({ movesNothing: true }).money_movement).toBe(false);
    expect(item({ movesNothing: true, eventName: 'CAPTURE' }, { moneyMovementEvents: ['CAPTURE'] }).money_movement).toBe(false);
  });

  test('is true for an amount without a currency', () => {
    expect(item({ currency: undefined })).toMatchObject({ money_movement: true, currency: 'XXX' });
  });

  test.each<[readonly string[], string | undefined, boolean]>([
    [['invoice.paid'], 'invoice.paid', true], [['invoice.paid'], 'charge.succeeded', false], [[], 'charge.succeeded', false], [['unknown'], undefined, true],
  ])('if the user chooses %j, is for the event %s: %p', (moneyMovementEvents, eventName, isMovement) => {
    expect(item({ eventName, moneyMovement: !isMovement }, { moneyMovementEvents }).money_movement).toBe(isMovement);
  });

  test.each<Kind>(['failed', 'canceled'])('is false for a %s event, even if the user chooses its name', (kind) => {
    expect(item({ kind, eventName: 'CAPTURE', moneyMovement: true }, { moneyMovementEvents: ['CAPTURE'] }).money_movement).toBe(false);
    expect(item({ kind, moneyMovement: true }).money_movement).toBe(false);
  });

  test('is false for a provider in test mode, even for a live event', () => {
    expect(item({ live: true, moneyMovement: true }, { testMode: true })).toMatchObject({ money_movement: false, live: false });
  });
});

describe('the sparse indexes', () => {
  test.each<[string, Partial<EventFields>]>([
    ['a declined payment', { moneyMovement: false }], ['a declined payment without an amount', { money: undefined, moneyMovement: false }], ['a declined payment that is marked as a money movement', {}],
  ])('store %s under a separate key, so that declines do not fill the page that a rule reads', (_, fields) => {
    const stored = item({ ...fields, kind: 'failed', declined: true });

    expect([stored.money_movement, stored.customer_key, stored.occurred_at]).toEqual([false, 'declined#stripe:cus_1', '2026-01-31T12:00:00.000Z']);
    expect(stored).not.toHaveProperty('sweep_at');
  });

  test('sort a declined payment without a signed time by its time of receipt', () => {
    expect(item({ kind: 'failed', declined: true, eventTime: undefined }).occurred_at).toBe('2026-01-31T12:34:56.789Z');
  });

  test.each<[string, Partial<EventFields>, Partial<ProviderConfig>]>([
    ['a test', { live: false }, {}], ['a provider in test mode', {}, { testMode: true }], ['an unknown customer', { customerId: undefined }, {}],
    ['a payment that failed without a decline', { declined: false }, {}],
  ])('have no decline for %s', (_, fields, provider) => {
    const stored = item({ kind: 'failed', declined: true, ...fields }, provider);

    expect([stored.customer_key, stored.occurred_at]).toEqual([undefined, undefined]);
  });

  test.each(['cus_1#declined', 'declined#cus_1', '#declined', 'declined#stripe:cus_1'])('never mix the transactions of the customer %s with declines', (customerId) => {
    const [moved, declined] = [item({ customerId }), item({ customerId, kind: 'failed', declined: true })].map((stored) => stored.customer_key);

    expect([moved, declined]).toEqual([`stripe:${customerId}`, `declined#stripe:${customerId}`]);
    expect(item({ kind: 'failed', declined: true }).customer_key).not.toBe(moved);
  });

  test('have keys of declines within the limits of DynamoDB, even for a long customer id', () => {
    const key = item({ customerId: 'x'.repeat(5000), kind: 'failed', declined: true }, { name: 'p'.repeat(32) }).customer_key as string;

    expect(key).toMatch(/^declined#p{32}:sha256:[0-9a-f]{64}$/);
  });

  test('have no entry for a transaction without a customer', () => {
    const stored = item({ customerId: undefined });

    expect([stored.customer_id, stored.customer_key, stored.occurred_at]).toEqual([undefined, undefined, undefined]);
  });

  test.each<[bigint, string, boolean]>([
    [1000000n, 'EUR', false], [1000001n, 'EUR', true], [-1000001n, 'EUR', true], [99999n, 'EUR', false], [200000000n, 'JPY', false], [200000001n, 'JPY', true],
  ])('include %s %s in the sweep: %p', (minor, currency, isSwept) => {
    const stored = item({ money: { minor, exponent: 2 }, currency });

    expect(['sweep_at', 'sweep_partition'].map((name) => name in stored)).toEqual([isSwept, isSwept]);
  });

  test('use all partitions, and always the same one for a transaction', () => {
    const partitions = (count: number) => Array.from({ length: count }, (_, n) => item({ transactionId: `pi_${n}` }).sweep_partition);

    expect([...new Set(partitions(200))].sort()).toEqual([...'0123456789']);
    expect(partitions(5)).toEqual(partitions(5));
  });
});
