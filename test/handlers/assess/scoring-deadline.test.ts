import { withinDeadline } from '../../../handlers/assess/scoring-deadline';

const never = new Promise<string>(() => {});

describe('withinDeadline', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  test('returns the result of work that is done in time, and leaves no timer', async () => {
    let signal: AbortSignal | undefined;

    expect(await withinDeadline(100, async (given) => {
      signal = given;
      return 'done';
    }, 'late')).toBe('done');
    expect(signal!.aborted).toBe(false);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('returns the other value at the deadline, not before, even if the work ignores the signal', async () => {
    const settled = jest.fn();
    const result = withinDeadline(100, async () => never, 'late').then(settled);

    await jest.advanceTimersByTimeAsync(99);
    expect(settled).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    await result;

    expect(settled).toHaveBeenCalledWith('late');
  });

  test('asks the work to stop at the deadline', async () => {
    let signal: AbortSignal | undefined;
    const result = withinDeadline(100, async (given) => {
      signal = given;
      return never;
    }, 'late');

    await jest.advanceTimersByTimeAsync(99);
    expect(signal!.aborted).toBe(false);
    await jest.advanceTimersByTimeAsync(1);

    expect(signal!.aborted).toBe(true);
    expect(await result).toBe('late');
  });

  test('returns the other value if the work ends because of the signal', async () => {
    const result = withinDeadline(100, async (signal) => new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => resolve('aborted'));
    }), 'late');

    await jest.advanceTimersByTimeAsync(100);

    expect(await result).toBe('late');
  });

  test('throws what the work throws in time', async () => {
    await expect(withinDeadline(100, async () => {
      throw new Error('broken');
    }, 'late')).rejects.toThrow('broken');
    expect(jest.getTimerCount()).toBe(0);
  });
});
