import { deadLetterOf, type DeadLetter } from './dead-letter';
import { matchesFilter, type DeadLetterFilter } from './dead-letter-groups';
import { QueueReader, type QueueReading, type UnreadMessages } from '../aws/queue-reader';

/** Seconds that listed messages are hidden from others, if they cannot be released. */
const HIDDEN_SECONDS = 60;

/** What one reading of the queue found. SQS answers with samples, so there can be more. */
export interface DeadLetterListing {
  readonly letters: readonly DeadLetter[];
  /** The number of all messages that were read. */
  readonly read: number;
  readonly unread: UnreadMessages;
}

/** Reads the dead-letter queue without removing a message, and makes all messages visible again. */
export async function listDeadLetters(
  queue: Pick<QueueReading, 'client' | 'queueUrl' | 'signal'>, filter: DeadLetterFilter, onProgress?: (read: number) => void,
): Promise<DeadLetterListing> {
  const reader = new QueueReader({ ...queue, hiddenSeconds: HIDDEN_SECONDS });
  const letters: DeadLetter[] = [];
  try {
    for await (const messages of reader.read()) {
      letters.push(...messages.map(deadLetterOf).filter((letter) => matchesFilter(letter, filter)));
      onProgress?.(reader.count);
      // Nothing else can match.
      if (filter.id !== undefined && letters.length > 0) {
        break;
      }
    }
    return { letters, read: reader.count, unread: await reader.unread() };
  } finally {
    await reader.release();
  }
}
