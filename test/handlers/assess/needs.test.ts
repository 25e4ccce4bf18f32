import { needsOf } from '../../../handlers/assess/needs';
import { defineRule } from '../../../handlers/assess/rules/rule';
import type { Need } from '../../../handlers/assess/rules/rule-context';
import { RULES } from '../../../handlers/assess/rules/rules';
import type { FraudRuleConfig, VelocityConfig } from '../../../src/private/contract';

function needs(...rules: FraudRuleConfig[]): Need[] {
  return [...needsOf(rules)];
}

describe('needsOf', () => {
  test.each<[string, FraudRuleConfig[], Need[]]>([
    ['no rules', [], []],
    ['amount-above', [{ rule: 'amount-above', score: 1, amount: 1 }], []],
    ['country-mismatch', [{ rule: 'country-mismatch', score: 1 }], []],
    ['outside-hours', [{ rule: 'outside-hours', score: 1, startHour: 8, endHour: 20, timeZone: 'UTC' }], []],
    ['velocity', [{ rule: 'velocity', score: 1, count: 3, windowSeconds: 60 }], ['history']],
    ['amount-spike', [{ rule: 'amount-spike', score: 1, factor: 5, transactions: 3, windowSeconds: 61 }], ['history']],
    ['duplicate-amount', [{ rule: 'duplicate-amount', score: 1, count: 3, windowSeconds: 62 }], ['history']],
    ['new-customer-above', [{ rule: 'new-customer-above', score: 1, amount: 1, ageSeconds: 60 }], ['firstSeenAt']],
    ['blocked', [{ rule: 'blocked', score: 1 }], ['blocked']],
    ['repeated-declines', [{ rule: 'repeated-declines', score: 1, count: 3, windowSeconds: 60 }], ['declines']],
  ])('%s', (_, rules, expected) => {
    expect(needs(...rules)).toEqual(expected);
  });

  test('names each part once', () => {
    expect(needs(
      { rule: 'velocity', score: 1, count: 3, windowSeconds: 60 },
      { rule: 'duplicate-amount', score: 1, count: 3, windowSeconds: 3600 },
      { rule: 'repeated-declines', score: 1, count: 3, windowSeconds: 86400 },
    )).toEqual(['history', 'declines']);
  });

  test('follows the configuration of a rule whose needs depend on it', () => {
    const original = RULES.velocity;
    const bySubject = defineRule({ ...original, needs: ({ by }: VelocityConfig) => by === 'card' ? ['cardEvents'] : ['history'] });
    jest.replaceProperty(RULES, 'velocity', bySubject as typeof original);

    expect(needs({ rule: 'velocity', score: 1, count: 3, windowSeconds: 60, by: 'card' })).toEqual(['cardEvents']);
    expect(needs({ rule: 'velocity', score: 1, count: 3, windowSeconds: 60 })).toEqual(['history']);
    jest.restoreAllMocks();
  });

  test('includes what every fact needs if a function of the user gets them', () => {
    expect(needs({ rule: 'scored-by', score: 1, functionArn: 'arn:a', timeoutMillis: 100, onFailure: 0 }).sort())
      .toEqual(['cardEvents', 'declines', 'emailEvents', 'firstSeenAt', 'history', 'scores', 'shopAmounts']);
  });
});
