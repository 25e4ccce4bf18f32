/** The rows that a list draws, of many. */
export interface RowWindow {
  readonly first: number;
  /** After the last one. */
  readonly end: number;
}

/** Rows above and below the visible ones, so that a quick scroll shows no gap. */
const SPARE_ROWS = 6;

/** The rows to draw for a position of the list. */
export function rowWindow(scrollTop: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - SPARE_ROWS, count));
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + SPARE_ROWS);
  return { first, end: Math.max(first, end) };
}

/** The position that shows a row, as near to the present one as possible. */
export function scrollToRow(index: number, scrollTop: number, height: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) {
    return top;
  }
  return Math.max(scrollTop, top + rowHeight - height);
}

/** The row that a key leads to, from a row or from none. Undefined for keys that do not move. */
export function rowAfterKey(key: string, index: number, count: number, pageRows: number): number | undefined {
  const moves: { readonly [key: string]: number } = {
    ArrowDown: index + 1, ArrowUp: index - 1, PageDown: index + pageRows, PageUp: index - pageRows, Home: 0, End: count - 1,
  };
  const to = Object.hasOwn(moves, key) ? moves[key] : undefined;
  return to === undefined || count === 0 ? undefined : Math.max(0, Math.min(count - 1, to));
}
