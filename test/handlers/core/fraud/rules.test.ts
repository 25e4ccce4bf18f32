import { detailWith, pastEvents } from './details';
import { evaluate } from '../../../../handlers/core/fraud/rules';
import type { FraudRuleConfig } from '../../../../src/private/contract';

describe('evaluate', () => {
  test.each<[FraudRuleConfig, RegExp]>([
    [{ rule: 'amount-above', score: 1, amount: 10000 }, /^amount /],
    [{ rule: 'velocity', score: 1, count: 1, windowSeconds: 60 }, /^2 transactions /],
    [{ rule: 'blocked-countries', score: 1, countries: ['DE'] }, /^blocked country /],
    [{ rule: 'country-mismatch', score: 1 }, /^country /],
  ])('finds the evaluator of %j', (rule, reason) => {
    expect(evaluate(rule, { detail: detailWith(), history: pastEvents(10) })).toMatch(reason);
  });
});
