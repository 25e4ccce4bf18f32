import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { EventBridgeEvent } from 'aws-lambda';
import * as fc from 'fast-check';
import type { TransactionReceivedDetail } from '../../events';
import { KINDS } from '../../src/private/contract';
import type { GoldenEvents } from '../../testing';
import { goldenEvents, transactionAssessed, transactionBlocked, transactionReceived } from '../../testing/main';

const ajv = addFormats(new Ajv({ strict: true, allErrors: true }));
const validators = Object.fromEntries(['received', 'assessed', 'blocked'].map((name) => [
  `transaction.${name}`, ajv.compile(JSON.parse(readFileSync(join(__dirname, `../../schemas/transaction-${name}.schema.json`), 'utf8')) as object),
]));
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The violations of the schema of an event, whose envelope must be one of EventBridge. */
function violations(event: EventBridgeEvent<string, unknown>): unknown {
  expect(event).toEqual({
    'version': '0',
    'id': expect.stringMatching(UUID),
    'detail-type': expect.any(String),
    'source': 'webhook-processing-system.test',
    'account': '123456789012',
    'time': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'region': 'eu-central-1',
    'resources': [],
    'detail': expect.any(Object),
  });
  const validate = validators[event['detail-type']];
  validate(event.detail);
  return validate.errors ?? [];
}

describe.each([
  ['transactionReceived', 'transaction.received', transactionReceived],
  ['transactionAssessed', 'transaction.assessed', transactionAssessed],
  ['transactionBlocked', 'transaction.blocked', transactionBlocked],
] as const)('%s', (_, detailType, build) => {
  test('makes a whole event that is valid', () => {
    const event = build();

    expect(event['detail-type']).toBe(detailType);
    expect(violations(event)).toEqual([]);
    expect(JSON.parse(JSON.stringify(event))).toEqual(event);
  });

  test('makes valid events of any amount, currency and kind', () => {
    const overrides = fc.record({
      amount: fc.option(fc.integer({ min: 0, max: 5e9 }), { nil: undefined }),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'XXX'),
      kind: fc.constantFrom(...KINDS),
      customer_id: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
      metadata: fc.option(fc.dictionary(fc.string(), fc.string({ minLength: 1 }), { maxKeys: 10 }), { nil: undefined }),
    }, { requiredKeys: [] });
    fc.assert(fc.property(overrides, (some) => {
      const { detail, ...event } = build(some as Partial<TransactionReceivedDetail>);
      const { amount, amount_minor: minor, exponent, tier } = detail;

      expect(violations({ ...event, detail })).toEqual([]);
      expect(amount).toBe(minor && Number(minor) / 10 ** exponent!);
      expect(tier).toBe(amount === undefined ? undefined : amount > 10_000 ? 'high' : amount < 1000 ? 'low' : 'medium');
    }));
  });

  test('makes another event each time', () => {
    const [first, second] = [build(), build()];

    expect(second.id).not.toBe(first.id);
    expect(second.detail.transaction_id).not.toBe(first.detail.transaction_id);
    expect(second.detail.event_id).not.toBe(first.detail.event_id);
  });
});

