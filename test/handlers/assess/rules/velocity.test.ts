import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import { velocity } from '../../../../handlers/assess/rules/velocity';
import { KINDS, type TransactionDetail, type VelocityConfig } from '../../../../src/private/contract';
import { factsWith, pastEvent, pastEvents, payments } from '../details';

type Limits = Pick<VelocityConfig, 'count' | 'total'>;

function reasonFor(limits: Limits, history: PastEvent[], detail: Partial<TransactionDetail> = {}) {
  return velocity.evaluate({ rule: 'velocity', score: 1, windowSeconds: 3600, ...limits }, factsWith({ detail, history }));
}

describe('velocity by count', () => {
  const COUNT: Limits = { count: 3 };

  test.each([
    ['under the limit', [10], undefined],
    ['at the limit', [10, 20], undefined],
    ['over the limit', [10, 20, 30], '4 transactions of the customer within 1 hour, over 3'],
    ['far over the limit', [10, 20, 30, 40, 50], '6 transactions of the customer within 1 hour, over 3'],
    ['the window\'s first moment', [10, 20, 3600], '4 transactions of the customer within 1 hour, over 3'],
    ['the moment before the window', [10, 20, 3600.001], undefined],
    ['the transaction\'s own moment', [10, 20, 0], '4 transactions of the customer within 1 hour, over 3'],
    ['after it, before it was received', [10, 20, -7], '4 transactions of the customer within 1 hour, over 3'],
    ['after it was received', [10, 20, -7.09], undefined],
  ])('%s', (_, secondsAgo, expected) => {
    expect(reasonFor(COUNT, pastEvents(...secondsAgo))).toBe(expected);
  });

  test('counts a transaction once for any number of events, including itself', () => {
    const [first, second, third] = pastEvents(10, 20, 30);
    const own = { ...third, transactionId: 'stripe:pi_1' };

    expect(reasonFor(COUNT, [first, second, { ...third, transactionId: second.transactionId }, own])).toBeUndefined();
  });

  test.each(KINDS)('counts %s, with and without an amount', (kind) => {
    expect(reasonFor(COUNT, [...pastEvents(10, 20), pastEvent(30, { kind })])).toBeDefined();
    expect(reasonFor(COUNT, [...pastEvents(10, 20), pastEvent(30, { kind, amountMinor: undefined, currency: undefined })])).toBeDefined();
  });

  test('does not apply without a customer', () => {
    expect(reasonFor(COUNT, pastEvents(10, 20, 30), { customer_id: undefined })).toBeUndefined();
  });
});

describe('velocity by total', () => {
  const total = (amount: number, currency = 'EUR'): Limits => ({ total: { amount, currency } });

  test.each([
    ['under the limit', 12545.68, undefined],
    ['at the limit', 12545.67, undefined],
    ['over the limit', 12545.66, 'payments of 12,545.67 EUR by the customer within 1 hour, over 12,545.66'],
  ])('%s', (_, limit, expected) => {
    expect(reasonFor(total(limit), pastEvents(10, 20))).toBe(expected);
  });

  test('adds up amounts that exceed a float', () => {
    const huge = { amount_minor: '9007199254740993', exponent: 0, currency: 'JPY' };
    const history = [pastEvent(10, { amountMinor: 1n, exponent: 0, currency: 'JPY' })];

    expect(reasonFor(total(9007199254740991, 'JPY'), history, huge)).toMatch(/^payments of 9,007,199,254,740,994 JPY /);
  });

  test.each<[string, PastEvent, string]>([
    ['a payment', pastEvent(10), '12,445.67'],
    ['an authorization', pastEvent(10, { kind: 'authorized' }), '12,445.67'],
    ['an event of unknown kind', pastEvent(10, { kind: 'other' }), '12,445.67'],
    ['a refund', pastEvent(10, { kind: 'refunded' }), '12,345.67'],
    ['a refund with a sign', pastEvent(10, { kind: 'refunded', amountMinor: -10000n }), '12,345.67'],
    ['a dispute', pastEvent(10, { kind: 'disputed' }), '12,345.67'],
    ['a payout', pastEvent(10, { kind: 'paid-out' }), '12,345.67'],
    ['a declined payment', pastEvent(10, { kind: 'failed' }), '12,345.67'],
    ['a canceled payment', pastEvent(10, { kind: 'canceled' }), '12,345.67'],
    ['a payment in another currency', pastEvent(10, { currency: 'USD' }), '12,345.67'],
    ['a payment without a currency', pastEvent(10, { currency: 'XXX' }), '12,345.67'],
    ['a payment without an amount', pastEvent(10, { amountMinor: undefined }), '12,345.67'],
    ['a payment counted in tenths of a cent', pastEvent(10, { exponent: 3 }), '12,355.67'],
    ['a payment counted in whole units', pastEvent(10, { exponent: 0 }), '22,345.67'],
    ['a payment before the window', pastEvent(3601), '12,345.67'],
    ['an event of the transaction itself', pastEvent(10, { transactionId: 'stripe:pi_1' }), '12,345.67'],
    ['a larger event of the transaction itself', pastEvent(10, { transactionId: 'stripe:pi_1', amountMinor: 1300000n }), '13,000.00'],
  ])('%s', (_, event, sum) => {
    expect(reasonFor(total(1), [event])).toBe(`payments of ${sum} EUR by the customer within 1 hour, over 1`);
  });

  test('does not add a refund to earlier payments', () => {
    expect(reasonFor(total(299), payments(10000n, 20000n), { kind: 'refunded' })).toMatch(/^payments of 300.00 EUR /);
    expect(reasonFor(total(300), payments(10000n, 20000n), { kind: 'refunded' })).toBeUndefined();
  });

  test('does not add a transaction in another currency', () => {
    expect(reasonFor(total(300), payments(10000n, 20000n), { currency: 'USD' })).toBeUndefined();
    expect(reasonFor(total(300), payments(10000n, 20000n), { currency: 'XXX' })).toBeUndefined();
  });

  test('does not apply without a customer', () => {
    expect(reasonFor(total(1), payments(10000n), { customer_id: undefined })).toBeUndefined();
  });
});

