import { Attr, DetailType, Metric } from '../../src/private/contract';
import { sendToDeadLetterQueue } from '../aws/dead-letter-sender';
import { dlqMessageFor } from '../aws/dlq-message';
import { isHeartbeat, isTransaction, providerOf } from '../aws/stored-item';
import { toChange, type StreamChange, type StreamRecord } from '../aws/stream-change';
import { count, errorName, log } from '../aws/telemetry';
import { toAssessedDetail, toTransactionDetail } from './events/detail';
import { entryOf, type EventEntry, type PublishingConfig } from './events/event-entry';
import { publishInOrder, type PublisherPorts, type PublishOutcome } from './events/event-publisher';

/** The response to Lambda for a stream: Lambda retries the first reported record and all after it. */
export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

type Planned =
  | { readonly change: StreamChange; readonly entry: EventEntry }
  | { readonly change: StreamChange; readonly outcome: PublishOutcome };

/**
 * Publishes the events of a batch of changes. The first event that fails is
 * reported as the batch's first failure, and Lambda retries from it. Before that
 * failure, records that can never be published go to the dead-letter queue. A
 * heartbeat counts only with its whole batch, so that it shows progress.
 */
export async function relayChanges(
  records: readonly StreamRecord[], config: PublishingConfig, ports: PublisherPorts,
): Promise<BatchResponse> {
  const changes = records.map(toChange);
  // A record can cause two events. The outcomes of both count for it.
  const planned = changes.flatMap((change) => plan(change, config));
  const outcomes = [...await publishInOrder(planned.flatMap((item) => ('entry' in item ? [item.entry] : [])), ports)];

  for (const item of planned) {
    const outcome = 'entry' in item ? outcomes.shift()! : item.outcome;
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
    return eventsOf(change, config).map((entry) => ({ change, entry }));
  } catch (error) {
    return [{ change, outcome: { state: 'non-retryable', error: String(error) } }];
  }
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

/**
 * The events of a change. A new transaction and a new verdict are events. A
 * verdict that blocks is an additional event, so that a user's rule does not need
 * a pattern for it. Other changes are not events: claims and sweeps, which modify
 * the item too, deletions, and other record types.
 */
export function eventsOf({ eventName, newImage, oldImage }: StreamChange, config: PublishingConfig): EventEntry[] {
  if (!isTransaction(newImage)) {
    return [];
  }
  if (eventName === 'INSERT') {
    return [entryOf(DetailType.RECEIVED, toTransactionDetail(newImage, config), newImage, config)];
  }
  if (eventName === 'MODIFY' && newImage[Attr.VERDICT] && !oldImage?.[Attr.VERDICT]) {
    const detail = toAssessedDetail(newImage, config);
    const types = detail.verdict === 'block' ? [DetailType.ASSESSED, DetailType.BLOCKED] : [DetailType.ASSESSED];
    return types.map((type) => entryOf(type, detail, newImage, config));
  }
  return [];
}
