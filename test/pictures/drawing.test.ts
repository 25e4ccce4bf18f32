import { Template } from 'aws-cdk-lib/assertions';
import { resolved } from '../../projenrc/pictures/intrinsics';
import { linked, segmentsOf } from '../../projenrc/pictures/message-page';
import { MetricData } from '../../projenrc/pictures/metric-data';
import { computed } from '../../projenrc/pictures/metric-math';
import { seriesOf } from '../../projenrc/pictures/widget-series';

const a = { values: [1, undefined, 3], period: 300 };
const b = { values: [2, 2, undefined], period: 300 };

describe('metric math', () => {
  test.each([
    ['a + b * 2', [5, undefined, undefined]],
    ['(a + b) * 2', [6, undefined, undefined]],
    ['a - 1 - 1', [-1, undefined, 1]],
    ['FILL(a, 0) + FILL(b, 0)', [3, 2, 3]],
    ['IF(a > FILL(b, 0), a, 0)', [0, undefined, 3]],
    ['a / (PERIOD(a) / 60)', [0.2, undefined, 0.6]],
    ['a >= 3', [0, undefined, 1]],
    ['7', [7, 7, 7]],
  ])('computes %s', (expression, expected) => {
    expect(computed(expression, { a, b }, 3)).toEqual(expected);
  });

  test.each([['RATE(a)', 'RATE'], ['a + c', 'c'], ['a b', 'b'], ['(a', 'the end'], ['FILL(a, REPEAT)', 'REPEAT']])('rejects %s', (expression, part) => {
    expect(() => computed(expression, { a, b }, 3)).toThrow(`the picture does not support '${part}' in the expression ${expression}`);
  });
});

describe('the statistics of metrics', () => {
  const id = { namespace: 'N', name: 'M', dimensions: { D: 'd' } };
  const data = new MetricData();
  data.add(id, 60, 1, 2, 3, 4);
  data.add(id, 120, 10);
  const range = { start: 0, end: 600 };

  test.each([['Sum', 20], ['SampleCount', 5], ['Average', 4], ['Minimum', 1], ['Maximum', 10], ['p50', 3], ['p99', 10]])('%s', (statistic, expected) => {
    expect(data.values(id, statistic, 300, range)).toEqual([expected, undefined]);
  });

  test('rejects an unknown statistic', () => {
    expect(() => data.values(id, 'TM(1%:99%)', 300, range)).toThrow("the picture does not support the statistic 'TM(1%:99%)'");
  });

  test('have the label, the color and the period of the widget', () => {
    const metrics = [['N', 'M', 'D', 'd', { label: 'own', color: '#123456', stat: 'Sum' }], ['N', 'None', { stat: 'Sum' }]];

    expect(seriesOf({ metrics, setPeriodToTimeRange: true }, data, range)).toEqual([
      { label: 'own', color: '#123456', unit: 'Count', values: [20], onRight: false },
      { label: 'None', color: '#ff7f0e', unit: 'Count', values: [undefined], onRight: false },
    ]);
  });

  test.each([
    [['N', 'M', { liveData: true }], "the option 'liveData'"],
    [['.', 'M'], 'the abbreviation'],
    [[{ expression: "SEARCH('M', 'Sum')" }], 'the search'],
  ])('are rejected if a picture cannot show them: %j', (metric, part) => {
    expect(() => seriesOf({ metrics: [metric] }, data, range)).toThrow(`the picture does not support ${part}`);
  });
});

describe('intrinsic functions', () => {
  const template = Template.fromJSON({
    Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Join': ['-', ['q', { Ref: 'AWS::Region' }]] } } } },
  });

  test('are replaced with what CloudFormation would return', () => {
    expect(resolved({ a: [{ 'Fn::GetAtt': ['Queue', 'QueueName'] }], b: { 'Fn::Select': [1, { 'Fn::Split': ['-', 'x-y'] }] } }, template))
      .toEqual({ a: ['q-eu-west-1'], b: 'y' });
  });

  test.each([[{ Ref: 'Other' }], [{ 'Fn::GetAtt': ['Queue', 'Url'] }], [{ 'Fn::Sub': '$' }]])('are rejected if they are unknown: %j', (value) => {
    expect(() => resolved(value, template)).toThrow('Add it');
  });
});

describe('a message', () => {
  test('has links only where mail clients make them', () => {
    expect(linked('See https://a.example/b?c=1&d. evil[.]example <b>')).toBe(
      'See <a href="https://a.example/b?c=1&#38;d">https://a.example/b?c=1&#38;d</a>. evil[.]example &#60;b&#62;',
    );
  });

  test.each([['x'.repeat(160), 1], ['x'.repeat(161), 2], [`[${'x'.repeat(159)}`, 2], ['x'.repeat(307), 3]])('has its segments counted: %s', (text, segments) => {
    expect(segmentsOf(text).segments).toBe(segments);
  });
});
