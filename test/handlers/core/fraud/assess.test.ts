import * as fc from 'fast-check';
import { detailWith, pastEvents } from './details';
import { assess, historySeconds } from '../../../../handlers/core/fraud/assess';
import type { FraudConfig, FraudRuleConfig } from '../../../../src/private/contract';

const RULES: FraudRuleConfig[] = [
  { rule: 'amount-above', score: 40, amount: 10000 },
  { rule: 'velocity', score: 30, count: 2, windowSeconds: 600 },
  { rule: 'blocked-countries', score: 100, countries: ['KP'] },
  { rule: 'country-mismatch', score: 25 },
];
const CONFIG: FraudConfig = { review: 40, block: 80, rules: RULES };

const anyRule: fc.Arbitrary<FraudRuleConfig> = fc.oneof(
  fc.record({ rule: fc.constant('amount-above' as const), score: fc.nat(100), amount: fc.nat(20000) }),
  fc.record({ rule: fc.constant('velocity' as const), score: fc.nat(100), count: fc.integer({ min: 1, max: 5 }), windowSeconds: fc.integer({ min: 1, max: 7200 }) }),
  fc.record({ rule: fc.constant('blocked-countries' as const), score: fc.nat(100), countries: fc.subarray(['DE', 'FR', 'KP']) }),
  fc.record({ rule: fc.constant('country-mismatch' as const), score: fc.nat(100) }),
);

describe('assess', () => {
  test('adds up the scores of the rules that fire and gives each reason', () => {
    expect(assess(detailWith(), pastEvents(1, 2), CONFIG)).toEqual({
      verdict: 'block',
      score: 95,
      reasons: [
        'amount 12345.67 EUR is over 10000 (+40)',
        '3 transactions of the customer within 600 s, over 2 (+30)',
        'country DE differs from the card\'s country FR (+25)',
      ],
    });
  });

  test('approves what no rule objects to', () => {
    const harmless = detailWith({ amount_minor: '100', card_country: 'DE' });

    expect(assess(harmless, [], CONFIG)).toEqual({ verdict: 'approve', score: 0, reasons: [] });
  });

  test.each([[39, 'approve'], [40, 'review'], [79, 'review'], [80, 'block']])('a score of %i: %s', (score, verdict) => {
    const rules: FraudRuleConfig[] = [{ rule: 'country-mismatch', score }];

    expect(assess(detailWith(), [], { ...CONFIG, rules }).verdict).toBe(verdict);
  });

  test('comes to the same in any order of the rules', () => {
    const ordered = fc.array(anyRule, { maxLength: 8 }).chain((rules) => fc.tuple(
      fc.constant(rules),
      fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
    ));
    fc.assert(fc.property(ordered, ([rules, shuffled]) => {
      const history = pastEvents(1, 60, 1800);

      const first = assess(detailWith(), history, { ...CONFIG, rules });
      const second = assess(detailWith(), history, { ...CONFIG, rules: shuffled });

      expect({ ...second, reasons: [...second.reasons].sort() }).toEqual({ ...first, reasons: [...first.reasons].sort() });
    }));
  });

  test('never falls with a further rule, a higher amount or a longer history', () => {
    const rank = { approve: 0, review: 1, block: 2 };
    const shape = fc.record({
      rules: fc.array(anyRule, { maxLength: 8 }),
      rule: anyRule,
      minor: fc.nat(3_000_000),
      more: fc.nat(3_000_000),
      events: fc.nat(6),
    });
    fc.assert(fc.property(shape, ({ rules, rule, minor, more, events }) => {
      const history = pastEvents(...Array.from({ length: events }, (_, index) => index * 300));
      const before = assess(detailWith({ amount_minor: String(minor) }), history.slice(1), { ...CONFIG, rules });
      const after = assess(detailWith({ amount_minor: String(minor + more) }), history, { ...CONFIG, rules: [...rules, rule] });

      expect(after.score).toBeGreaterThanOrEqual(before.score);
      expect(rank[after.verdict]).toBeGreaterThanOrEqual(rank[before.verdict]);
    }));
  });
});

describe('historySeconds', () => {
  test('is the longest window, and 0 where no rule has one', () => {
    expect(historySeconds({ ...CONFIG, rules: [...RULES, { rule: 'velocity', score: 1, count: 9, windowSeconds: 86400 }] })).toBe(86400);
    expect(historySeconds({ ...CONFIG, rules: [{ rule: 'country-mismatch', score: 1 }] })).toBe(0);
    expect(historySeconds({ ...CONFIG, rules: [] })).toBe(0);
  });
});
