import { countedStep } from '../../../../handlers/assess/rules/counted-step';
import type { TransactionDetail } from '../../../../src/private/contract';
import { detailWith } from '../details';

test('a payment of the high tier counts on the step of its amount', () => {
  expect(countedStep(detailWith())).toBe(81);
  expect(countedStep(detailWith({ kind: 'authorized', amount: 10_000 }))).toBe(80);
});

test.each<[string, Partial<TransactionDetail>]>([
  ['of the medium tier', { tier: 'medium' }],
  ['that is a refund', { kind: 'refunded' }],
  ['that is a payout', { kind: 'paid-out' }],
  ['without a currency', { currency: 'XXX' }],
  ['without an amount', { amount: undefined }],
  ['of zero', { amount: 0 }],
])('a transaction %s does not count', (_, overrides) => {
  expect(countedStep(detailWith(overrides))).toBeUndefined();
});
