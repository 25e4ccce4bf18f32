import { FACT_NEEDS } from '../../../../handlers/assess/rules/fact-needs';
import { needsOfRule } from '../../../../handlers/assess/rules/rules';
import { scorecard } from '../../../../handlers/assess/rules/scorecard';
import type { FactName, ScorecardConfig } from '../../../../src/private/contract';
import { factsWith } from '../details';

const CONFIG: ScorecardConfig = {
  rule: 'scorecard',
  score: 38,
  facts: [
    { fact: 'amountToHigh', intervals: [{ from: 2, points: 10 }, { from: 5, points: 18 }, { from: 10, points: 0 }] },
    { fact: 'customerAge', intervals: [{ from: 0, points: 20 }, { from: 30, points: 0 }], missing: 5 },
  ],
};
const found = (facts: object) => scorecard.evaluate(CONFIG, factsWith({ facts }));

describe('scorecard', () => {
  test.each([
    ['below the first interval', 1.99, []],
    ['at the start of an interval', 2, [{ reason: 'amount 2 times the high threshold', points: 10 }]],
    ['just before the next one', 4.999, [{ reason: 'amount 5 times the high threshold', points: 10 }]],
    ['in the next one', 5.2, [{ reason: 'amount 5.2 times the high threshold', points: 18 }]],
    ['in an interval without points', 10, []],
  ])('%s', (_, amountToHigh, expected) => {
    expect(found({ amountToHigh, customerAge: 40 })).toEqual(expected);
  });

  test('has the same points if the intervals are in another order, as in a stored rule set', () => {
    const [amount] = CONFIG.facts;
    const reversed = { ...CONFIG, facts: [{ ...amount, intervals: [...amount.intervals].reverse() }] };

    expect(scorecard.evaluate(reversed, factsWith({ facts: { amountToHigh: 6 } }))).toEqual([{ reason: 'amount 6 times the high threshold', points: 18 }]);
  });

  test('has points for a fact that is not known, or no points', () => {
    expect(found({})).toEqual([{ reason: "not known: the time since the customer's first money movement", points: 5 }]);
  });

  test('has a reason for each fact with points', () => {
    expect(found({ amountToHigh: 6, customerAge: 0 })).toEqual([
      { reason: 'amount 6 times the high threshold', points: 18 }, { reason: 'customer not seen before', points: 20 },
    ]);
  });

  test('needs what its facts are computed from, each once', () => {
    expect(needsOfRule(CONFIG)).toEqual(['facts', 'firstSeenAt']);
    const facts = (Object.keys(FACT_NEEDS) as FactName[]).map((fact) => ({ fact, intervals: [] }));

    expect(needsOfRule({ ...CONFIG, facts })).toEqual([
      'facts', 'shopAmounts', 'history', 'firstSeenAt', 'declines', 'cardEvents', 'emailEvents',
    ]);
  });
});
