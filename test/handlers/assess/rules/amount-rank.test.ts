import { amountStep } from '../../../../handlers/assess/rules/amount-counts';
import { amountRank } from '../../../../handlers/assess/rules/amount-rank';
import type { TransactionDetail } from '../../../../src/private/contract';
import { factsWith } from '../details';

const counts = (smaller: number, larger: number, own = 0) => new Map([
  [amountStep(100), smaller], [amountStep(12_345.67), own], [amountStep(1e6), larger],
]);

function reasonFor(shopAmounts: ReadonlyMap<number, number>, above = 0.95, detail: Partial<TransactionDetail> = {}) {
  return amountRank.evaluate({ rule: 'amount-rank', score: 1, above }, factsWith({ detail, shopAmounts }));
}

describe('amountRank', () => {
  test.each([
    ['at the share', counts(95, 5), undefined],
    ['over the share', counts(96, 4), 'amount 12,345.67 EUR is above 96 % of 100 payments of the shop, over 95 %'],
    ['above all', counts(1_234, 0), 'amount 12,345.67 EUR is above 100 % of 1,234 payments of the shop, over 95 %'],
    ['half of the payments of the same size count as smaller', counts(1_900, 0, 150), 'amount 12,345.67 EUR is above 96.34 % of 2,050 payments of the shop, over 95 %'],
    ['one payment too few', counts(99, 0), undefined],
    ['no payments', new Map(), undefined],
  ])('%s', (_, shopAmounts, expected) => {
    expect(reasonFor(shopAmounts)).toBe(expected);
  });

  test.each<[string, Partial<TransactionDetail>]>([
    ['a refund', { kind: 'refunded' }],
    ['no currency', { currency: 'XXX' }],
    ['no amount', { amount_minor: undefined }],
    ['an amount of zero', { amount_minor: '0' }],
  ])('does not apply to %s', (_, detail) => {
    expect(reasonFor(counts(1_000, 0), 0, detail)).toBeUndefined();
  });
});
