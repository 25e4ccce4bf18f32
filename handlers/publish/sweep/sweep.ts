import { writeHeartbeat } from './heartbeat';
import { closeTransaction, dueTransactions, readTransaction, releaseClaim, type ItemKey } from './open-transactions';
import { deadClaimsBefore, sweepStep, type SweepStep } from './sweep-step';
import { DetailType, Metric, SWEEP_PARTITIONS } from '../../../src/private/contract';
import { sendToDeadLetterQueue } from '../../aws/dead-letter-sender';
import { providerOf, type StoredItem } from '../../aws/stored-item';
import { count, errorName, log, withLogFields } from '../../aws/telemetry';
import { entryOf, type PublishingConfig } from '../events/event-entry';
import { publishInOrder, type PublisherPorts } from '../events/event-publisher';

/** The minimum remaining time for starting an item: its reads, its write and three attempts to publish can take this long. */
const RESERVE_MILLIS = 20_000;
const MINUTE = 60_000;

export interface SweepRun {
  readonly now: number;
  readonly remainingMillis: () => number;
  readonly config: PublishingConfig;
  readonly publisher: PublisherPorts;
}

type StepOf<S extends SweepStep['step']> = Extract<SweepStep, { step: S }>;

/** Performs each step. */
const ACTIONS: { readonly [S in SweepStep['step']]: (key: ItemKey, step: StepOf<S>, run: SweepRun, item: StoredItem) => Promise<void> } = {
  'skip': async () => {},
  'close': (key, { expectedSweepAt }) => closeTransaction(key, expectedSweepAt),
  'dead-letter': async (key, { expectedSweepAt, message }) => {
    // Send the message first: a crash in between sends it twice, and the reverse order would lose it.
    await sendToDeadLetterQueue(message);
    await closeTransaction(key, expectedSweepAt);
  },
  'publish': publishAgain,
};

/**
 * Finds large transactions that were not assessed and alerted in time and
 * republishes them. One that fails does not stop the others, and the next sweep
 * retries it. Only a sweep without a failure counts as completed: the alarm fires
 * if none completes for a while, not at a single error.
 */
export async function sweep(run: SweepRun): Promise<void> {
  let failures = 0;
  const attempt = async <T>(what: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await what();
    } catch (error) {
      failures += 1;
      log('ERROR', 'failed to process a part of the sweep', { result: 'failed', error: errorName(error) });
      return otherwise;
    }
  };

  await attempt(() => writeHeartbeat(run.now), undefined);
  for (const partition of partitions(run.now)) {
    for (const key of await attempt(() => dueTransactions(partition, run.now), [])) {
      if (run.remainingMillis() < RESERVE_MILLIS) {
        log('WARN', 'sweep ran out of time, the next sweep continues', { result: 'stopped' });
        return;
      }
      await withLogFields({ provider: providerOf(key) }, async () => attempt(() => sweepItem(key, run), undefined));
    }
  }
  if (failures === 0) {
    count(Metric.SWEEP_COMPLETED);
  }
}

/** Each minute starts with another partition, so that runs that stop early do not always skip the same ones. */
function partitions(now: number): number[] {
  const first = Math.floor(now / MINUTE);
  return Array.from({ length: SWEEP_PARTITIONS }, (_, offset) => (first + offset) % SWEEP_PARTITIONS);
}

async function sweepItem(key: ItemKey, run: SweepRun): Promise<void> {
  const item = await readTransaction(key);
  if (item) {
    const step = sweepStep(item, run.config, run.now);
    await (ACTIONS[step.step] as (key: ItemKey, step: SweepStep, run: SweepRun, item: StoredItem) => Promise<void>)(key, step, run, item);
  }
}

async function publishAgain(
  key: ItemKey, { expectedSweepAt, nextSweepAt, detail }: StepOf<'publish'>, { now, config, publisher }: SweepRun, item: StoredItem,
): Promise<void> {
  if (!await releaseClaim(key, { expectedSweepAt, nextSweepAt, deadBefore: deadClaimsBefore(now) })) {
    return;
  }
  const [outcome] = await publishInOrder([entryOf(DetailType.RECEIVED, detail, item, config)], publisher);
  if (outcome.state !== 'published') {
    // The next sweep is already set and retries it.
    throw Object.assign(new Error('failed to publish a swept transaction'), { name: 'SweptNotPublished' });
  }
  count(Metric.SWEPT);
}
