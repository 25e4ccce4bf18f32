import { ok, type Check } from '../../../cli/doctor/check';
import { runChecks } from '../../../cli/doctor/run-checks';

const check = (name: string, run: Check['run'], actions: readonly string[] = []): Check => ({ name, actions, run });
const settings = { checkMillis: 20, concurrency: 2, signal: new AbortController().signal, progress: () => undefined };

describe('the checks', () => {
  test('have their results in their order, and run some at a time', async () => {
    let [running, most] = [0, 0];
    const started: (() => void)[] = [];
    const slow = (name: string) => check(name, async () => {
      most = Math.max(most, running += 1);
      await new Promise<void>((resolve) => {
        started.push(resolve);
        // The first one ends last.
        if (started.length === 2) {
          started[1]();
        } else if (started.length > 2) {
          started.at(-1)!();
          started[0]();
        }
      });
      running -= 1;
      return ok(name);
    });
    const done: number[] = [];

    const results = await runChecks(['a', 'b', 'c', 'd'].map(slow), { ...settings, checkMillis: 10_000, progress: (count) => done.push(count) });

    expect(results.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect([most, done]).toEqual([2, [1, 2, 3, 4]]);
  });

  test('end a check that does not, even if it ignores the signal', async () => {
    const aborted = jest.fn();
    const results = await runChecks([
      check('silent', async () => new Promise(() => undefined)),
      check('obedient', async (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => {
        aborted();
        reject(new Error('Request aborted'));
      }))),
      check('next', async () => ok('fine')),
    ], settings);

    expect(results.map(({ text }) => text)).toEqual(['no answer within 0.02 seconds', 'no answer within 0.02 seconds', 'fine']);
    expect(aborted).toHaveBeenCalledTimes(1);
  });

  test.each([
    [Object.assign(new Error('x'), { name: 'AccessDenied' }), 'needs a:B, c:D'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'no answer within 0.02 seconds'],
    [new TypeError('x is undefined'), 'TypeError: x is undefined'],
  ])('are not checked after %s', async (error, text) => {
    const [result] = await runChecks([check('a', async () => Promise.reject(error), ['a:B', 'c:D'])], settings);

    expect(result).toMatchObject({ status: 'not-checked', text });
  });

  test('stop at an interruption', async () => {
    const interruption = new AbortController();
    const rest = jest.fn();
    const running = runChecks([
      check('a', async () => {
        interruption.abort();
        return new Promise(() => undefined);
      }),
      check('b', rest),
    ], { ...settings, checkMillis: 10_000, concurrency: 1, signal: interruption.signal });

    await expect(running).rejects.toThrow('aborted');
    expect(rest).not.toHaveBeenCalled();
  });
});
