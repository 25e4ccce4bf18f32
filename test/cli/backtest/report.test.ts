import { alertChartSvg, chartText, type AlertChart } from '../../../cli/backtest/report/alert-chart';
import { number, share } from '../../../cli/backtest/report/figures-text';
import { fitLines, scorecardCode } from '../../../cli/backtest/report/fit-text';
import { ruleText } from '../../../cli/backtest/report/rule-text';

const curve = [{ alerts: 0, caught: 0, threshold: Infinity }, { alerts: 10, caught: 5, threshold: 40 }, { alerts: 1_000, caught: 10, threshold: 0 }];
const CHART: AlertChart = {
  title: 'A <title>',
  comparison: { payments: 1_000, fraud: 10, ways: [{ name: 'rules', curve, caught: 5 }, { name: 'amount threshold', curve, caught: 5 }] },
  points: [{ name: 'rules', alerts: 10, caught: 5 }],
};

test('writes rules with their configuration, shortened', () => {
  expect(ruleText({ rule: 'velocity', score: 40, windowSeconds: 5_400, count: 3, by: undefined })).toBe('velocity window=1h 30m count=3');
  expect(ruleText({ rule: 'blocked', score: 40, countries: ['KP', 'IR'] })).toBe('blocked countries=KP,IR');
  expect(ruleText({ rule: 'blocked', score: 40, countries: ['KP', 'IR', 'CU', 'SY'] })).toBe('blocked countries=4 entries');
  expect(ruleText({ rule: 'scorecard', score: 0, facts: [{ fact: 'newCard', intervals: [] }] })).toBe('scorecard facts=1 entries');
  expect(ruleText({ rule: 'velocity', score: 40, windowSeconds: 86_400, total: { timesHigh: 3 } })).toBe('velocity window=1d total.timesHigh=3');
  expect(ruleText({ rule: 'velocity', score: 40, windowSeconds: 86_400, total: { amount: 1_000_000, currency: 'EUR' }, count: 1_000, by: 'customer' }))
    .toBe('velocity window=1d total.amount=1000000 total.currency=EUR …');
});

test('writes figures, and a dash for a missing one', () => {
  expect([number(1_234.56, 1), number(undefined), share(0.5), share(undefined)]).toEqual(['1,234.6', '–', '0.500', '–']);
});

test('writes a scorecard as code, with the points of unknown facts', () => {
  const code = scorecardCode({ version: 1, reviewScore: 40, blockScore: 70, facts: [{ fact: 'amountToHigh', intervals: [{ from: 2, points: 9 }], missing: 3 }] });

  expect(code).toContain('fraudBlockScore: 70,');
  expect(code).toContain('FraudRule.blocked({ score: 100 }),\n  FraudRule.allowed(),\n  FraudRule.scorecard({');
  expect(code).toContain('{ fact: FraudFact.AMOUNT_TO_HIGH, intervals: [{ minimum: 2, points: 9 }], missing: 3 },');
});

test('writes the result of a fit, with facts that have points only if they are not known', () => {
  const lines = fitLines({
    scorecard: { version: 1, reviewScore: 40, facts: [{ fact: 'customerAge', intervals: [], missing: 3 }, { fact: 'newCard', intervals: [{ from: 0, points: 1 }, { from: 1, points: 2 }] }] },
    splitAt: '2026-03-01T00:00:00.000Z',
    learned: { payments: 100, fraud: 30, alerts: 20 },
    checked: { payments: 50, fraud: 10, alerts: 1 },
    ownAlerts: { alerts: 9, caught: 7 },
    comparison: [{ name: 'scorecard', curve: [], caught: 1 }],
  });

  expect(lines[0]).toBe('Learned from 100 assessed payments before 2026-03-01, 30 of them fraud, for 20 alerts.');
  expect(lines.join('\n')).toMatch(/^customerAge +– +3$/m);
  expect(lines.join('\n')).toMatch(/^newCard +no: 1, yes: 2 +0$/m);
  expect(lines).toContain('With 1 alert each, in the later part:');
});

test('draws the curves up to four times the alerts, with axes in percent', () => {
  const svg = alertChartSvg({ ...CHART, points: [{ name: 'rules', alerts: 100, caught: 5 }] });

  expect(svg).toContain('A &#60;title&#62;');
  expect(svg).toMatch(/>40%<\/text>/);
  expect(svg).not.toMatch(/>50%<\/text>.*Share of assessed/s);
  expect(svg.match(/<path class="curve/g)).toHaveLength(2);
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain('Share of assessed fraud that is found');
  // A longer legend would not fit.
  expect(svg).toMatch(/>rules<\/text>/);
  expect(svg).toContain('A dot shows the result of the rules with their own review score.');
});

test('describes the chart in words', () => {
  expect(chartText(CHART)).toBe('rules: 50.0 % of the fraud with alerts about 1.0 % of the payments. With the same number of alerts: amount threshold 50.0 %.');
});
