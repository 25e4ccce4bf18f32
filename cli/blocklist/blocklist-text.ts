import type { BlocklistListing, ScanCost } from './blocklist-store';
import { countOf } from '../terminal/aligned-rows';
import { textColumns } from '../terminal/text-columns';
import { visibleText } from '../terminal/visible-text';

/** USD for a million read units on demand in us-east-1 (https://aws.amazon.com/dynamodb/pricing/on-demand/). */
const USD_PER_MILLION = 0.125;
const MB = 1024 * 1024;

/** What a list reads, and what that costs. */
export function scanCostText({ items, bytes, readUnits }: ScanCost): string {
  const usd = readUnits * USD_PER_MILLION / 1_000_000;
  return `This reads the whole table: ${countOf(items, 'item')} and ${(bytes / MB).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB as of the last six hours, `
    + `about ${countOf(readUnits, 'read unit')} or ${usd < 0.01 ? 'less than 0.01' : usd.toFixed(2)} USD on demand in us-east-1.`;
}

export function blocklistLines({ entries, scanned, readUnits }: BlocklistListing): string[] {
  const rows = entries.map(({ kind, value, reason = '-', problem }) => [kind, value, reason, problem === undefined ? '' : `never matches: ${problem}`].map((text) => visibleText(text)));
  return [
    ...entries.length > 0 ? textColumns(['kind', 'value', 'reason', ''], rows) : [],
    `${countOf(entries.length, 'entry', 'entries')}. Read ${countOf(scanned, 'item')} with ${countOf(readUnits, 'read unit')}.`,
  ];
}

export function blocklistJson({ entries, scanned, readUnits }: BlocklistListing): object {
  return { entries, scanned, read_units: readUnits };
}
