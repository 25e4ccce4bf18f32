import { count, errorName, log, logAndCount, measure, measureAll, withInvocation, withLogFields } from '../../../handlers/aws/telemetry';
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

    count(Metric.SWEPT);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0])).toEqual({
      _aws: {
        Timestamp: 1769860800000,
        CloudWatchMetrics: [{
          Namespace: 'WebhookProcessingSystem',
          Dimensions: [['System']],
          Metrics: [{ Name: 'TransactionsSwept', Unit: 'Count' }],
        }],
      },
      System: dimension,
      TransactionsSwept: 1,
    });
  });

  test('compiles a dimension only for metrics that have one', () => {
    // @ts-expect-error TS2554: an argument is missing.
    count(Metric.VERDICT);
    // @ts-expect-error TS2554: an argument is superfluous.
    count(Metric.SWEPT, 'block');
    // @ts-expect-error TS2554: the provider is missing, even if it can be undefined.
    count(Metric.STORED);

    expect(lines).toHaveLength(3);
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

test('measureAll writes values of several metrics in one line, each with its own dimensions', () => {
  measureAll([
    { metric: Metric.ASSESSED, value: 1 }, { metric: Metric.VERDICT, value: 1, of: 'block' }, { metric: Metric.ASSESSED_AMOUNT, value: 12.5, of: 'EUR' },
  ]);

  const Namespace = 'WebhookProcessingSystem';
  expect(lines.map((line) => JSON.parse(line))).toEqual([{
    _aws: {
      Timestamp: 1769860800000,
      CloudWatchMetrics: [
        { Namespace, Dimensions: [['System']], Metrics: [{ Name: 'TransactionsAssessed', Unit: 'Count' }] },
        { Namespace, Dimensions: [['System', 'Verdict']], Metrics: [{ Name: 'Verdicts', Unit: 'Count' }] },
        { Namespace, Dimensions: [['System', 'Currency']], Metrics: [{ Name: 'AssessedAmount', Unit: 'None' }] },
      ],
    },
    System: 'unknown',
    TransactionsAssessed: 1,
    Verdict: 'block',
    Verdicts: 1,
    Currency: 'EUR',
    AssessedAmount: 12.5,
  }]);
});

describe('a metric of webhooks', () => {
  const partsOf = ({ _aws: { CloudWatchMetrics: [{ Dimensions, Metrics }] }, ...root }: any) => (
    { Dimensions, names: Metrics.map(({ Name }: any) => Name), root }
  );

  test('is counted as a total and by provider', () => {
    count(Metric.STORE_FAILED, 'stripe');

    expect(partsOf(JSON.parse(lines[0]))).toEqual({
      Dimensions: [['System'], ['System', 'Provider']], names: ['StoreFailed'], root: { System: 'unknown', Provider: 'stripe', StoreFailed: 1 },
    });
  });

  test('is counted only as a total without a provider, such as on an unknown path', () => {
    count(Metric.REJECTED, undefined);

    expect(partsOf(JSON.parse(lines[0]))).toEqual({ Dimensions: [['System']], names: ['WebhooksRejected'], root: { System: 'unknown', WebhooksRejected: 1 } });
  });

  test('is counted with others in the line that logs the webhook', () => {
    logAndCount('WARN', 'rejected webhook', { result: 'rejected' }, [Metric.REJECTED, Metric.MISMATCHED], 'stripe');

    expect(lines).toHaveLength(1);
    expect(partsOf(JSON.parse(lines[0]))).toEqual({
      Dimensions: [['System'], ['System', 'Provider']],
      names: ['WebhooksRejected', 'SignaturesMismatched'],
      root: {
        level: 'WARN', message: 'rejected webhook', result: 'rejected', System: 'unknown', Provider: 'stripe', WebhooksRejected: 1, SignaturesMismatched: 1,
      },
    });
  });
});

describe('the fields of an invocation', () => {
  const HEADER = '_X_AMZN_TRACE_ID';
  const fieldsOf = (line: string) => {
    const { requestId, traceId, provider, message, TransactionsSwept } = JSON.parse(line);
    return { requestId, traceId, provider, what: message ?? TransactionsSwept };
  };

  afterEach(() => {
    delete process.env[HEADER];
  });

  test('are in each line that it writes, and in no other', async () => {
    // Lambda's example (https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader).
    process.env[HEADER] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

    await withInvocation({ awsRequestId: 'r-1' }, async () => {
      count(Metric.SWEPT);
      await withLogFields({ provider: 'stripe' }, async () => log('INFO', 'inner'));
      log('INFO', 'outer');
    });
    log('INFO', 'after');

    const ids = { requestId: 'r-1', traceId: '1-5759e988-bd862e3fe1be46a994272793' };
    expect(lines.map(fieldsOf)).toEqual([{ ...ids, what: 1 }, { ...ids, provider: 'stripe', what: 'inner' }, { ...ids, what: 'outer' }, { what: 'after' }]);
  });

  test('have no id of a trace that X-Ray does not record', async () => {
    process.env[HEADER] = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=0';

    await withInvocation({ awsRequestId: 'r-1' }, async () => log('INFO', 'work'));

    expect(lines.map(fieldsOf)).toEqual([{ requestId: 'r-1', what: 'work' }]);
  });

  test('are kept apart if invocations overlap', async () => {
    await Promise.all(['r-1', 'r-2'].map(async (awsRequestId) => withInvocation({ awsRequestId }, async () => {
      await Promise.resolve();
      log('INFO', awsRequestId);
    })));

    expect(lines.map(fieldsOf)).toEqual([{ requestId: 'r-1', what: 'r-1' }, { requestId: 'r-2', what: 'r-2' }]);
  });

  test('are left out if Lambda does not set them', async () => {
    await withInvocation(undefined, async () => log('INFO', 'local'));

    expect(lines).toEqual(['{"level":"INFO","message":"local"}\n']);
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
  'the name of the error %p is %s', (error, name) => {
    expect(errorName(error)).toBe(name);
  });
