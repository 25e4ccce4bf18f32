import { archiveKey, archiveLine } from './archive-lines';
import { writeObject } from './archive-object';
import { Metric } from '../../src/private/contract';
import { sendToDeadLetterQueue } from '../aws/dead-letter-sender';
import { dlqMessageFor, type DlqMessage } from '../aws/dlq-message';
import { isHeartbeat } from '../aws/stored-item';
import type { StreamChange } from '../aws/stream-change';
import { count } from '../aws/telemetry';

/** Writes a batch of changes as one object. A change that cannot be rendered goes to the dead-letter queue. */
export async function archiveChanges(changes: readonly StreamChange[]): Promise<void> {
  const lines: string[] = [];
  const messages: DlqMessage[] = [];
  for (const change of changes) {
    try {
      const line = archiveLine(change);
      lines.push(...(line === undefined ? [] : [line]));
    } catch (error) {
      messages.push(dlqMessageFor(change, 'transaction-archival', String(error)));
    }
  }
  if (lines.length > 0) {
    await writeObject(archiveKey(changes), lines);
  }
  // After the object, so that retries do not send these again while the archive is not available.
  for (const message of messages) {
    await sendToDeadLetterQueue(message);
  }
  if (changes.some(({ newImage }) => isHeartbeat(newImage))) {
    count(Metric.ARCHIVAL_PROGRESS);
  }
}
