import { duplicateAmount } from '../../../../handlers/assess/rules/duplicate-amount';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent } from '../details';

/** An earlier payment for each given time, with the detail's own amount by default. */
function same(secondsAgo: number, overrides: Partial<PastEvent> = {}): PastEvent {
  return pastEvent(secondsAgo, { amountMinor: 1234567n, ...overrides });
}

function reasonFor(history: PastEvent[], detail: Partial<TransactionDetail> = {}) {
  return duplicateAmount.evaluate({ rule: 'duplicate-amount', score: 1, count: 3, windowSeconds: 600 }, factsWith({ detail, history }));
}

describe('duplicateAmount', () => {
  test.each([
    ['under the limit', [10], undefined],
    ['at the limit', [10, 20], '3 transactions of 12,345.67 EUR by the customer within 10 minutes, at least 3'],
    ['over the limit', [10, 20, 30], '4 transactions of 12,345.67 EUR by the customer within 10 minutes, at least 3'],
    ['the window\'s first moment', [10, 600], '3 transactions of 12,345.67 EUR by the customer within 10 minutes, at least 3'],
    ['the moment before the window', [10, 600.001], undefined],
  ])('%s', (_, secondsAgo, expected) => {
    expect(reasonFor(secondsAgo.map((seconds) => same(seconds)))).toBe(expected);
  });

  test.each<[string, Partial<PastEvent>]>([
    ['an amount of one more', { amountMinor: 1234568n }],
    ['an amount of one less', { amountMinor: 1234566n }],
    ['the same digits with another exponent', { exponent: 0 }],
    ['another currency', { currency: 'USD' }],
    ['no amount', { amountMinor: undefined }],
    ['a refund', { kind: 'refunded' }],
    ['a declined payment', { kind: 'failed' }],
    ['a canceled payment', { kind: 'canceled' }],
    ['another event of the transaction itself', { transactionId: 'stripe:pi_1' }],
    ['another event of an earlier transaction', { transactionId: 'stripe:past_10' }],
  ])('does not count %s', (_, event) => {
    expect(reasonFor([same(10), same(20, event)])).toBeUndefined();
  });

  test('treats equal amounts with different exponents as the same', () => {
    expect(reasonFor([same(10), same(20, { amountMinor: 12345670n, exponent: 3 })])).toBeDefined();
  });

  test('counts a transaction if any of its events has the amount', () => {
    expect(reasonFor([same(10), same(20), same(20, { kind: 'authorized', amountMinor: 9999999n })])).toBeDefined();
  });

  test('distinguishes amounts that are the same float', () => {
    const history = [same(10, { amountMinor: 9007199254740992000n }), same(20, { amountMinor: 9007199254740992000n })];

    expect(reasonFor(history, { amount_minor: '9007199254740992000' })).toBeDefined();
    expect(reasonFor(history, { amount_minor: '9007199254740992001' })).toBeUndefined();
  });

  test.each<[string, Partial<TransactionDetail>]>([
    ['a customer', { customer_id: undefined }],
    ['an amount', { amount_minor: undefined, exponent: undefined }],
    ['a currency', { currency: 'XXX' }],
    ['being a payment', { kind: 'refunded' }],
  ])('does not fire without %s', (_, detail) => {
    const history = [same(10), same(20), same(30)].map((event) => ({ ...event, currency: detail.currency ?? event.currency }));

    expect(reasonFor(history, detail)).toBeUndefined();
  });
});
