import { count, errorName, log } from '../../../handlers/adapters/telemetry';
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

  test('counts several at once', () => {
    count(Metric.SWEPT, 3);

    expect(JSON.parse(lines[0])).toMatchObject({ TransactionsSwept: 3 });
  });
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
  'of the error %p the name is %s', (error, name) => {
    expect(errorName(error)).toBe(name);
  });
