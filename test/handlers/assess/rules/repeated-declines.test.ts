import { repeatedDeclines } from '../../../../handlers/assess/rules/repeated-declines';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import type { RepeatedDeclinesConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent, timeAgo } from '../details';

type Declined = readonly [transactionId: string, secondsAgo: number];

function reasonFor(declined: readonly Declined[], count = 3, detail: Partial<TransactionDetail> = {}) {
  const declines = declined.map(([transactionId, secondsAgo]) => ({ transactionId, occurredAt: timeAgo(secondsAgo) }));
  return repeatedDeclines.evaluate({ rule: 'repeated-declines', score: 1, count, windowSeconds: 3600 }, factsWith({ detail, declines }));
}

/** Declines of a different transaction each. */
const each = (...secondsAgo: number[]): Declined[] => secondsAgo.map((seconds, index) => [`pi_${index}`, seconds]);
/** Declines of one transaction. */
const ofOne = (...secondsAgo: number[]): Declined[] => secondsAgo.map((seconds) => ['pi', seconds]);

describe('repeatedDeclines', () => {
  test.each<[string, readonly Declined[], number | undefined]>([
    ['none', [], undefined],
    ['under the limit', each(10, 20), undefined],
    ['at the limit', each(10, 20, 30), 3],
    ['over the limit', each(10, 20, 30, 40), 4],
    ['the window\'s first moment', each(10, 20, 3600), 3],
    ['the moment before the window', each(10, 20, 3600.001), undefined],
    ['after the transaction, before it was received', each(10, 20, -7), 3],
    ['after it was received', each(10, 20, -7.09), undefined],
    ['cards that are tested in parallel, in one second', each(10, 10, 10), 3],
    ['three tries of one transaction', ofOne(10, 20, 30), 3],
    ['three events of one try', ofOne(10, 9, 10.5), undefined],
    ['events of two tries', ofOne(20, 19.5, 18, 10, 9), undefined],
    ['two tries with a third one at three seconds', ofOne(20, 10, 7), 3],
  ])('%s', (_, declined, expected) => {
    expect(reasonFor(declined)).toBe(expected && `${expected} declined payments of the customer within 1 hour, at least 3`);
  });

  test('finds a single one', () => {
    expect(reasonFor(each(10), 1)).toBe('1 declined payment of the customer within 1 hour, at least 1');
  });

  test('does not fire without a customer', () => {
    expect(reasonFor(each(10, 20, 30), 3, { customer_id: undefined })).toBeUndefined();
  });

  test('is not silenced by many events in one second', () => {
    const flood = Array.from({ length: 150 }, (): Declined => ['flooded', 5]);

    expect(reasonFor([...flood, ...each(10, 20)])).toBe('3 declined payments of the customer within 1 hour, at least 3');
  });
});

describe('repeatedDeclines with a card and an email address', () => {
  const events = [pastEvent(10, { declined: true }), pastEvent(20, { declined: true, customer: 'stripe:other' }), pastEvent(30)];

  test.each([
    ['card', 'cardEvents', 'with the card'], ['email', 'emailEvents', 'with the email address'],
  ] as const)('%s: counts the declined payments of all customers', (by, part, text) => {
    const rule: RepeatedDeclinesConfig = { rule: 'repeated-declines', score: 1, count: 2, windowSeconds: 3_600, by };
    const detail = { card_fingerprint: 'card', email_hash: 'hash' };

    expect(repeatedDeclines.evaluate(rule, factsWith({ detail, [part]: events }))).toBe(`2 declined payments ${text} within 1 hour, at least 2`);
    expect(repeatedDeclines.evaluate({ ...rule, count: 3 }, factsWith({ detail, [part]: events }))).toBeUndefined();
    expect(repeatedDeclines.evaluate(rule, factsWith({ [part]: events }))).toBeUndefined();
    expect(needsOfRule(rule)).toEqual([part]);
  });

  test("reads the customer's declined payments by default", () => {
    expect(needsOfRule({ rule: 'repeated-declines', score: 1, count: 2, windowSeconds: 3_600 })).toEqual(['declines']);
  });
});
