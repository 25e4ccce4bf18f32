import { Metric } from '../../src/private/contract';
import { sendToDeadLetterQueue } from '../aws/dead-letter-sender';
import { dlqMessageFor } from '../aws/dlq-message';
import { isHeartbeat, providerOf } from '../aws/stored-item';
import { toChange, type StreamChange, type StreamRecord } from '../aws/stream-change';
import { count, errorName, log } from '../aws/telemetry';
import { recordDisputes, type DisputePorts } from './disputes/record-disputes';
import { eventsOf, type ChangeEvent } from './events/change-events';
import { inWorkflow } from './events/detail';
import { entryOf, type PublishingConfig } from './events/event-entry';
import { publishInOrder, type PublisherPorts, type PublishOutcome } from './events/event-publisher';
import { screeningOf, type Screening } from './screening/decline-lookups';
import { screenPayments, type ReadDeclines } from './screening/screen-payments';

/** The response to Lambda for a stream: Lambda retries the first reported record and all after it. */
export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** The dependencies of the relay. */
export interface RelayPorts extends PublisherPorts {
  readonly readDeclines: ReadDeclines;
  readonly disputes: DisputePorts;
}

type Planned = PlannedEvent | { readonly change: StreamChange; readonly outcome: PublishOutcome };

interface PlannedEvent {
  readonly change: StreamChange;
  readonly event: ChangeEvent;
  readonly screening?: Screening;
}

/**
 * Publishes the events of a batch of changes. The first event that fails is
 * reported as the batch's first failure, and Lambda retries from it. Before that
 * failure, records that can never be published go to the dead-letter queue. A
 * heartbeat counts only with its whole batch, so that it shows progress.
 *
 * The payment of a dispute is labeled before the event of the dispute is
 * published. A dispute that cannot be recorded fails like an event.
 */
export async function relayChanges(records: readonly StreamRecord[], config: PublishingConfig, ports: RelayPorts): Promise<BatchResponse> {
  const changes = records.map(toChange);
  const { done, error } = await recordDisputes(changes, ports.disputes);
  // A record can cause two events. The outcomes of both count for it.
  const planned = changes.slice(0, done).flatMap((change) => plan(change, config));
  if (error !== undefined) {
    planned.push({ change: changes[done], outcome: { state: 'failed', error } });
  }
  const outcomes = [...await screenAndPublish(planned.filter((item) => 'event' in item), config, ports)];

  for (const item of planned) {
    const outcome = 'event' in item ? outcomes.shift()! : item.outcome;
    const failure = await failureOf(item.change, outcome);
    if (failure !== undefined) {
      const { keys, sequenceNumber } = item.change;
      log('WARN', 'partial batch failure, retrying from this record', {
        provider: providerOf(keys), result: 'retried', error: failure, sequenceNumber,
      });
      return { batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
    }
  }
  if (changes.some(({ newImage }) => isHeartbeat(newImage))) {
    count(Metric.RELAY_PROGRESS);
  }
  return { batchItemFailures: [] };
}

function plan(change: StreamChange, config: PublishingConfig): Planned[] {
  try {
    return eventsOf(change, config).map((event) => ({ change, event, screening: screeningOf(event, config.scope) }));
  } catch (error) {
    return [{ change, outcome: { state: 'non-retryable', error: String(error) } }];
  }
}

/**
 * Publishes the events up to the first payment that cannot be screened, which
 * fails as if it could not be published: an event without the mark would never be
 * assessed.
 */
async function screenAndPublish(planned: readonly PlannedEvent[], config: PublishingConfig, ports: RelayPorts): Promise<readonly PublishOutcome[]> {
  const { suspicious, failure } = await screenPayments(planned.map(({ screening }) => screening), ports.readDeclines);
  const entries = suspicious.map((isSuspicious, index) => {
    const { type, detail, item } = planned[index].event;
    return entryOf(type, isSuspicious ? inWorkflow(detail, config) : detail, item, config);
  });
  const outcomes = await publishInOrder(entries, ports);
  outcomes.filter(({ state }, index) => state === 'published' && suspicious[index]).forEach(() => count(Metric.SUSPICIOUS));
  return failure === undefined ? outcomes : [...outcomes, { state: 'failed', error: failure }];
}

/** The reason why a record must be retried; undefined if it is finished. */
async function failureOf(change: StreamChange, outcome: PublishOutcome): Promise<string | undefined> {
  if (outcome.state === 'failed') {
    return outcome.error;
  }
  if (outcome.state === 'non-retryable') {
    try {
      await sendToDeadLetterQueue(dlqMessageFor(change, 'event-relay', outcome.error));
    } catch (error) {
      return errorName(error);
    }
  }
  return undefined;
}
