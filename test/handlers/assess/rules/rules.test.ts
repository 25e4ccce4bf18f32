import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RULES, evaluate } from '../../../../handlers/assess/rules/rules';
import type { FraudRuleConfig } from '../../../../src/private/contract';
import { factsWith, pastEvents, timeAgo } from '../details';

test.each(Object.keys(RULES))('the rule %s has a test file with its name', (name) => {
  expect(existsSync(join(__dirname, `${name}.test.ts`))).toBe(true);
});

describe('evaluate', () => {
  test.each<[FraudRuleConfig, RegExp]>([
    [{ rule: 'amount-above', score: 1, amount: 10000 }, /^amount .* is over 10,000$/],
    [{ rule: 'velocity', score: 1, count: 1, windowSeconds: 60 }, /^2 transactions /],
    [{ rule: 'amount-spike', score: 1, factor: 2, transactions: 1, windowSeconds: 60 }, /^amount .* times the median /],
    [{ rule: 'blocked', score: 1, countries: ['DE'] }, /^blocked country /],
    [{ rule: 'country-mismatch', score: 1 }, /^country /],
    [{ rule: 'repeated-declines', score: 1, count: 1, windowSeconds: 60 }, /^1 declined payment of /],
    [{ rule: 'new-customer-above', score: 1, amount: 10000, ageSeconds: 60 }, /^amount .* not seen before$/],
    [{ rule: 'outside-hours', score: 1, startHour: 8, endHour: 20, timeZone: 'UTC' }, /^05:06 in UTC /],
    [{ rule: 'duplicate-amount', score: 1, count: 1, windowSeconds: 60 }, /^1 transactions of /],
  ])('finds the evaluator of %j', (rule, reason) => {
    expect(evaluate(rule, factsWith({ history: pastEvents(10), declines: [{ transactionId: 'stripe:pi_0', occurredAt: timeAgo(5) }] }))).toMatch(reason);
  });

  test('rejects an unknown rule', () => {
    const rule = { rule: 'phase-of-the-moon', score: 1 } as unknown as FraudRuleConfig;

    expect(() => evaluate(rule, factsWith())).toThrow(new TypeError('the rule phase-of-the-moon is unknown to this version of the fraud detector'));
  });
});
