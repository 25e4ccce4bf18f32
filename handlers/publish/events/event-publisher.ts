import { fitsAlone, inBatches, type EventEntry } from './event-entry';

/** Attempts for one entry within one invocation. After that, Lambda or the sweep retries it later. */
const TRIES = 3;
const BACK_OFF_MILLIS = 200;
const BACK_OFF_FACTOR = 4;

/**
 * The errors that concern only the entry. AWS calls more of them non-retryable,
 * but a missing permission, a wrong account or an invalid argument is a fault of
 * the deployment that affects every entry until it is fixed. Treating these as
 * permanent would turn an outage into dead letters.
 */
const NON_RETRYABLE_ERRORS: ReadonlySet<string> = new Set(['MalformedDetail']);
const TOO_LARGE = 'EntryTooLarge';

/** The outcome of an entry; `unsent` after one that failed, so that the order is kept. */
export type PublishOutcome =
  | { readonly state: 'published' | 'unsent' }
  | { readonly state: 'failed' | 'non-retryable'; readonly error: string };

/** The dependencies of the publisher. */
export interface PublisherPorts {
  readonly put: (entries: readonly EventEntry[]) => Promise<readonly (string | undefined)[]>;
  readonly sleep: (millis: number) => Promise<unknown>;
  /** 0 to 1, for the jitter. */
  readonly random: () => number;
}

/**
 * Publishes entries in order, and retries failed entries after a pause. It
 * stops after a batch with an entry that keeps failing, because the following
 * entries are retried with it and would arrive twice. Within a batch, a retried
 * entry can arrive after later entries.
 */
export async function publishInOrder(entries: readonly EventEntry[], ports: PublisherPorts): Promise<readonly PublishOutcome[]> {
  const outcomes: PublishOutcome[] = entries.map((entry) => (
    fitsAlone(entry) ? { state: 'unsent' } : { state: 'non-retryable', error: TOO_LARGE }
  ));
  const sendable = entries
    .map((entry, index) => ({ entry, index }))
    .filter(({ index }) => outcomes[index].state === 'unsent');

  for (const batch of inBatches(sendable)) {
    let open = batch;
    for (let attempt = 0; attempt < TRIES && open.length > 0; attempt++) {
      if (attempt > 0) {
        await ports.sleep(ports.random() * BACK_OFF_MILLIS * BACK_OFF_FACTOR ** (attempt - 1));
      }
      const errors = await ports.put(open.map(({ entry }) => entry));
      open.forEach(({ index }, position) => { outcomes[index] = outcomeOf(errors[position]); });
      open = open.filter(({ index }) => outcomes[index].state === 'failed');
    }
    if (open.length > 0) {
      break;
    }
  }
  return outcomes;
}

function outcomeOf(error: string | undefined): PublishOutcome {
  if (error === undefined) {
    return { state: 'published' };
  }
  return { state: NON_RETRYABLE_ERRORS.has(error) ? 'non-retryable' : 'failed', error };
}
