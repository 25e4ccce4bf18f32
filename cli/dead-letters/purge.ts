import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { QueueReader } from '../aws/queue-reader';

/** Seconds that messages are hidden from others until they are saved and deleted. */
const HIDDEN_SECONDS = 120;

export interface PurgeParts {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  /** Saves lines for good, before their messages are deleted. */
  readonly save: (lines: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onProgress: (deleted: number) => void;
}

export interface PurgeResult {
  readonly deleted: number;
  /** Chosen messages that are still in the queue. */
  readonly remaining: number;
  readonly isInterrupted: boolean;
}

/** Deletes the messages with the given ids, each after it was saved. Other messages become visible again. */
export async function purgeDeadLetters(
  ids: ReadonlySet<string>, { sqs: client, queueUrl, save, signal, onProgress }: PurgeParts,
): Promise<PurgeResult> {
  const reader = new QueueReader({ client, queueUrl, hiddenSeconds: HIDDEN_SECONDS });
  let deleted = 0;
  try {
    for await (const messages of reader.read()) {
      if (signal.aborted) {
        break;
      }
      const chosen = messages.filter(({ MessageId: id }) => ids.has(id!));
      if (chosen.length > 0) {
        await save(chosen.map(savedLine));
        deleted += chosen.length - (await reader.delete(chosen)).size;
        onProgress(deleted);
      }
      if (deleted === ids.size) {
        break;
      }
    }
  } finally {
    await reader.release();
  }
  return { deleted, remaining: ids.size - deleted, isInterrupted: signal.aborted };
}

/** A message as a line of JSON. */
function savedLine({ MessageId: id, Body, Attributes: { SentTimestamp: sent = '0' } = {}, MessageAttributes = {} }: Message): string {
  return JSON.stringify({
    message_id: id,
    sent_at: new Date(Number(sent)).toISOString(),
    attributes: Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue])),
    body: Body,
  });
}
