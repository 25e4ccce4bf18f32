import { distinctCards } from '../../../../handlers/assess/rules/distinct-cards';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import type { DistinctCardsConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent, timeAgo } from '../details';

const CONFIG: DistinctCardsConfig = { rule: 'distinct-cards', score: 1, count: 2, windowSeconds: 3_600 };
const cards = (...names: string[]) => names.map((cardFingerprint, index) => pastEvent(10 * (index + 1), { cardFingerprint }));
const declined = (cardFingerprint: string, secondsAgo = 10) => ({ transactionId: `stripe:declined_${cardFingerprint}`, occurredAt: timeAgo(secondsAgo), cardFingerprint });

describe('distinctCards of a customer', () => {
  const reasonFor = (history: PastEvent[], declines: ReturnType<typeof declined>[] = [], detail: Partial<TransactionDetail> = { card_fingerprint: 'own' }) => (
    distinctCards.evaluate(CONFIG, factsWith({ history, declines, detail }))
  );

  test.each<[string, PastEvent[], ReturnType<typeof declined>[], string | undefined]>([
    ['at the limit', cards('a'), [], undefined],
    ['over the limit', cards('a', 'b'), [], '3 cards of the customer within 1 hour, over 2'],
    ['with the present card again', cards('a', 'own'), [], undefined],
    ['with declined payments', cards('a'), [declined('b'), declined('c')], '4 cards of the customer within 1 hour, over 2'],
    ['before the window', [pastEvent(3_601, { cardFingerprint: 'a' })], [declined('b', 3_601), declined('c')], undefined],
  ])('%s', (_, history, declines, expected) => {
    expect(reasonFor(history, declines)).toBe(expected);
  });

  test('counts earlier cards if the payment has no card', () => {
    expect(reasonFor(cards('a', 'b', 'c'), [], {})).toBe('3 cards of the customer within 1 hour, over 2');
  });

  test('does not apply to an unknown customer', () => {
    expect(reasonFor(cards('a', 'b', 'c'), [declined('d')], { customer_id: undefined })).toBeUndefined();
  });

  test('reads the history and the declined payments', () => {
    expect(needsOfRule(CONFIG)).toEqual(['history', 'declines']);
  });
});

describe('distinctCards of an email address', () => {
  const BY_EMAIL: DistinctCardsConfig = { ...CONFIG, by: 'email' };
  const reasonFor = (emailEvents: PastEvent[], detail: Partial<TransactionDetail> = { card_fingerprint: 'own', email_hash: 'hash' }) => (
    distinctCards.evaluate(BY_EMAIL, factsWith({ emailEvents, declines: [declined('x'), declined('y')], detail }))
  );

  test('counts the cards with the address, also in declined payments', () => {
    expect(reasonFor([...cards('a'), pastEvent(5, { cardFingerprint: 'b', declined: true, kind: 'failed' })])).toBe('3 cards with the email address within 1 hour, over 2');
  });

  test('does not count cards at other providers, where the same card has another fingerprint', () => {
    expect(reasonFor([...cards('a'), pastEvent(5, { cardFingerprint: 'b', transactionId: 'adyen:psp_1' })])).toBeUndefined();
  });

  test('does not apply without an address', () => {
    expect(reasonFor(cards('a', 'b', 'c'), { card_fingerprint: 'own' })).toBeUndefined();
  });

  test('reads the events with the address', () => {
    expect(needsOfRule(BY_EMAIL)).toEqual(['emailEvents']);
  });
});
