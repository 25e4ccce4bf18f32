import type { ReconciledProvider } from '../../src/private/contract';
import { processBatch } from '../ingest/batch-order';
import { ingestOne, type StorePorts, type WebhookOutcome } from '../ingest/ingest';
import { loadScheme } from '../providers/registry';
import type { ListedEvent } from '../providers/shared/event-list';

/** As many events as the validator writes at a time. */
const MAX_PARALLEL_EVENTS = 25;

export type StoredOutcome = Extract<WebhookOutcome, { readonly transactionId: string }>;

export interface CompareRun {
  readonly provider: ReconciledProvider;
  readonly isStored: (eventId: string) => Promise<boolean>;
  readonly store: StorePorts;
  /** Reports an event that was missing, and is stored now. */
  readonly onMissing: (event: ListedEvent, stored: StoredOutcome) => void;
}

/** Stores the events that must not be missing and are. Throws if one of them cannot be stored now. */
export async function compareEvents(events: readonly ListedEvent[], run: CompareRun): Promise<void> {
  const names = requiredNames(run.provider);
  const expected = events.filter(({ name }) => names.has(name));
  const failures = await processBatch<ListedEvent, unknown>(expected, {
    first: 0,
    limit: MAX_PARALLEL_EVENTS,
    process: async (event) => compareEvent(event, run),
  });
  const failure = failures.find((each) => each !== undefined);
  if (failure !== undefined) {
    throw failure;
  }
}

/** The names of the events that must not be missing. A provider lists all events of an account, wanted or not. */
function requiredNames({ scheme, moneyMovementEvents = [], reconciliation: { eventNames } }: ReconciledProvider): ReadonlySet<string> {
  return new Set(eventNames ?? [...Object.keys(loadScheme(scheme).events), ...moneyMovementEvents]);
}

/** The reason why an event could not be compared or stored now. */
async function compareEvent(event: ListedEvent, { provider, isStored, store, onMissing }: CompareRun): Promise<unknown> {
  try {
    if (await isStored(event.id)) {
      return undefined;
    }
  } catch (error) {
    return error;
  }
  const outcome = await ingestOne({ provider: provider.name, body: event.body, headers: new Map() }, provider, store, new Date());
  if (outcome.result === 'unavailable') {
    return outcome.error;
  }
  // Otherwise its webhook arrived in the meantime: nothing of a fetched event is verified, so it cannot be rejected.
  if (outcome.result === 'stored') {
    onMissing(event, outcome);
  }
  return undefined;
}