describe('the detail of a built event', () => {
  const detailOf = (overrides?: Partial<TransactionReceivedDetail>) => transactionReceived(overrides).detail;

  test('has the parts of its key, and the times in their order', () => {
    const { detail, time } = transactionReceived({}, { time: '2026-01-31T12:00:02Z' });

    expect(time).toBe('2026-01-31T12:00:02Z');
    expect(detail).toMatchObject({
      timestamp: `2026-01-31T12:00:00.000Z#${detail.event_id}`, event_time: '2026-01-31T12:00:00.000Z', received_at: '2026-01-31T12:00:01.000Z', provider: 'stripe',
    });
  });

  test('follows from the key, if it is given', () => {
    expect(detailOf({ transaction_id: 'paypal:5', timestamp: '2026-01-31T12:00:00.000Z#WH#1' })).toMatchObject({
      provider: 'paypal', event_id: 'WH#1', event_time: '2026-01-31T12:00:00.000Z',
    });
    expect(detailOf({ timestamp: '-#evt_1' })).not.toHaveProperty('event_time');
  });

  test('has a key without a time, if the time is left out', () => {
    expect(detailOf({ event_time: undefined, event_id: 'evt_1' }).timestamp).toBe('-#evt_1');
  });

  test('has the exact amount', () => {
    expect(detailOf({ amount: 12.5 })).toMatchObject({ amount_minor: '1250', exponent: 2, currency: 'EUR', tier: 'low' });
    expect(detailOf({ amount: 12.5, currency: 'KWD' })).toMatchObject({ amount_minor: '12500', exponent: 3 });
    expect(detailOf({ amount_minor: '-1250' })).toMatchObject({ amount: 12.5, exponent: 2 });
    expect(detailOf({ amount_minor: '1250', exponent: 0 })).toMatchObject({ amount: 1250, tier: 'medium' });
  });

  test.each(['low', 'medium', 'high'] as const)('has an amount of the tier %s', (tier) => {
    expect(transactionReceived({ tier }).detail.alert_subject).toMatch(new RegExp(`^${tier}: captured`, 'i'));
    expect(transactionReceived({ amount: detailOf({ tier }).amount }).detail.tier).toBe(tier);
  });

  test('has the tier that is given, because thresholds can differ', () => {
    expect(detailOf({ amount: 5, tier: 'high' })).toMatchObject({ amount: 5, tier: 'high' });
  });

  test('has no amount and is no money movement, if the amount is left out', () => {
    const detail = detailOf({ amount: undefined });

    expect(detail).toMatchObject({ currency: 'XXX', money_movement: false, alert_subject: 'Transaction: captured, no amount (stripe, test)' });
    ['amount', 'amount_minor', 'exponent', 'tier'].forEach((field) => expect(detail).not.toHaveProperty(field));
  });

  test('has the alert of its own fields, unless one is given', () => {
    expect(detailOf({ amount: 60_000, currency: 'USD', reference: 'order-7' }).alert_text).toContain('High: captured 60,000.00 USD (stripe, test)\n');
    expect(detailOf({ reference: 'order-7' }).alert_text).toContain('Reference order-7');
    expect(detailOf({ alert_sms: 'own' }).alert_sms).toBe('own');
  });

  test('has the event and the page of the provider', () => {
    expect(detailOf({ kind: 'refunded' })).toMatchObject({ provider_event: 'refund.created', payment_url: expect.stringMatching(/^https:\/\/dashboard\.stripe\.com\/payments\/pi_/) });
    expect(detailOf({ provider: 'flutterwave', kind: 'failed' })).toMatchObject({ transaction_id: expect.stringMatching(/^flutterwave:/), provider_event: 'charge.completed' });
    expect(detailOf({ provider: 'shop', kind: 'paid-out' })).toMatchObject({ transaction_id: expect.stringMatching(/^shop:/), provider_event: 'paid-out' });
    expect(detailOf({ provider: 'shop' })).not.toHaveProperty('payment_url');
  });
});

describe('the verdict of a built event', () => {
  test.each(['approve', 'review', 'block'] as const)('%s has the score of its reasons', (verdict) => {
    const { detail } = transactionAssessed({ verdict });
    const scores = detail.reasons.map((reason) => Number(/\(\+(\d+)\)$/.exec(reason)![1]));

    expect(detail).toMatchObject({ verdict, score: scores.reduce((sum, score) => sum + score, 0), tier: 'high' });
    expect([verdict, detail.score >= 80 ? 'block' : detail.score >= 40 ? 'review' : 'approve']).toEqual([verdict, verdict]);
    expect(detail.alert_subject).toMatch(new RegExp(`^${verdict}: captured 25,000\\.00 EUR`, 'i'));
    expect(detail.assessed_at > detail.received_at).toBe(true);
  });

  test('keeps what is given', () => {
    const given = { score: 90, reasons: ['own (+90)'], rule_set: 'abc', assessed_at: '2026-01-31T12:00:00.000Z' };

    expect(transactionBlocked(given).detail).toMatchObject({ ...given, verdict: 'block' });
  });

  test('names no amount if there is none', () => {
    expect(transactionBlocked({ amount: undefined, customer_id: undefined }).detail).toMatchObject({ score: 100, reasons: ['blocked customer stripe:example (+100)'] });
  });
});

describe('the envelope of a built event', () => {
  test('has what is given', () => {
    const given = { id: '1', source: 'own', account: '210987654321', time: '2026-01-31T12:00:00Z', region: 'us-east-1', resources: ['arn:a'] };

    expect(transactionReceived({}, given)).toMatchObject(given);
    expect(transactionReceived({}, given).detail.alert_subject).toContain('(stripe, own)');
  });

  test('is published after the webhook was received', () => {
    expect(transactionReceived({ received_at: '2026-01-31T12:00:00.000Z' }).time).toBe('2026-01-31T12:00:01Z');
  });
});

