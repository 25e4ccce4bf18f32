import Table from 'cli-table3';

const NO_LINES = Object.fromEntries([
  'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid',
  'mid-mid', 'right', 'right-mid', 'middle',
].map((name) => [name, '']));

/** Rows in columns without borders, below their titles. */
export function textColumns(titles: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  const table = new Table({ head: [...titles], chars: NO_LINES, style: { 'head': [], 'border': [], 'padding-left': 0, 'padding-right': 2 } });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split('\n').map((line) => line.trimEnd());
}
