/** Lines with the first column padded, so that the second one is aligned. */
export function alignedRows(rows: ReadonlyArray<readonly [label: string, value: string]>, indent = '  '): string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `${indent}${label.padEnd(width)}  ${value}`.trimEnd());
}

/** `1 item`, `2 items`, `12,345 items`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}
