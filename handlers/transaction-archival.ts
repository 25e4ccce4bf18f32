import type { DynamoDBStreamEvent } from 'aws-lambda';
import { writeObject } from './adapters/archive';
import { setAside } from './adapters/dead-letters';
import { archiveKey, archiveLine } from './core/archive-lines';
import { letterAbout, type DeadLetter } from './core/dead-letter';
import { toChange } from './core/stream-change';

/**
 * Writes a batch of changes into the archive as one object. What fails is
 * thrown: Lambda repeats the batch, or splits it. An object of a part then
 * overlaps with one of the whole, which is harmless, since readers
 * deduplicate by `event_id`.
 */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<void> {
  const changes = Records.map(toChange);
  const lines: string[] = [];
  const letters: DeadLetter[] = [];
  for (const change of changes) {
    try {
      const line = archiveLine(change);
      lines.push(...(line === undefined ? [] : [line]));
    } catch (error) {
      letters.push(letterAbout(change, 'transaction-archival', String(error)));
    }
  }
  if (lines.length > 0) {
    await writeObject(archiveKey(changes), lines);
  }
  // After the object: while the archive is out of reach, no repetition sends these again.
  for (const letter of letters) {
    await setAside(letter);
  }
}
