import { checkRecipients } from './alert-recipients';
import { writeHeartbeat } from './heartbeat';
import { measureOpen } from './open-measures';
import { closeTransaction, dueTransactions, markGivenUp, readTransaction, releaseClaim, type DuePage, type ItemKey } from './open-transactions';
import { deadClaimsBefore, sweepStep, type SweepStep } from './sweep-step';
import { DetailType, GIVEN_UP_PARTITION, Metric, SWEEP_PARTITIONS } from '../../../src/private/contract';
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
  /** Whether the run is a redrive, which also republishes what the sweep gave up. */
  readonly all?: boolean;
  readonly remainingMillis: () => number;
  readonly config: PublishingConfig;
  readonly publisher: PublisherPorts;
}

type StepOf<S extends SweepStep['step']> = Extract<SweepStep, { step: S }>;

/** Performs each step. */
const ACTIONS: { readonly [S in SweepStep['step']]: (key: ItemKey, step: StepOf<S>, run: SweepRun, item: StoredItem) => Promise<void> } = {
  'skip': async () => {},
  'close': (key, { expectedSweepAt }) => closeTransaction(key, expectedSweepAt),
  // In both, the message comes first: a crash in between sends it twice, and the reverse order would lose it.
  'remove': async (key, { expectedSweepAt, message }) => {
    await sendToDeadLetterQueue(message);
    await closeTransaction(key, expectedSweepAt);
  },
  'give-up': async (key, { expectedSweepAt, message }, { now }) => {
    await sendToDeadLetterQueue(message);
    if (await markGivenUp(key, { expectedSweepAt, givenUpAt: new Date(now).toISOString(), deadBefore: deadClaimsBefore(now) })) {
      count(Metric.GIVEN_UP);
    }
  },
  'publish': publishAgain,
};

/**
 * Finds transactions that were not assessed and alerted in time and
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
  // Before the transactions, because many of them can take all of the time.
  await attempt(() => measureOpen(run.now), undefined);
  await attempt(() => checkRecipients(run.now), undefined);
  for (const partition of partitions(run)) {
    let page: DuePage = { keys: [] };
    do {
      const from = page.next;
      page = await attempt(() => dueTransactions(partition, run.now, from), { keys: [] });
      for (const key of page.keys) {
        if (run.remainingMillis() < RESERVE_MILLIS) {
          log('WARN', 'sweep ran out of time, the next sweep continues', { result: 'stopped' });
          return;
        }
        await withLogFields({ provider: providerOf(key) }, async () => attempt(() => sweepItem(key, run), undefined));
      }
    } while (page.next);
  }
  if (failures === 0) {
    count(Metric.SWEEP_COMPLETED);
  }
}

/**
 * Each minute starts with another partition, so that runs that stop early do not always skip the same ones. A redrive starts
 * with what was given up, because the next sweep finds all others.
 */
function partitions({ now, all }: SweepRun): string[] {
  const first = Math.floor(now / MINUTE);
  const open = Array.from({ length: SWEEP_PARTITIONS }, (_, offset) => String((first + offset) % SWEEP_PARTITIONS));
  return all ? [GIVEN_UP_PARTITION, ...open] : open;
}

async function sweepItem(key: ItemKey, run: SweepRun): Promise<void> {
  const item = await readTransaction(key);
  if (item) {
    const step = sweepStep(item, { config: run.config, now: run.now, all: run.all });
    await (ACTIONS[step.step] as (key: ItemKey, step: SweepStep, run: SweepRun, item: StoredItem) => Promise<void>)(key, step, run, item);
  }
}

async function publishAgain(
  key: ItemKey, { detail, ...look }: StepOf<'publish'>, { now, config, publisher }: SweepRun, item: StoredItem,
): Promise<void> {
  if (!await releaseClaim(key, { ...look, deadBefore: deadClaimsBefore(now) })) {
    return;
  }
  const [outcome] = await publishInOrder([entryOf(DetailType.RECEIVED, detail, item, config)], publisher);
  if (outcome.state !== 'published') {
    // The next sweep is already set and retries it.
    throw Object.assign(new Error('failed to publish a swept transaction'), { name: 'SweptNotPublished' });
  }
  count(Metric.SWEPT);
}
