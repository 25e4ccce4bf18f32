import type { CommandContext } from './command-context';
import { countOf } from '../terminal/aligned-rows';
import type { TableSize } from '../transactions/transaction-reader';
import { isSmall } from '../transactions/transaction-search';

const MEGABYTE = 1_000_000;

/** What a scan of a table reads. */
export function scanCost({ items, bytes, readUnits }: TableSize): string {
  return `about ${countOf(items, 'item')}, ${Math.ceil(bytes / MEGABYTE).toLocaleString('en-US')} MB, ${countOf(readUnits, 'read request unit')}`;
}

/** Whether to read the whole table. Asks about a large one on a terminal. */
export async function isScanConfirmed(size: TableSize, confirmed: boolean, { terminal }: Pick<CommandContext, 'terminal'>): Promise<boolean> {
  if (confirmed || isSmall(size)) {
    return true;
  }
  return terminal.interactive && /^y(es)?$/i.test((await terminal.ask(`Read the whole table: ${scanCost(size)}? [y/N] `)).trim());
}
