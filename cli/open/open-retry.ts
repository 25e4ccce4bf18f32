import type { OpenItemKey, RetryLook } from './open-transaction';
import type { SweepQueue, SweepReturn } from './sweep-return';
import { Attr } from '../../src/private/contract';

export interface RetriedTransaction {
  readonly transactionId: string;
  readonly timestamp: string;
  readonly result: SweepReturn;
}

export interface RetryRun {
  readonly sweepQueue: SweepQueue;
  readonly config: RetryLook['config'];
  readonly now: () => Date;
  /** Waits until the next transaction can be written. */
  readonly pace: (count: number) => Promise<void>;
  /** Ends the run before the next transaction. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/** Gives transactions back to the sweep, one after the other. */
export async function retryOpen(keys: readonly OpenItemKey[], run: RetryRun): Promise<RetriedTransaction[]> {
  const retried: RetriedTransaction[] = [];
  for (const key of keys) {
    await run.pace(1).catch(() => undefined);
    if (run.signal.aborted) {
      break;
    }
    const result = await run.sweepQueue.return(key, { config: run.config, now: run.now().getTime(), includesOpen: true });
    retried.push({ transactionId: key[Attr.TRANSACTION_ID].S!, timestamp: key[Attr.TIMESTAMP].S!, result });
    run.onProgress(retried.length);
  }
  return retried;
}
