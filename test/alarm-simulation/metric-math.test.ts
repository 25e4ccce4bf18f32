import { evaluateMath, type Series } from './metric-math';

const _ = undefined;

function evaluated(expression: string, series: { readonly [id: string]: Series }): Series {
  return evaluateMath(expression, (id) => series[id]);
}

// The tables are published in https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
describe('the published results of operators', () => {
  const series = { metric1: [30, 20, 0, 0], metric2: [20, _, 20, _] };

  test.each<[string, Series]>([
    ['(metric1 < metric2)', [0, 0, 1, 0]],
    ['(metric1 >= 30)', [1, 0, 0, 0]],
    ['(metric1 > 15 AND metric2 > 15)', [1, 0, 0, 0]],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression, series)).toEqual(expected);
  });
});

describe('the published results of IF', () => {
  const series = { metric1: [1, 1, 0, 0, _], metric2: [30, _, 0, 0, 30], metric3: [0, 0, 20, _, 20] };

  test.each<[string, Series]>([
    ['IF(metric1, metric2, metric3)', [30, 0, 20, _, _]],
    ['IF(metric1, 5, metric3)', [5, 5, 20, _, _]],
    ['IF(metric1, metric2, 5)', [30, 0, 5, 5, _]],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression, series)).toEqual(expected);
  });
});

describe('metric math', () => {
  test.each<[string, Series]>([
    ['FILL(m, 0)', [0, 2, 0]],
    ['FILL(none, 0) + FILL(m, 1)', [1, 2, 1]],
    // Missing values are treated as 0. Without any value there is no datapoint.
    ['m + other', [_, 3, 4]],
    ['none + none', [_, _, _]],
    ['m * 2 - 1', [_, 3, _]],
    ['-m', [_, -2, _]],
    // A datapoint that divides by zero is dropped.
    ['other / (m - 2)', [_, _, _]],
    ['IF(m > FILL(other, 0), m, 0)', [0, 2, 0]],
    ['MAX([m, other])', [_, 2, 4]],
    ['SUM([FILL(m, 0), FILL(other, 0)])', [0, 3, 4]],
  ])('%s', (expression, expected) => {
    expect(evaluated(expression, { m: [_, 2, _], other: [_, 1, 4], none: [_, _, _] })).toEqual(expected);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Quotas-Visualize-Alarms.html
  test('m / SERVICE_QUOTA(usage) * 100 is a share of the quota in percent', () => {
    const series: { readonly [id: string]: Series } = { m: [50, 850, _, 3], usage: [20, 10, 10, _] };

    expect(evaluateMath('m / SERVICE_QUOTA(usage) * 100', (id) => series[id], (id) => id === 'usage' ? 1_000 : NaN)).toEqual([5, 85, 0, _]);
  });

  test.each([
    ['SERVICE_QUOTA(m)', 'the simulation does not support a quota without its value'],
    ['SERVICE_QUOTA(m + 1)', 'the simulation does not support the quota of an expression'],
    ['ANOMALY_DETECTION_BAND(m)', 'the simulation does not support ANOMALY_DETECTION_BAND in metric math'],
    ['m % 2', 'the simulation does not support % in metric math'],
    ['MAX(m)', 'the simulation does not support a function of one time series'],
    ['1 + 1', 'the expression must result in a time series'],
  ])('rejects %s', (expression, message) => {
    expect(() => evaluated(expression, { m: [1] })).toThrow(message);
  });
});
