import { weighFindings, type NamedFinding } from '../../../../handlers/assess/rules/weigh-findings';

const allowed: NamedFinding = { name: 'allowed', reason: 'allowed customer stripe:cus_1 (staff)', points: 0 };
const blocked: NamedFinding = { name: 'blocked', reason: 'blocked country KP', points: 1 };
const amount: NamedFinding = { name: 'amount-above', reason: 'amount 1 EUR is over 0', points: 70 };

describe('weighFindings', () => {
  test('adds up the points', () => {
    expect(weighFindings([amount, blocked])).toEqual({ score: 71, reasons: ['amount 1 EUR is over 0 (+70)', 'blocked country KP (+1)'] });
    expect(weighFindings([])).toEqual({ score: 0, reasons: [] });
  });

  test('an entry of the allowlist removes all points, and is the first reason', () => {
    expect(weighFindings([amount, allowed])).toEqual({
      score: 0,
      reasons: ['allowed customer stripe:cus_1 (staff): the other rules (+70) do not count', 'amount 1 EUR is over 0 (+70)'],
    });
  });

  test('an entry of the blocklist wins over it, with any score', () => {
    expect(weighFindings([amount, allowed, blocked])).toEqual({
      score: 71,
      reasons: [
        'allowed customer stripe:cus_1 (staff): has no effect, because a blocked entry matches', 'amount 1 EUR is over 0 (+70)', 'blocked country KP (+1)',
      ],
    });
  });

  test('names an entry that two rules find once', () => {
    expect(weighFindings([allowed, allowed]).reasons).toEqual(['allowed customer stripe:cus_1 (staff): the other rules (+0) do not count']);
  });
});
