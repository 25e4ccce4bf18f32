/** Replaces the clock in each test of a file. Timers run as usual, so that promises and streams do. */
export function useSimulatedTime(): void {
  beforeEach(() => {
    jest.useFakeTimers({
      doNotFake: [
        'nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance', 'hrtime',
      ],
    });
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });
}
