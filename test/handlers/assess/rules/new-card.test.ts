import { newCard } from '../../../../handlers/assess/rules/new-card';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import type { TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent } from '../details';

const paid = (secondsAgo: number, card: Partial<PastEvent>) => pastEvent(secondsAgo, card);

function reasonFor(history: PastEvent[], detail: Partial<TransactionDetail> = { card_fingerprint: 'new', card_bin: '411111' }, payments = 2) {
  return newCard.evaluate({ rule: 'new-card', score: 1, payments }, factsWith({ history, detail }));
}

describe('newCard', () => {
  const NEW = 'new card: the customer has 2 earlier payments with other cards, at least 2';
  const twice = (card: Partial<PastEvent>) => [paid(10, card), paid(20, card)];

  test.each<[string, PastEvent[], string | undefined]>([
    ['another fingerprint', twice({ cardFingerprint: 'old' }), NEW],
    ['another fingerprint with the same digits', twice({ cardFingerprint: 'old', cardBin: '411111' }), NEW],
    ['other digits, without a fingerprint', twice({ cardBin: '555555' }), NEW],
    ['a known fingerprint', [paid(10, { cardFingerprint: 'old' }), paid(20, { cardFingerprint: 'new' })], undefined],
    ['the same digits, without a fingerprint', [paid(10, { cardFingerprint: 'old' }), paid(20, { cardBin: '411111' })], undefined],
    ['too few payments by card', [paid(10, { cardFingerprint: 'old' }), paid(20, {})], undefined],
    ['two events of one payment', [paid(10, { cardFingerprint: 'old' }), { ...paid(20, { cardFingerprint: 'old' }), transactionId: 'stripe:past_10' }], undefined],
    ['an earlier refund', [paid(10, { cardFingerprint: 'old' }), paid(20, { cardFingerprint: 'old', kind: 'refunded' })], undefined],
    ['no earlier payment', [], undefined],
  ])('%s', (_, history, expected) => {
    expect(reasonFor(history)).toBe(expected);
  });

  test('does not count the payment itself', () => {
    expect(reasonFor([...twice({ cardFingerprint: 'old' }), paid(0, { transactionId: 'stripe:pi_1', cardFingerprint: 'new' })])).toBe(NEW);
  });

  test.each<[string, Partial<TransactionDetail>]>([
    ['a card that cannot be compared', { card_fingerprint: 'new' }],
    ['a payment without a card', {}],
    ['an unknown customer', { customer_id: undefined, card_bin: '411111' }],
  ])('does not apply to %s', (_, detail) => {
    expect(reasonFor(twice({ cardBin: '555555' }), detail)).toBeUndefined();
  });
});