describe('velocity by both', () => {
  test.each([
    [2, 12545.66, '3 transactions of the customer within 1 hour, over 2; payments of 12,545.67 EUR by the customer within 1 hour, over 12,545.66'],
    [2, 12545.67, '3 transactions of the customer within 1 hour, over 2'],
    [3, 12545.66, 'payments of 12,545.67 EUR by the customer within 1 hour, over 12,545.66'],
    [3, 12545.67, undefined],
  ])('%i transactions or %d EUR', (count, amount, expected) => {
    expect(reasonFor({ count, total: { amount, currency: 'EUR' } }, pastEvents(10, 20))).toBe(expected);
  });
});

describe('velocity by a multiple of the high threshold', () => {
  const total = { timesHigh: 1.5 };

  test.each([
    ['at the limit', [265_433n], undefined],
    ['over the limit', [265_434n], 'payments of 15,000.01 EUR by the customer within 1 hour, over 1.5 times the high threshold 10,000'],
  ])('%s', (_, amounts, expected) => {
    expect(reasonFor({ total }, payments(...amounts))).toBe(expected);
  });

  test('adds payments in the currency of the present one', () => {
    const dollars = pastEvent(10, { amountMinor: 500_000n, currency: 'USD' });

    expect(reasonFor({ total }, [dollars])).toBeUndefined();
    expect(reasonFor({ total }, [dollars], { currency: 'USD' })).toMatch(/^payments of 17,345.67 USD /);
    expect(reasonFor({ total: { timesHigh: 0.1 } }, payments(500_000n), { currency: 'XXX' })).toBeUndefined();
  });
});

describe('velocity with a card and an email address', () => {
  const detail = { card_fingerprint: 'card', email_hash: 'hash' };
  const events = [pastEvent(10, { customer: 'stripe:other' }), pastEvent(20), pastEvent(30, { declined: true, kind: 'failed' }), pastEvent(3_601)];

  test.each([
    ['card', 'cardEvents', 'with the card'], ['email', 'emailEvents', 'with the email address'],
  ] as const)('%s: counts and adds the money movements of all customers', (by, part, text) => {
    const rule: VelocityConfig = { rule: 'velocity', score: 1, windowSeconds: 3_600, by, count: 2, total: { timesHigh: 1 } };

    expect(velocity.evaluate(rule, factsWith({ detail, [part]: events })))
      .toBe(`3 transactions ${text} within 1 hour, over 2; payments of 12,545.67 EUR ${text} within 1 hour, over the high threshold 10,000`);
    expect(velocity.evaluate(rule, factsWith({ [part]: events }))).toBeUndefined();
    expect(needsOfRule(rule)).toEqual([part]);
  });

  test('reads the history by default', () => {
    expect(needsOfRule({ rule: 'velocity', score: 1, windowSeconds: 3_600, count: 2 })).toEqual(['history']);
  });
});
