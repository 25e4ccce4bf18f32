import type { ServerResponse } from 'node:http';
import * as fc from 'fast-check';
import { detailWith, factsWith } from './details';
import { ScoringEndpoint } from './scoring-endpoint';
import { assess } from '../../../handlers/assess/assess';
import { factsOf } from '../../../handlers/assess/facts/facts';
import { functionScores } from '../../../handlers/assess/function-scores';
import type { FraudConfig, FraudRuleConfig } from '../../../src/private/contract';
import { FakeTable } from '../support/fake-table';
import { storedTransaction } from '../support/items';
import { Output } from '../support/output';

const functionNamed = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
const MODEL = functionNamed('model');
const DEADLINE = 4_000;
const scoredByRule = (overrides: object = {}): FraudRuleConfig => ({
  rule: 'scored-by', score: 60, functionArn: MODEL, timeoutMillis: DEADLINE, onFailure: 15, ...overrides,
});
/** Everything but the timers of deadlines. */
const REAL = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const;

/** Lets the deadline pass when the call has arrived, so that the speed of the machine does not matter. */
async function atDeadline<T>(work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: [...REAL] });
  try {
    const call = endpoint.nextCall();
    const result = work();
    await call;
    await jest.advanceTimersByTimeAsync(DEADLINE);
    return await result;
  } finally {
    jest.useRealTimers();
  }
}

const json = (body: unknown) => (response: ServerResponse) => response.end(JSON.stringify(body));
const text = (body: string) => (response: ServerResponse) => response.end(body);
const error = (status: number, type: string) => (response: ServerResponse) => {
  response.writeHead(status, { 'x-amzn-errortype': type }).end('{}');
};
/** A byte every ten milliseconds, for ever. */
const slowly = (response: ServerResponse) => {
  response.writeHead(200).write('{"score":60');
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};
const nothing = () => {};

/** What a function can do wrong, with what becomes of it. */
const FAULTS: readonly (readonly [name: string, answer: (response: ServerResponse) => unknown, failure: 'failed' | 'timed out', error: string])[] = [
  ['accepts the call and never answers', nothing, 'timed out', 'TimeoutError'],
  ['sends headers and no body', (response) => response.writeHead(200, { 'content-length': 100 }).flushHeaders(), 'timed out', 'TimeoutError'],
  ['answers byte by byte', slowly, 'timed out', 'TimeoutError'],
  ['throws', (response) => response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorMessage":"cus_1","score":60}'), 'failed', 'FunctionErrorUnhandled'],
  ['throws an error of its own', (response) => response.writeHead(200, { 'x-amz-function-error': 'Handled' }).end('{"score":60}'), 'failed', 'FunctionErrorHandled'],
  ['resets the connection', (response) => response.socket!.resetAndDestroy(), 'failed', 'Error'],
  ['is throttled', error(429, 'TooManyRequestsException'), 'failed', 'TooManyRequestsException'],
  ['does not exist', error(404, 'ResourceNotFoundException'), 'failed', 'ResourceNotFoundException'],
  ['must not be invoked', error(403, 'AccessDeniedException'), 'failed', 'AccessDeniedException'],
  ['is not available', error(500, 'ServiceException'), 'failed', 'ServiceException'],
  ['answers with nothing', text(''), 'failed', 'MalformedAnswer'],
  ['answers with null', json(null), 'failed', 'MalformedAnswer'],
  ['answers with text', text('<html>'), 'failed', 'MalformedAnswer'],
  ['answers without a score', json({ reason: 'none' }), 'failed', 'MalformedAnswer'],
  ['answers with a text as score', json({ score: '60' }), 'failed', 'MalformedAnswer'],
  ['answers with NaN', text('{"score":NaN}'), 'failed', 'MalformedAnswer'],
  ['answers with infinity', text('{"score":1e999}'), 'failed', 'MalformedAnswer'],
  ['answers with a negative score', json({ score: -100 }), 'failed', 'MalformedAnswer'],
  ['answers with six megabytes', json({ score: 60, reason: 'x'.repeat(6_000_000) }), 'failed', 'MalformedAnswer'],
];

const endpoint = new ScoringEndpoint();
const output = new Output();

beforeAll(async () => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_LAMBDA: await endpoint.start(), AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'an-id', AWS_SECRET_ACCESS_KEY: 'a-key', SYSTEM_NAME: 'test',
  });
});
afterAll(async () => endpoint.stop());
beforeEach(() => {
  endpoint.reset();
  output.capture();
});

