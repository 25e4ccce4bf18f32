import { archiveKey, archiveLine, isArchived, unrenderedLine } from './archive-lines';
import { writeObject } from './archive-object';
import { Metric } from '../../src/private/contract';
import { isHeartbeat } from '../aws/stored-item';
import type { StreamChange } from '../aws/stream-change';
import { count, log } from '../aws/telemetry';

/** Writes a batch of changes as one object. */
export async function archiveChanges(changes: readonly StreamChange[]): Promise<void> {
  const archived = changes.filter(isArchived);
  if (archived.length > 0) {
    await writeObject(archiveKey(changes), renderLines(archived));
  }
  if (changes.some(({ newImage }) => isHeartbeat(newImage))) {
    count(Metric.ARCHIVAL_PROGRESS);
  }
}

/** The lines, each rendered when it is read. A change that cannot be rendered is archived as it is. */
function* renderLines(changes: readonly StreamChange[]): Generator<string> {
  for (const change of changes) {
    yield lineOf(change);
  }
}

function lineOf(change: StreamChange): string {
  try {
    return archiveLine(change);
  } catch (error) {
    count(Metric.ARCHIVED_UNRENDERED);
    log('WARN', 'archived change as it is, because it cannot be rendered', { error: String(error), sequenceNumber: change.sequenceNumber });
    return unrenderedLine(change, String(error));
  }
}
