import type { ListedEntries, ScanCost, StoredEntry } from './list-store';
import { countOf } from '../terminal/aligned-rows';
import { textColumns } from '../terminal/text-columns';
import { visibleText } from '../terminal/visible-text';

/** USD for a million read units on demand in us-east-1 (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
const USD_PER_MILLION = 0.125;
const MB = 1024 * 1024;
/** `2026-01-31 12:00`. */
const MINUTE_LENGTH = 16;

/** Describes how much a list reads, and the cost. */
export function scanCostText({ items, bytes, readUnits }: ScanCost): string {
  const usd = readUnits * USD_PER_MILLION / 1_000_000;
  return `This reads the whole table: ${countOf(items, 'item')} and ${(bytes / MB).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB as of the last six hours, `
    + `about ${countOf(readUnits, 'read unit')} or ${usd < 0.01 ? 'less than 0.01' : usd.toFixed(2)} USD on demand in us-east-1.`;
}

export function listLines({ entries, scanned, readUnits }: ListedEntries): string[] {
  const rows = entries.map((entry) => {
    const { kind, value, reason = '-', author = '-', since, expires, problem } = entry;
    return [kind, value, reason, author, minuteOf(since), expires === undefined ? 'never' : expiryText(entry), problem === undefined ? '' : `never matches: ${problem}`].map(visibleText);
  });
  return [
    ...entries.length > 0 ? textColumns(['kind', 'value', 'reason', 'author', 'since (UTC)', 'expires (UTC)', ''], rows) : [],
    `${countOf(entries.length, 'entry', 'entries')}. Read ${countOf(scanned, 'item')} with ${countOf(readUnits, 'read unit')}.`,
  ];
}

export function listJson({ entries, scanned, readUnits }: ListedEntries): object {
  return { entries, scanned, read_units: readUnits };
}

function expiryText({ expires, expired }: StoredEntry): string {
  return expired ? `expired ${minuteOf(expires)}` : minuteOf(expires);
}

function minuteOf(time: string | undefined): string {
  return time === undefined ? '-' : time.slice(0, MINUTE_LENGTH).replace('T', ' ');
}
