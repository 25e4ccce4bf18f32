import { Template } from 'aws-cdk-lib/assertions';
import { AlarmBoard } from './alarm-board';
import { MINUTE, MetricStore } from './metric-store';

const HOUR = 60 * MINUTE;
const METRIC = { namespace: 'N', name: 'M', dimensions: { A: 'a' } };
const DEFAULTS = {
  AlarmName: 'one',
  Namespace: 'N',
  MetricName: 'M',
  Dimensions: [{ Name: 'A', Value: 'a' }],
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};

function boardOf(properties: object, resources: object = {}): { board: AlarmBoard; metrics: MetricStore } {
  const metrics = new MetricStore();
  const template = Template.fromJSON({ Resources: { One: { Type: 'AWS::CloudWatch::Alarm', Properties: { ...DEFAULTS, ...properties } }, ...resources } });
  return { board: new AlarmBoard(template, metrics), metrics };
}

/** The states in the minutes from 1 to 20 after a value in minute 0. */
function statesAfter(value: number, properties: object): string[] {
  const { board, metrics } = boardOf(properties);
  metrics.add({ ...METRIC, timestamp: HOUR, value });
  return Array.from({ length: 20 }, (_, minute) => {
    board.evaluate(HOUR + (minute + 1) * MINUTE);
    return board.stateOf('one');
  });
}

test('the window moves by a minute and not by a period', () => {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
  expect(statesAfter(1, {})[0]).toBe('ALARM');
});

test('a value stays in the evaluation range after its period', () => {
  // CloudWatch evaluates real datapoints of the whole range: 3 periods of 5 minutes.
  expect(statesAfter(1, {}).indexOf('OK')).toBe(15);
});

test('an alarm on missing data fires only after the whole evaluation range, and with FILL after its periods', () => {
  const below = { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 2 };
  const filled = {
    Metrics: [
      { Id: 'filled', Expression: 'FILL(m, 0)' },
      { Id: 'm', ReturnData: false, MetricStat: { Metric: { Namespace: 'N', MetricName: 'M', Dimensions: DEFAULTS.Dimensions }, Period: 300, Stat: 'Sum' } },
    ],
  };

  expect(statesAfter(1, below).indexOf('ALARM')).toBe(-1);
  expect(statesAfter(1, { ...below, ...filled }).indexOf('ALARM')).toBe(10);
});

test('an alarm over more than a day is evaluated each hour', () => {
  const { board, metrics } = boardOf({ Period: 3600, EvaluationPeriods: 25, DatapointsToAlarm: 1 });
  metrics.add({ ...METRIC, timestamp: HOUR, value: 1 });

  board.evaluate(HOUR + MINUTE);
  expect(board.stateOf('one')).toBe('INSUFFICIENT_DATA');
  board.evaluate(2 * HOUR);
  expect(board.stateOf('one')).toBe('ALARM');
});

test('an alarm on DynamoDB ignores missing data', () => {
  const { board } = boardOf({ Namespace: 'AWS/DynamoDB', TreatMissingData: 'breaching' });

  board.evaluate(HOUR);

  expect(board.stateOf('one')).toBe('INSUFFICIENT_DATA');
});

test('a metric with other dimensions is another metric', () => {
  const { board, metrics } = boardOf({});
  metrics.add({ ...METRIC, dimensions: { A: 'a', B: 'b' }, timestamp: HOUR, value: 1 });

  board.evaluate(HOUR + MINUTE);

  expect(board.stateOf('one')).toBe('OK');
});

test.each([
  ['ALARM("one") OR ALARM("none")', 'ALARM'], ['ALARM("one") AND ALARM("none")', 'OK'], ['NOT OK("none") AND NOT OK("one")', 'ALARM'], ['FALSE', 'OK'],
])('a composite alarm with the rule %s is in %s', (AlarmRule, state) => {
  const { board, metrics } = boardOf({}, { All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'all', AlarmRule } } });
  metrics.add({ ...METRIC, timestamp: HOUR, value: 1 });

  board.evaluate(HOUR + MINUTE);

  expect(board.stateOf('all')).toBe(state);
  expect(board.inAlarm).toContain('one');
});

test.each([
  ['the statistic p99', { Statistic: undefined, ExtendedStatistic: 'p99' }], ['LessThanLowerThreshold of one', { ComparisonOperator: 'LessThanLowerThreshold' }],
])('rejects %s', (what, properties) => {
  const { board } = boardOf(properties);

  expect(() => board.evaluate(HOUR)).toThrow(`the simulation does not support ${what}`);
});
