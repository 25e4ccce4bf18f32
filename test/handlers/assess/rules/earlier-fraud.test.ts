import { earlierFraud } from '../../../../handlers/assess/rules/earlier-fraud';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import type { EarlierFraudConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent } from '../details';

const CONFIG: EarlierFraudConfig = { rule: 'earlier-fraud', score: 1, windowSeconds: 86_400 };
const fraud = (secondsAgo: number, overrides: Partial<PastEvent> = {}) => pastEvent(secondsAgo, { label: 'fraud', ...overrides });

function reasonFor(history: PastEvent[], detail: Partial<TransactionDetail> = {}) {
  return earlierFraud.evaluate(CONFIG, factsWith({ history, detail }));
}

describe('earlierFraud', () => {
  test.each<[string, PastEvent[], string | undefined]>([
    ['no label', [pastEvent(10)], undefined],
    ['an honest payment', [pastEvent(10, { label: 'honest' })], undefined],
    ['a fraud', [fraud(10)], '1 earlier payment of the customer within 1 day labeled as fraud'],
    ['two frauds', [fraud(10), fraud(20)], '2 earlier payments of the customer within 1 day labeled as fraud'],
    ['two events of one fraud', [fraud(10), { ...fraud(20), transactionId: 'stripe:past_10' }], '1 earlier payment of the customer within 1 day labeled as fraud'],
    ['the label of the transaction itself', [fraud(10, { transactionId: 'stripe:pi_1' })], undefined],
    ['before the window', [fraud(86_401)], undefined],
  ])('%s', (_, history, expected) => {
    expect(reasonFor(history)).toBe(expected);
  });

  test('does not apply to an unknown customer', () => {
    expect(reasonFor([fraud(10)], { customer_id: undefined })).toBeUndefined();
  });

  test.each([
    ['card', 'cardEvents', 'with the card'], ['email', 'emailEvents', 'with the email address'],
  ] as const)('reads the labels of the %s', (by, part, text) => {
    const context = factsWith({ [part]: [fraud(10)], detail: { card_fingerprint: 'card', email_hash: 'hash' } });

    expect(earlierFraud.evaluate({ ...CONFIG, by }, context)).toBe(`1 earlier payment ${text} within 1 day labeled as fraud`);
    expect(earlierFraud.evaluate(CONFIG, context)).toBeUndefined();
    expect(needsOfRule({ ...CONFIG, by })).toEqual([part]);
  });
});
