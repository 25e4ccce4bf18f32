import { detailWith, pastEvents } from './details';
import type { PastEvent } from '../../../../handlers/core/fraud/subject';
import { velocity } from '../../../../handlers/core/fraud/velocity';

function reasonFor(history: PastEvent[], detail: Parameters<typeof detailWith>[0] = {}) {
  return velocity({ rule: 'velocity', score: 1, count: 3, windowSeconds: 3600 }, { detail: detailWith(detail), history });
}

describe('velocity', () => {
  test('fires on more transactions than allowed, this one included', () => {
    expect(reasonFor(pastEvents(10, 20))).toBeUndefined();
    expect(reasonFor(pastEvents(10, 20, 30))).toBe('4 transactions of the customer within 3600 s, over 3');
  });

  test('counts the window\'s first moment, not the one before it', () => {
    expect(reasonFor(pastEvents(10, 20, 3600))).toBeDefined();
    expect(reasonFor(pastEvents(10, 20, 3600.001))).toBeUndefined();
  });

  test('does not count what came after the transaction', () => {
    expect(reasonFor(pastEvents(10, 20, 0))).toBeDefined();
    expect(reasonFor(pastEvents(10, 20, -1))).toBeUndefined();
  });

  test('counts a transaction once, however many events it has, itself among them', () => {
    const [first, second, third] = pastEvents(10, 20, 30);
    const own = { ...third, transactionId: detailWith().transaction_id };

    expect(reasonFor([first, second, { ...third, transactionId: second.transactionId }, own])).toBeUndefined();
  });

  test('counts routed events only', () => {
    const [first, second, third] = pastEvents(10, 20, 30);

    expect(reasonFor([first, second, { ...third, routed: false }])).toBeUndefined();
  });

  test('has nothing to say without a customer', () => {
    expect(reasonFor(pastEvents(10, 20, 30), { customer_id: undefined })).toBeUndefined();
  });
});
