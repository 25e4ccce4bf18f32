import { factsWith, pastEvents } from './details';
import { applyRules } from '../../../handlers/assess/apply-rules';
import { ruleSetOf } from '../../../handlers/assess/rule-set';
import type { FraudConfig, FraudRuleConfig } from '../../../src/private/contract';

const RULES: FraudRuleConfig[] = [
  { rule: 'amount-above', score: 40, amount: 10000 },
  { rule: 'velocity', score: 30, count: 2, windowSeconds: 600 },
  { rule: 'blocked', score: 100, countries: ['KP'] },
  { rule: 'country-mismatch', score: 25 },
];
const CONFIG: FraudConfig = { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules: RULES };

describe('applyRules', () => {
  test('adds up the scores of the rules that fire and lists the reasons in the order of the rules', () => {
    const facts = factsWith({ history: pastEvents(1, 2) });

    expect(applyRules(facts, CONFIG)).toMatchObject({
      result: {
        verdict: 'block',
        score: 95,
        reasons: [
          'amount 12,345.67 EUR is over 10,000 (+40)',
          '3 transactions of the customer within 10 minutes, over 2 (+30)',
          'country DE differs from the card\'s country FR (+25)',
        ],
        rule_set: ruleSetOf(CONFIG).version,
      },
      fired: ['amount-above', 'velocity', 'country-mismatch'],
    });
    expect(applyRules(facts, { ...CONFIG, rules: [...RULES].reverse() }).fired).toEqual(['country-mismatch', 'velocity', 'amount-above']);
  });

  test('approves if no rule fires', () => {
    const harmless = factsWith({ detail: { amount_minor: '100', card_country: 'DE' } });

    expect(applyRules(harmless, CONFIG)).toEqual({
      result: { verdict: 'approve', score: 0, reasons: [], rule_set: ruleSetOf(CONFIG).version },
      fired: [],
      ruleSet: ruleSetOf(CONFIG),
    });
  });

  test('approves everything if there are no rules', () => {
    expect(applyRules(factsWith(), { ...CONFIG, rules: [] }).result).toMatchObject({ verdict: 'approve', score: 0, reasons: [] });
  });

  test('approves what an entry of the allowlist matches, and shows what it let pass', () => {
    const rules: FraudRuleConfig[] = [...RULES, { rule: 'allowed', score: 0 }];

    expect(applyRules(factsWith({ allowed: [{ kind: 'customer', value: 'stripe:cus_1', reason: 'our own office' }] }), { ...CONFIG, rules })).toMatchObject({
      result: {
        verdict: 'approve',
        score: 0,
        reasons: [
          'allowed customer stripe:cus_1 (our own office): the other rules (+65) do not count',
          'amount 12,345.67 EUR is over 10,000 (+40)',
          'country DE differs from the card\'s country FR (+25)',
        ],
      },
      fired: ['amount-above', 'country-mismatch', 'allowed'],
    });
  });

  test('computes the facts for a scorecard', () => {
    const rules: FraudRuleConfig[] = [{ rule: 'scorecard', score: 45, facts: [{ fact: 'amountToHigh', intervals: [{ from: 1, points: 45 }] }] }];

    expect(applyRules(factsWith(), { ...CONFIG, rules }).result).toMatchObject({ verdict: 'review', score: 45, reasons: ['amount 1.23 times the high threshold (+45)'] });
  });

  test('names a rule once if several of its forms fire, and adds each score', () => {
    const rules: FraudRuleConfig[] = [{ rule: 'amount-above', score: 10, amount: 1 }, { rule: 'amount-above', score: 20, amount: 10000 }];

    expect(applyRules(factsWith(), { ...CONFIG, rules })).toMatchObject({ result: { score: 30 }, fired: ['amount-above'] });
  });

  test.each([[39, 'approve'], [40, 'review'], [79, 'review'], [80, 'block']])('a score of %i: %s', (score, verdict) => {
    const rules: FraudRuleConfig[] = [{ rule: 'country-mismatch', score }];

    expect(applyRules(factsWith(), { ...CONFIG, rules }).result.verdict).toBe(verdict);
  });
});
