import { distinctCustomers } from '../../../../handlers/assess/rules/distinct-customers';
import type { PastEvent } from '../../../../handlers/assess/rules/rule-context';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import type { DistinctCustomersConfig, TransactionDetail } from '../../../../src/private/contract';
import { factsWith, pastEvent } from '../details';

const CONFIG: DistinctCustomersConfig = { rule: 'distinct-customers', score: 1, count: 2, windowSeconds: 3_600 };
const customers = (...names: Array<string | undefined>) => names.map((customer, index) => pastEvent(10 * (index + 1), { customer }));

describe('distinctCustomers', () => {
  const reasonFor = (cardEvents: PastEvent[], detail: Partial<TransactionDetail> = { card_fingerprint: 'card' }) => (
    distinctCustomers.evaluate(CONFIG, factsWith({ cardEvents, detail }))
  );

  test.each<[string, PastEvent[], string | undefined]>([
    ['at the limit', customers('stripe:a'), undefined],
    ['over the limit', customers('stripe:a', 'stripe:b'), '3 customers with the card within 1 hour, over 2'],
    ['the present customer again', customers('stripe:a', 'stripe:cus_1'), undefined],
    ['an unknown customer', customers('stripe:a', undefined), undefined],
    ['a declined payment', [...customers('stripe:a'), pastEvent(1, { customer: 'stripe:b', declined: true })], '3 customers with the card within 1 hour, over 2'],
    ['before the window', [...customers('stripe:a'), pastEvent(3_601, { customer: 'stripe:b' })], undefined],
    ['another provider', [...customers('stripe:a'), pastEvent(1, { customer: 'adyen:b', transactionId: 'adyen:psp' })], undefined],
  ])('%s', (_, events, expected) => {
    expect(reasonFor(events)).toBe(expected);
  });

  test('does not apply without a fingerprint of the card', () => {
    expect(reasonFor(customers('stripe:a', 'stripe:b', 'stripe:c'), {})).toBeUndefined();
  });

  test('counts the customers with an email address', () => {
    const byEmail: DistinctCustomersConfig = { ...CONFIG, by: 'email' };

    expect(distinctCustomers.evaluate(byEmail, factsWith({ emailEvents: customers('stripe:a', 'stripe:b'), detail: { email_hash: 'hash' } })))
      .toBe('3 customers with the email address within 1 hour, over 2');
    expect([CONFIG, byEmail].map(needsOfRule)).toEqual([['cardEvents'], ['emailEvents']]);
  });
});
