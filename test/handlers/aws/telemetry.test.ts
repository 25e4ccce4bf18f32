import { count, errorName, log, measure } from '../../../handlers/aws/telemetry';
import { Env, Metric } from '../../../src/private/contract';

let lines: string[];

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  jest.useFakeTimers({ now: 1769860800000 });
});

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
  delete process.env[Env.SYSTEM_NAME];
});

describe('count', () => {
  test.each<[string | undefined, string]>([['payments', 'payments'], [undefined, 'unknown']])('writes the embedded metric format for the system %p', (name, dimension) => {
    Object.assign(process.env, name === undefined ? {} : { [Env.SYSTEM_NAME]: name });

    count(Metric.STORED);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0])).toEqual({
      _aws: {
        Timestamp: 1769860800000,
        CloudWatchMetrics: [{
          Namespace: 'WebhookProcessingSystem',
          Dimensions: [['System']],
          Metrics: [{ Name: 'WebhooksStored', Unit: 'Count' }],
        }],
      },
      System: dimension,
      WebhooksStored: 1,
    });
  });

  test('compiles a dimension only for metrics that have one', () => {
    // @ts-expect-error TS2554: an argument is missing.
    count(Metric.VERDICT);
    // @ts-expect-error TS2554: an argument is superfluous.
    count(Metric.SWEPT, 'block');

    expect(lines).toHaveLength(2);
  });
});

test.each<[string, () => void, string[], string, object]>([
  ['count with a dimension', () => count(Metric.VERDICT, 'block'), ['System', 'Verdict'], 'Count', { Verdict: 'block', Verdicts: 1 }],
  ['measure', () => measure(Metric.VERDICT_LATENCY, 1234), ['System'], 'Milliseconds', { TimeToVerdict: 1234 }],
  ['measure with a dimension', () => measure(Metric.ASSESSED_AMOUNT, 12345.67, 'EUR'), ['System', 'Currency'], 'None',
    { Currency: 'EUR', AssessedAmount: 12345.67 }],
])('%s writes the value with its unit and its dimensions', (_, act, dimensions, unit, members) => {
  process.env[Env.SYSTEM_NAME] = 'payments';

  act();

  expect(lines.map((line) => JSON.parse(line))).toEqual([{
    _aws: {
      Timestamp: 1769860800000,
      CloudWatchMetrics: [{
        Namespace: 'WebhookProcessingSystem',
        Dimensions: [dimensions],
        Metrics: [{ Name: expect.stringMatching(/^(?:Verdicts|TimeToVerdict|AssessedAmount)$/), Unit: unit }],
      }],
    },
    System: 'payments',
    ...members,
  }]);
  const [{ _aws: { CloudWatchMetrics: [{ Metrics: [{ Name }] }] }, ...root }] = lines.map((line) => JSON.parse(line));
  expect(root).toHaveProperty(Name);
});

describe('log', () => {
  test('writes one line of JSON', () => {
    log('WARN', 'a message\nof two lines', { reason: 'x', times: 2, absent: undefined });
    log('INFO', 'a message');

    expect(lines).toEqual([
      '{"level":"WARN","message":"a message\\nof two lines","reason":"x","times":2}\n',
      '{"level":"INFO","message":"a message"}\n',
    ]);
  });
});

test.each<[unknown, string]>([[new TypeError('about the payload'), 'TypeError'], ['text', 'UnknownError'], [undefined, 'UnknownError']])(
  'the name of the error %p is %s', (error, name) => {
    expect(errorName(error)).toBe(name);
  });