describe('functionScores', () => {
  test('invokes the function with the transaction and the facts, and returns its answer', async () => {
    endpoint.answerWith(json({ score: 37, reason: 'a new device' }));

    const context = factsWith({ detail: { risk_score: 17 } });

    expect(await functionScores(context, [scoredByRule()])).toEqual(new Map([[MODEL, { score: 37, reason: 'a new device' }]]));
    expect(factsOf(context)).toMatchObject({ providerRiskScore: 17, hourOfDay: 5 });
    expect(endpoint.calls).toEqual([{
      path: `/2015-03-31/functions/${encodeURIComponent(MODEL)}/invocations`,
      payload: { transaction: expect.objectContaining({ transaction_id: 'stripe:pi_1' }), facts: factsOf(context) },
    }]);
    expect(output.text()).toBe('[]');
  });

  test('calls nothing without a rule of this kind', async () => {
    expect(await functionScores(factsWith(), [{ rule: 'blocked', score: 100 }])).toEqual(new Map());
    expect(endpoint.calls).toEqual([]);
  });

  test('calls the functions of all rules at the same time, each once', async () => {
    const names = ['model', 'vendor', 'shadow-model'];
    const arrived: ServerResponse[] = [];
    // No call is answered before all of them have arrived.
    endpoint.answerWith((response) => {
      if (arrived.push(response) === names.length) {
        arrived.forEach((each, index) => each.end(JSON.stringify({ score: index })));
      }
    });
    const [model, vendor, shadow] = names.map((name) => scoredByRule({ functionArn: functionNamed(name) }));

    const scores = await functionScores(factsWith(), [model, vendor], [vendor, shadow, { rule: 'blocked', score: 1 }]);

    expect([...scores.keys()].sort()).toEqual(names.map(functionNamed).sort());
    expect([...scores.values()].every((result) => 'score' in result)).toBe(true);
    expect(endpoint.calls).toHaveLength(3);
  });

  test.each(FAULTS)('has no score if the function %s, and calls it once', async (_, answer, failure, name) => {
    endpoint.answerWith(answer);

    const work = async () => functionScores(factsWith(), [scoredByRule()]);

    expect(await (failure === 'timed out' ? atDeadline(work) : work())).toEqual(new Map([[MODEL, { failure }]]));
    expect(endpoint.calls).toHaveLength(1);
    expect(output.logged('WARN')).toEqual([{ level: 'WARN', message: 'failed to get a score', function: MODEL, result: failure, error: name, shadow: false }]);
    expect(output.counted('ScoresFailed')).toBe(1);
    expect(output.text()).not.toMatch(/cus_1|pi_1/);
  });

  test('has no score if nothing listens', async () => {
    await endpoint.stop();

    expect(await functionScores(factsWith(), [scoredByRule()])).toEqual(new Map([[MODEL, { failure: 'failed' }]]));

    await endpoint.restart();
  });

  test('ends the connection at the deadline', async () => {
    endpoint.answerWith(slowly);

    await atDeadline(async () => functionScores(factsWith(), [scoredByRule()]));

    await endpoint.allClosed();
  });

  test('does not count the failure of a function that only shadow rules use', async () => {
    endpoint.answerWith(json('none'));

    expect(await functionScores(factsWith(), [], [scoredByRule()])).toEqual(new Map([[MODEL, { failure: 'failed' }]]));
    expect(output.logged('WARN')).toMatchObject([{ message: 'failed to get a score', shadow: true }]);
    expect(output.counted('ScoresFailed')).toBe(0);
  });

  test('uses the deadline of the live rules for a function of both sets', async () => {
    endpoint.answerWith(nothing);

    const scores = await atDeadline(async () => functionScores(factsWith(), [scoredByRule()], [scoredByRule({ timeoutMillis: DEADLINE + 1 })]));

    expect(scores).toEqual(new Map([[MODEL, { failure: 'timed out' }]]));
    expect(output.counted('ScoresFailed')).toBe(1);
  });
});

describe('an assessment', () => {
  const RANK = { approve: 0, review: 1, block: 2 };
  const table = new FakeTable();
  const assessWith = async (...rules: FraudRuleConfig[]) => {
    const config: FraudConfig = { tiers: { medium: 1_000, high: 10_000 }, review: 40, block: 80, rules };
    Object.assign(process.env, { TABLE_NAME: 'transactions', FRAUD_RULES: JSON.stringify(config) });
    table.reset(storedTransaction());
    return assess(detailWith());
  };
  const blocking: FraudRuleConfig = { rule: 'amount-above', score: 80, amount: 10_000 };
  const reviewing: FraudRuleConfig = { ...blocking, score: 40 };

  test('adds the score of the function, with its reason', async () => {
    endpoint.answerWith(json({ score: 41.7, reason: 'a new device' }));

    expect(await assessWith(reviewing, scoredByRule())).toMatchObject({
      verdict: 'block', score: 82, reasons: ['amount 12,345.67 EUR is over 10,000 (+40)', 'scored by model: a new device (+42)'],
    });
  });

  test.each(FAULTS)('gives its verdict and blocks what the rules block if the function %s', async (_, answer, failure) => {
    endpoint.answerWith(answer);

    const work = async () => assessWith(blocking, scoredByRule());

    expect(await (failure === 'timed out' ? atDeadline(work) : work())).toMatchObject({
      verdict: 'block', score: 95, reasons: ['amount 12,345.67 EUR is over 10,000 (+80)', `the score of model ${failure} (+15)`],
    });
    expect(table.find(storedTransaction())).toMatchObject({ verdict: { S: 'block' } });
  });

  test('has the verdict of the other rules or a higher one, for any answer', async () => {
    const bodies = fc.oneof(fc.json(), fc.json().map((value) => `{"score":${value}}`), fc.double().map((score) => `{"score":${score}}`));
    await fc.assert(fc.asyncProperty(bodies, fc.constantFrom(undefined, 'Unhandled'), fc.constantFrom(blocking, reviewing), async (body, failed, rule) => {
      endpoint.answerWith((response) => response.writeHead(200, failed && { 'x-amz-function-error': failed }).end(body));

      const { verdict, score } = await assessWith(rule, scoredByRule());

      expect(RANK[verdict]).toBeGreaterThanOrEqual(RANK[rule === blocking ? 'block' : 'review']);
      expect([score >= rule.score, score <= rule.score + 60]).toEqual([true, true]);
    }), { numRuns: 60 });
  });
});
