import type { FoundData, ErasureResult } from './erase-customer';
import type { KeptVersion } from './object-versions';
import { alignedRows, countOf } from '../terminal/aligned-rows';

/** Reasons are listed once for each object up to this number. */
const MAX_LISTED = 20;

/** What this tool cannot reach, with how long it stays. `docs/personal-data.md` explains each. */
export const NOT_REACHED: ReadonlyArray<readonly [where: string, howLong: string]> = [
  ['Backups of the table', 'point-in-time recovery, 35 days'],
  ['Stream of the table', '24 hours'],
  ['Alerts that were sent', 'with their recipients'],
  ['Targets of your own', 'as long as you keep them there'],
  ['The provider', 'erase the customer there too'],
];

/** The lines about what was found. */
export function foundLines({ scan, transactions, items, archive, failedBatches, failedMatching, deadLetters, listEntries }: FoundData): string[] {
  return alignedRows([
    ['Table', `${countOf(items, 'item')} of ${countOf(transactions, 'transaction')} (searched ${countOf(scan.scanned, 'item')}, ${countOf(Math.ceil(scan.readUnits), 'read unit')})`],
    ['Archive', `${countOf(archive.matching.size, 'object')} (searched ${countOf(archive.read, 'object')})`],
    ['Failed batches', `${countOf(failedMatching, 'object')} (searched ${countOf(failedBatches.read, 'object')})`],
    ['Dead-letter queue', `${countOf(deadLetters.matching, 'message')} (searched ${countOf(deadLetters.read, 'message')})`],
    ['Lists', listEntries.removed.length > 0 ? listEntries.removed.join(', ') : 'no entry'],
    ...listEntries.kept.length > 0 ? [['Lists', `${listEntries.kept.join(', ')}: stays`] as const] : [],
  ]);
}

/** The lines about what was erased. */
export function resultLines(result: ErasureResult): string[] {
  const { erasedAt, items, listEntries, archive, failedBatches, deadLetters } = result;
  return [
    `Erased at ${erasedAt}:`,
    ...alignedRows([
      ['Table', `${countOf(items, 'item')} reduced to the key and the amount`],
      ['Lists', `${countOf(listEntries.length, 'entry', 'entries')} removed`],
      ['Archive', `${countOf(archive.replaced, 'object')} replaced, ${countOf(archive.deleted, 'version')} deleted`],
      ['Failed batches', `${countOf(failedBatches, 'object')} replaced`],
      ['Dead-letter queue', `${countOf(deadLetters.matching, 'message')} deleted`],
    ]),
    '',
    ...isErasureComplete(result) ? ['Checked again: nothing of the customer remains in the table, the archive, the failed batches and the queue.'] : remainingLines(result),
    '',
    'Not reached by this command:',
    ...alignedRows(NOT_REACHED),
  ];
}

/** Whether nothing remains that the command could erase now or later. */
export function isErasureComplete({ notArchived, kept, remaining, deadLetters }: ErasureResult): boolean {
  return notArchived + kept.length + remaining.transactions + remaining.versions + remaining.failedBatches + deadLetters.unread === 0;
}

function remainingLines({ notArchived, kept, remaining, deadLetters }: ErasureResult): string[] {
  const rows: ReadonlyArray<readonly [count: number, text: string]> = [
    [remaining.transactions, `${countOf(remaining.transactions, 'transaction')} in the table that arrived in the meantime`],
    [remaining.versions, `${countOf(remaining.versions, 'object')} in the archive that were written in the meantime`],
    [remaining.failedBatches, `${countOf(remaining.failedBatches, 'failed batch', 'failed batches')}`],
    [notArchived, `${countOf(notArchived, 'erased item')} that the archive does not have yet: earlier changes of them can follow`],
    [deadLetters.unread, `${countOf(deadLetters.unread, 'message')} in the dead-letter queue that another receiver has, or that arrived in the meantime`],
    [kept.length, `${countOf(kept.length, 'version')} that cannot be erased now:`],
  ];
  return [
    'Remaining:',
    ...rows.filter(([count]) => count > 0).map(([, text]) => `  ${text}`),
    ...kept.slice(0, MAX_LISTED).map(keptLine),
    ...kept.length > MAX_LISTED ? [`    and ${kept.length - MAX_LISTED} more: see --json`] : [],
    'Run the command again later.',
  ];
}

function keptLine({ key, versionId, reason }: KeptVersion): string {
  return `    ${key} (version ${versionId}): ${reason}`;
}

/** The result of a dry run as JSON. */
export function foundJson({ scan, transactions, items, archive, failedBatches, failedMatching, deadLetters, listEntries }: FoundData): object {
  return {
    table: { items, transactions, items_searched: scan.scanned, read_units: scan.readUnits },
    archive: { objects: archive.matching.size, objects_searched: archive.read, unreadable: archive.unreadable.map(keptJson) },
    failed_batches: { objects: failedMatching, objects_searched: failedBatches.read },
    dead_letter_queue: { messages: deadLetters.matching, messages_searched: deadLetters.read, messages_not_read: deadLetters.unread },
    list_entries: listEntries,
  };
}

/** The result of an erasure as JSON. */
export function resultJson(result: ErasureResult): object {
  const { erasedAt, items, listEntries, archive, failedBatches, deadLetters, notArchived, kept, remaining } = result;
  return {
    erased_at: erasedAt,
    complete: isErasureComplete(result),
    table: { items },
    list_entries: listEntries,
    archive: { objects_replaced: archive.replaced, versions_deleted: archive.deleted },
    failed_batches: { objects_replaced: failedBatches },
    dead_letter_queue: { messages_deleted: deadLetters.matching },
    remaining: {
      transactions: remaining.transactions,
      archive_objects: remaining.versions,
      failed_batches: remaining.failedBatches,
      items_not_archived: notArchived,
      messages_not_read: deadLetters.unread,
      versions: kept.map(keptJson),
    },
  };
}

function keptJson({ key, versionId, reason }: KeptVersion): object {
  return { key, version_id: versionId, reason };
}
