import { needsOf } from '../../../handlers/assess/needs';
import type { FraudRuleConfig } from '../../../src/private/contract';

const NOTHING = { historySeconds: 0, firstSeen: false, declinesSeconds: 0, blocklist: false };

function needs(...rules: FraudRuleConfig[]) {
  return needsOf({ tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules });
}

describe('needsOf', () => {
  test.each<[string, FraudRuleConfig[], object]>([
    ['no rules', [], NOTHING],
    ['amount-above', [{ rule: 'amount-above', score: 1, amount: 1 }], NOTHING],
    ['country-mismatch', [{ rule: 'country-mismatch', score: 1 }], NOTHING],
    ['outside-hours', [{ rule: 'outside-hours', score: 1, startHour: 8, endHour: 20, timeZone: 'UTC' }], NOTHING],
    ['velocity', [{ rule: 'velocity', score: 1, count: 3, windowSeconds: 60 }], { ...NOTHING, historySeconds: 60 }],
    ['amount-spike', [{ rule: 'amount-spike', score: 1, factor: 5, transactions: 3, windowSeconds: 61 }], { ...NOTHING, historySeconds: 61 }],
    ['duplicate-amount', [{ rule: 'duplicate-amount', score: 1, count: 3, windowSeconds: 62 }], { ...NOTHING, historySeconds: 62 }],
    ['new-customer-above', [{ rule: 'new-customer-above', score: 1, amount: 1, ageSeconds: 60 }], { ...NOTHING, firstSeen: true }],
    ['blocked', [{ rule: 'blocked', score: 1 }], { ...NOTHING, blocklist: true }],
    ['repeated-declines', [{ rule: 'repeated-declines', score: 1, count: 3, windowSeconds: 60 }], { ...NOTHING, declinesSeconds: 60 }],
  ])('%s', (_, rules, expected) => {
    expect(needs(...rules)).toEqual(expected);
  });

  test('uses the widest window, separately for declines', () => {
    expect(needs(
      { rule: 'velocity', score: 1, count: 3, windowSeconds: 60 },
      { rule: 'duplicate-amount', score: 1, count: 3, windowSeconds: 3600 },
      { rule: 'amount-spike', score: 1, factor: 5, transactions: 3, windowSeconds: 600 },
      { rule: 'repeated-declines', score: 1, count: 3, windowSeconds: 86400 },
      { rule: 'repeated-declines', score: 1, count: 10, windowSeconds: 600 },
    )).toEqual({ ...NOTHING, historySeconds: 3600, declinesSeconds: 86400 });
  });
});
