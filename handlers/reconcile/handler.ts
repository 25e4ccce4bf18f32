import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { sendToApi } from './api-client';
import { moveCheckpoint, readCheckpoint } from './checkpoint';
import type { StoredOutcome } from './compare-events';
import { EVENT_LISTS } from './event-lists';
import { reconcile, type ReconciliationResult } from './reconcile';
import { isEventStored } from './stored-events';
import { Env, Metric, RECONCILE_TASK, type ReconciledProvider, type ReconciliationInput, type TierConfig } from '../../src/private/contract';
import { optionalNumber, requiredJson } from '../aws/environment-variables';
import { errorName, log, logAndCount, withInvocation, withLogFields } from '../aws/telemetry';
import { idForLog } from '../domain/identifier';
import { ContactHashes } from '../ingest/contact-hashes';
import { fetchVersion } from '../ingest/secrets';
import { storeOnce } from '../ingest/transaction-writer';
import { ApiKeyUnusable, ApiRefusal, type EventList, type ListedEvent } from '../providers/shared/event-list';
import { isPlaceholder } from '../providers/shared/secret-text';

/** The time for reading the key. Nobody waits for a reconciliation. */
const KEY_DEADLINE_MS = 10_000;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;

/** Read at load, so that a deployment without one fails immediately. */
const providers = requiredJson<ReconciledProvider[]>(Env.RECONCILED_PROVIDERS);
const guestKeyArn = process.env[Env.GUEST_KEY_ARN];
const contactHashes = guestKeyArn === undefined ? undefined : new ContactHashes(guestKeyArn);

/**
 * Reconciles one provider, on its schedule or for an operator. Throws if the reconciliation failed, so that an operator sees
 * it. Lambda does not retry it: the next run of the schedule does.
 */
export const handler = async (
  input: ReconciliationInput, context: Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>,
): Promise<{ readonly result: ReconciliationResult; readonly missing: number }> => withInvocation(context, async () => {
  const { provider, list, since } = parseInput(input);
  return withLogFields({ provider: provider.name }, async () => {
    let missing = 0;
    try {
      const access = {
        key: await readKey(provider.reconciliation.apiKeyArn),
        sandbox: provider.testMode === true,
        send: async (request: Parameters<typeof sendToApi>[0]) => sendToApi(request, { fetch, sleep, random: Math.random }),
      };
      const result = await reconcile({
        now: Date.now(),
        since,
        provider,
        list,
        access,
        remainingMillis: () => context.getRemainingTimeInMillis(),
        checkpoint: { read: async () => readCheckpoint(provider.name), move: async (range) => moveCheckpoint(provider.name, range) },
        isStored: async (eventId) => isEventStored(provider.name, eventId),
        store: {
          tiers: requiredJson<TierConfig>(Env.TIERS),
          retentionSeconds: optionalNumber(Env.TRANSACTION_RETENTION_SECONDS),
          contactHashes,
          store: storeOnce,
          fetched: true,
        },
        onMissing: (event, outcome) => {
          missing += 1;
          reportMissing(event, outcome, provider.name);
        },
        onGap: ({ from, to }) => logAndCount('ERROR', 'events are too old to be fetched', {
          result: 'out-of-reach', from: new Date(from).toISOString(), to: new Date(to).toISOString(),
        }, [Metric.OUT_OF_REACH], provider.name),
      });
      if (result === 'completed') {
        logAndCount('INFO', 'reconciled events', { result, missing }, [Metric.RECONCILIATION_COMPLETED], provider.name);
      } else {
        log('WARN', 'reconciled a part of the events, the next run continues', { result, missing });
      }
      return { result, missing };
    } catch (error) {
      reportFailure(error, list);
      throw error;
    }
  });
});

function parseInput({ task, provider: name, since }: ReconciliationInput): { provider: ReconciledProvider; list: EventList; since?: number } {
  const provider = providers.find((each) => each.name === name);
  const list = provider && EVENT_LISTS[provider.scheme];
  if (task !== RECONCILE_TASK || !provider || !list) {
    throw new Error(`the input must have the task ${RECONCILE_TASK} and one of these providers: ${providers.map((each) => each.name).join(', ')}`);
  }
  const time = since === undefined ? undefined : Date.parse(since);
  if (time !== undefined && !(time < Date.now())) {
    throw new Error('`since` must be a time in the past, such as 2026-01-31T12:00:00Z');
  }
  return { provider, list, since: time };
}

async function readKey(arn: string): Promise<string> {
  const { value } = await fetchVersion(arn, 'AWSCURRENT', Date.now() + KEY_DEADLINE_MS);
  if (value === undefined || isPlaceholder(value)) {
    throw new ApiKeyUnusable('the secret has no API key');
  }
  return value;
}

/** One line for each event. Its name is one that the configuration or the provider's module lists. */
function reportMissing({ name }: ListedEvent, { result, transactionId, eventId, parsed }: StoredOutcome, provider: string): void {
  logAndCount('WARN', 'stored missing event', {
    result, transactionId: idForLog(transactionId), eventId: idForLog(eventId), providerEvent: name,
  }, [Metric.RECONCILED, ...parsed ? [] : [Metric.UNPARSED]], provider);
}

function reportFailure(error: unknown, { keyRule }: EventList): void {
  const status = error instanceof ApiRefusal ? error.status : undefined;
  const isOfKey = error instanceof ApiKeyUnusable || status === UNAUTHORIZED || status === FORBIDDEN;
  log('ERROR', isOfKey ? 'provider does not accept the API key' : 'failed to reconcile events', {
    result: 'failed', error: errorName(error), status, ...isOfKey && { keyMustBe: keyRule },
  });
}
