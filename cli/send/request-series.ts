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
  let started = 0;
  /** The end of the last wait. One wait follows the other, so that there is only one timer. */
  let turn = Promise.resolve();
  const waitForTurn = async () => {
    let mine = 0;
    turn = turn.then(async () => {
      const due = rate === undefined || started >= count ? 0 : startedAt + (started * 1000) / rate - now().getTime();
      if (due > 0) {
        await sleep(due);
      }
      started += 1;
      mine = started;
    });
    await turn;
    return mine <= count && !signal.aborted;
  };
  const worker = async () => {
    while (await hasTurn(waitForTurn(), signal)) {
      onResult(await send());
    }
  };
  await Promise.all(Array.from({ length: Math.min(count, concurrency) }, worker));
}

/** False if the wait was interrupted. */
async function hasTurn(wait: Promise<boolean>, signal: AbortSignal): Promise<boolean> {
  try {
    return await wait;
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
    return false;
  }
}
