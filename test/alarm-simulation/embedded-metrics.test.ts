import { datapointsIn } from './embedded-metrics';
import { logAndCount, log } from '../../handlers/aws/telemetry';
import { Metric } from '../../src/private/contract';

function linesOf(work: () => void): string[] {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  work();
  jest.mocked(process.stdout.write).mockRestore();
  return lines;
}

const withDirective = (directive: object, members: object = {}) => JSON.stringify({
  _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['A']], Metrics: [{ Name: 'M', Unit: 'Count' }], ...directive }] }, A: 'a', M: 1, ...members,
});

test('a line of the handlers is a datapoint of the total and of the provider', () => {
  process.env.SYSTEM_NAME = 'test';
  const [line] = linesOf(() => logAndCount('INFO', 'processed webhook', {}, [Metric.STORED], 'stripe'));

  expect(datapointsIn(line)).toEqual([{ System: 'test' }, { System: 'test', Provider: 'stripe' }].map((dimensions) => (
    { namespace: 'WebhookProcessingSystem', name: 'WebhooksStored', timestamp: expect.any(Number), value: 1, dimensions }
  )));
});

test('a line without metrics has no datapoints', () => {
  const [line] = linesOf(() => log('INFO', 'processed webhook'));

  expect(datapointsIn(line)).toEqual([]);
});

test.each([
  ['a metric without a number', withDirective({}, { M: '1' }), 'the metric M has no number'],
  ['a dimension without a text', withDirective({}, { A: 1 }), 'the dimension A has no text'],
  ['an unknown unit', withDirective({ Metrics: [{ Name: 'M', Unit: 'Payments' }] }), 'Unit'],
  ['too many dimensions', withDirective({ Dimensions: [Array.from({ length: 31 }, (_, index) => `D${index}`)] }), 'must NOT have more than 30 items'],
  ['no namespace', withDirective({ Namespace: '' }), 'Namespace'],
])('rejects a line with %s', (_, line, message) => {
  expect(() => datapointsIn(line)).toThrow(message);
});
