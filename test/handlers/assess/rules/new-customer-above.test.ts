import { newCustomerAbove } from '../../../../handlers/assess/rules/new-customer-above';
import type { NewCustomerAboveConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, timeAgo } from '../details';

function reasonFor(firstSeenAt: string | undefined, detail: Partial<TransactionDetail> = {}, limit: Partial<NewCustomerAboveConfig> = {}) {
  return newCustomerAbove.evaluate(
    { rule: 'new-customer-above', score: 1, amount: 10000, ageSeconds: 86400, ...limit },
    factsWith({ detail, firstSeenAt }),
  );
}

describe('newCustomerAbove', () => {
  const NEW = 'amount 12,345.67 EUR is over 10,000 and the customer was not seen before (new for 1 day)';

  test.each([
    ['a customer without a past', undefined, NEW],
    ['one whose oldest event is the present one', timeAgo(0), NEW],
    ['one whose oldest event was overtaken by the present one', timeAgo(-60), NEW],
    ['a young one', timeAgo(3600.5), 'amount 12,345.67 EUR is over 10,000 and the customer was first seen 1 hour before (new for 1 day)'],
    ['just under the age', timeAgo(86399.999), 'amount 12,345.67 EUR is over 10,000 and the customer was first seen 23 hours before (new for 1 day)'],
    ['at the age', timeAgo(86400), undefined],
    ['over the age', timeAgo(86401), undefined],
  ])('%s', (_, firstSeenAt, expected) => {
    expect(reasonFor(firstSeenAt)).toBe(expected);
  });

  test.each([
    ['under the amount', 12345.68, undefined],
    ['at the amount', 12345.67, undefined],
    ['over the amount', 12345.66, 'amount 12,345.67 EUR is over 12,345.66 and the customer was not seen before (new for 1 day)'],
  ])('%s', (_, amount, expected) => {
    expect(reasonFor(undefined, {}, { amount })).toBe(expected);
  });

  test('compares with a multiple of the high threshold', () => {
    expect(reasonFor(undefined, {}, { amount: undefined, timesHigh: 1.2 })).toBe('amount 12,345.67 EUR is over 1.2 times the high threshold 10,000 and the customer was not seen before (new for 1 day)');
    expect(reasonFor(undefined, {}, { amount: undefined, timesHigh: 1.3 })).toBeUndefined();
  });

  test('checks only its currency if it has one', () => {
    expect(reasonFor(undefined, {}, { currency: 'EUR' })).toBe(NEW);
    expect(reasonFor(undefined, {}, { currency: 'USD' })).toBeUndefined();
  });

  test('is named in the error if its amount cannot be compared', () => {
    expect(() => reasonFor(undefined, {}, { amount: 1e21 })).toThrow('the rule new-customer-above has a number that cannot be compared exactly: 1e+21');
  });

  test('does not treat a missing customer as new', () => {
    expect(reasonFor(undefined, { customer_id: undefined })).toBeUndefined();
  });

  test('does not fire without an amount', () => {
    expect(reasonFor(undefined, { amount_minor: undefined, exponent: undefined })).toBeUndefined();
  });
});
