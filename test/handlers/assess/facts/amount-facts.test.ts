import { factsOf } from '../../../../handlers/assess/facts/facts';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent, payments } from '../details';

const DAY = 86_400;

function amounts(history: PastEvent[], detail: Partial<TransactionDetail> = { amount_minor: '60000' }) {
  const { amountToCustomerMedian: median, amountToCustomerMaximum: maximum } = factsOf(factsWith({ history, detail }));
  return { median, maximum };
}

describe('the amount to the high threshold', () => {
  const toHigh = (detail: Partial<TransactionDetail>) => factsOf(factsWith({ detail })).amountToHigh;

  test.each<[string, Partial<TransactionDetail>, number | undefined]>([
    ['a payment', {}, 1.234567],
    ['a refund', { kind: 'refunded', amount_minor: '-500000' }, 0.5],
    ['another exponent', { amount_minor: '12345670', exponent: 3 }, 1.234567],
    ['no currency', { currency: 'XXX' }, 1.234567],
    ['no amount', { amount_minor: undefined }, undefined],
  ])('%s', (_, detail, expected) => {
    expect(toHigh(detail)).toBe(expected);
  });

  test('follows the threshold of the currency', () => {
    const tiers = { medium: 1, high: 2, groups: [{ medium: 1_000, high: 50_000, currencies: ['JPY'] }] };

    expect(factsOf({ ...factsWith({ detail: { currency: 'JPY', amount_minor: '100000', exponent: 0 } }), tiers }).amountToHigh).toBe(2);
  });
});

describe('the amount to the earlier payments of the customer', () => {
  test.each<[string, PastEvent[], object]>([
    ['one payment', payments(10_000n), { median: 6, maximum: 6 }],
    ['an odd number', payments(10_000n, 40_000n, 20_000n), { median: 3, maximum: 1.5 }],
    ['an even number', payments(10_000n, 50_000n), { median: 2, maximum: 1.2 }],
    ['an authorization and its capture', [pastEvent(10, { kind: 'authorized', amountMinor: 20_000n }), { ...pastEvent(20), transactionId: 'stripe:past_10' }], { median: 3, maximum: 3 }],
    ['payments of zero', payments(0n), { median: undefined, maximum: undefined }],
    ['the payment itself', [pastEvent(10, { transactionId: 'stripe:pi_1' })], { median: undefined, maximum: undefined }],
    ['refunds', [pastEvent(10, { kind: 'refunded' })], { median: undefined, maximum: undefined }],
    ['another currency', [pastEvent(10, { currency: 'USD' })], { median: undefined, maximum: undefined }],
    ['no amount', [pastEvent(10, { amountMinor: undefined })], { median: undefined, maximum: undefined }],
    ['the first moment of 90 days', [pastEvent(90 * DAY)], { median: 6, maximum: 6 }],
    ['the moment before', [pastEvent(90 * DAY + 1)], { median: undefined, maximum: undefined }],
  ])('%s', (_, history, expected) => {
    expect(amounts(history)).toEqual(expected);
  });

  test.each<[string, Partial<TransactionDetail>]>([
    ['a refund', { kind: 'refunded' }], ['a payment without a currency', { currency: 'XXX' }], ['an unknown customer', { customer_id: undefined }],
  ])('is not known for %s', (_, detail) => {
    expect(amounts(payments(10_000n), detail)).toEqual({ median: undefined, maximum: undefined });
  });
});

test('the rank in the shop is not known before 100 payments are counted', () => {
  expect(factsOf(factsWith({ shopAmounts: new Map([[0, 99]]) })).amountShopRank).toBeUndefined();
  expect(factsOf(factsWith({ shopAmounts: new Map([[0, 100]]) })).amountShopRank).toBe(1);
});
