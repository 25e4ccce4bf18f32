import { factsWith, timeAgo } from './details';
import { repeatedDeclines } from '../../../../handlers/core/fraud/repeated-declines';
import type { TransactionDetail } from '../../../../src/private/contract';

function reasonFor(secondsAgo: number[], detail: Partial<TransactionDetail> = {}) {
  return repeatedDeclines({ rule: 'repeated-declines', score: 1, count: 3, windowSeconds: 3600 }, factsWith({ detail, declines: secondsAgo.map(timeAgo) }));
}

describe('repeatedDeclines', () => {
  test.each([
    ['none', [], undefined],
    ['under the limit', [10, 20], undefined],
    ['at the limit', [10, 20, 30], '3 declined payments of the customer within 1 hour, at least 3'],
    ['over the limit', [10, 20, 30, 40], '4 declined payments of the customer within 1 hour, at least 3'],
    ['the window\'s first moment', [10, 20, 3600], '3 declined payments of the customer within 1 hour, at least 3'],
    ['the moment before the window', [10, 20, 3600.001], undefined],
    ['the moment after the transaction', [10, 20, -0.001], undefined],
    ['several events of one second', [10, 10, 9.25, 20], undefined],
    ['events of neighbouring seconds', [10, 11, 12], '3 declined payments of the customer within 1 hour, at least 3'],
  ])('%s', (_, secondsAgo, expected) => {
    expect(reasonFor(secondsAgo)).toBe(expected);
  });

  test('counts the transaction itself where it is declined, once, whether or not the index shows it yet', () => {
    expect(reasonFor([10, 20], { kind: 'failed' })).toBe('3 declined payments of the customer within 1 hour, at least 3');
    expect(reasonFor([0, 10, 20], { kind: 'failed' })).toBe('3 declined payments of the customer within 1 hour, at least 3');
    expect(reasonFor([0, 10], { kind: 'failed' })).toBeUndefined();
  });

  test('has nothing to say without a customer', () => {
    expect(reasonFor([10, 20, 30], { customer_id: undefined })).toBeUndefined();
  });
});