describe('an error names the rule and the value', () => {
  const build = (overrides: object, envelope = {}) => () => transactionReceived(overrides as Partial<TransactionReceivedDetail>, envelope);

  test.each<[string, () => unknown, RegExp]>([
    ['an unknown field', build({ amout: 5 }), /^a field of `transaction\.received` must be one of .+, got 'amout'\. Did you mean 'amount'\?$/],
    ['a name that is similar to two fields', build({ event_tim: '' }), /Did you mean 'event_time'\?$/],
    ['a field of another event', build({ verdict: 'block' }), /got 'verdict'/],
    ['another type', build({ live: 'yes' }), /^`live` must be of the type boolean, got "yes"$/],
    ['a required field that is left out', build({ currency: undefined }), /^`currency` must be of the type string, got undefined$/],
    ['null', build({ metadata: null }), /^`metadata` must be of the type object, got null$/],
    ['a list instead of an object', build({ metadata: [] }), /^`metadata` must be of the type object, got \[\]$/],
    ['a part of a unit', build({ exponent: 1.5 }), /^`exponent` must be of the type integer, got 1\.5$/],
    ['an unknown value', build({ kind: 'paid' }), /^`kind` must be one of 'authorized', .+, got "paid"$/],
    ['another form', build({ amount_minor: '1.5' }), /^`amount_minor` must be text that matches \^-\?\[0-9\]\+\$, got "1\.5"$/],
    ['a number that is too large', build({ amount: 5e9 + 1 }), /^`amount` must be from 0 to 5000000000, got 5000000001$/],
    ['amounts that differ', build({ amount: 5, amount_minor: '700' }), /^`amount` must be 7, as `amount_minor` and `exponent` are, got 5\. Leave out one of them$/],
    ['an unknown currency', build({ currency: 'EURO' }), /^`currency` must be a code of ISO 4217/],
    ['an unknown member of the envelope', build({}, { timme: '' }), /^a member of the envelope must be one of .+ Did you mean 'time'\?$/],
    ['an invalid time', build({}, { time: 'now' }), /^`time` and `received_at` must be times of RFC 3339, such as '2026-01-31T12:00:00Z', got 'now'$/],
    ['an invalid receipt', build({ received_at: 'now' }), /got 'now'$/],
    ['a verdict that is not a block', () => transactionBlocked({ verdict: 'review' as never }), /^`verdict` must be one of 'block', got "review"$/],
    ['reasons that are no list', () => transactionAssessed({ reasons: 'none' as never }), /^`reasons` must be of the type array, got "none"$/],
  ])('for %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('the golden events', () => {
  const golden = Object.entries(goldenEvents) as [keyof GoldenEvents, EventBridgeEvent<string, TransactionReceivedDetail>][];

  test.each(golden)('%s is valid', (_, event) => {
    expect(violations(event)).toEqual([]);
  });

  test('are the same in every run', () => {
    let again: GoldenEvents | undefined;
    jest.isolateModules(() => {
      again = (jest.requireActual('../../testing/golden-events') as { goldenEvents: GoldenEvents }).goldenEvents;
    });

    expect(again).toEqual(goldenEvents);
    expect(again).not.toBe(goldenEvents);
  });

  test('cannot be changed', () => {
    expect(golden.every(([, event]) => Object.isFrozen(event) && Object.isFrozen(event.detail) && Object.isFrozen(event.resources))).toBe(true);
  });

  test('have keys of their own, apart from the events of one assessment', () => {
    const keys = golden.map(([, { 'detail-type': detailType, detail }]) => `${detailType} ${detail.transaction_id} ${detail.timestamp}`);

    expect(new Set(keys).size).toBe(keys.length);
    expect(goldenEvents.blocked.detail).toEqual(goldenEvents.assessedBlock.detail);
  });

  test('are of the kinds and tiers in their names', () => {
    const { captured, capturedMedium, capturedHigh, refunded, guest, approved, review } = goldenEvents;

    expect([captured, capturedMedium, capturedHigh].map(({ detail }) => detail.tier)).toEqual(['low', 'medium', 'high']);
    expect(refunded.detail).toMatchObject({ kind: 'refunded', transaction_id: captured.detail.transaction_id, reference: captured.detail.reference });
    expect(guest.detail.customer_id).toMatch(/^contact:[0-9a-f]+$/);
    expect([approved, review].map(({ detail }) => detail.verdict)).toEqual(['approve', 'review']);
  });
});

test('the declarations describe the functions', () => {
  // The compiler checks it.
  const declared: Pick<typeof import('../../testing'), 'goldenEvents' | 'transactionReceived' | 'transactionAssessed' | 'transactionBlocked'> = {
    goldenEvents, transactionReceived, transactionAssessed, transactionBlocked,
  };

  expect(Object.keys(declared)).toHaveLength(4);
});
