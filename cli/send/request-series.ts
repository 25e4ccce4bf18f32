/** How requests follow each other. */
export interface SeriesPace {
  readonly count: number;
  /** Requests that are started in a second. Not set: as fast as the answers arrive. */
  readonly rate?: number;
  /** The maximum number of requests without an answer. */
  readonly concurrency: number;
}

export interface SeriesClock {
  readonly now: () => Date;
  readonly sleep: (millis: number) => Promise<unknown>;
  /** Ends the series. A wait then rejects. */
  readonly signal: AbortSignal;
}

/**
 * Starts requests at the rate, and at most `concurrency` at once. If the signal is aborted, it starts no more and waits for
 * those that run. Reports the results in the order of their answers.
 */
export async function runSeries<Result>(
  { count, rate, concurrency }: SeriesPace,
  send: () => Promise<Result>,
  { now, sleep, signal }: SeriesClock,
  onResult: (result: Result) => void,
): Promise<void> {
  const startedAt = now().getTime();
  let next = 0;
  const worker = async () => {
    while (next < count && !signal.aborted) {
      const index = next;
      next += 1;
      const due = rate === undefined ? 0 : startedAt + (index * 1000) / rate - now().getTime();
      if (due > 0 && !await hasWaited(sleep(due), signal)) {
        return;
      }
      onResult(await send());
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, concurrency) }, worker));
}

/** False if the wait was interrupted. */
async function hasWaited(wait: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  try {
    await wait;
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
  return !signal.aborted;
}
