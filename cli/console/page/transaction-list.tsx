import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { Amount, LabelMark, Outside, StateMark, TierMark, Time, Track, VerdictMark } from './marks';
import { eventKeyOf, type ConsoleTransaction } from '../model/console-transaction';
import { rowAfterKey, rowWindow, scrollToRow } from '../view/row-window';
import { indexOfKey } from '../view/transaction-list-state';

interface TransactionListProps {
  readonly rows: readonly ConsoleTransaction[];
  readonly now: number;
  readonly active: string | undefined;
  readonly onActive: (key: string) => void;
  readonly onOpen: (key: string) => void;
  readonly gridRef: RefObject<HTMLDivElement | null>;
}

/** Narrower lists have two lines for each transaction. The style sheet has the same width. */
const NARROW = 640;
const ROW_HEIGHT = { wide: 38, narrow: 64 };

/** A list that draws only the rows in sight. New rows above do not move what is in sight. */
export function TransactionList({ rows, now, active, onActive, onOpen, gridRef }: TransactionListProps) {
  const [box, setBox] = useState({ width: 0, height: 600 });
  const [scrollTop, setScrollTop] = useState(0);
  const anchor = useRef<string | undefined>(undefined);
  const rowHeight = box.width < NARROW ? ROW_HEIGHT.narrow : ROW_HEIGHT.wide;
  const { first, end } = rowWindow(scrollTop, box.height, rowHeight, rows.length);
  const activeIndex = indexOfKey(rows, active);

  useLayoutEffect(() => {
    const grid = gridRef.current!;
    const observer = new ResizeObserver(() => setBox({ width: grid.clientWidth, height: grid.clientHeight }));
    observer.observe(grid);
    setBox({ width: grid.clientWidth, height: grid.clientHeight });
    return () => observer.disconnect();
  }, [gridRef]);

  // At the top, new rows appear. Further down, the first row in sight keeps its place.
  useLayoutEffect(() => {
    const grid = gridRef.current!;
    const index = indexOfKey(rows, anchor.current);
    if (index > 0 && grid.scrollTop >= rowHeight) {
      const moved = (index - Math.floor(grid.scrollTop / rowHeight)) * rowHeight;
      if (moved !== 0) {
        grid.scrollTop += moved;
        setScrollTop(grid.scrollTop);
      }
    }
  }, [rows]);

  useEffect(() => {
    const row = rows[Math.floor(scrollTop / rowHeight)];
    anchor.current = scrollTop < rowHeight || row === undefined ? undefined : eventKeyOf(row);
  }, [scrollTop, rowHeight, rows]);

  const show = (index: number) => {
    const grid = gridRef.current!;
    grid.scrollTop = scrollToRow(index, grid.scrollTop, grid.clientHeight, rowHeight);
    setScrollTop(grid.scrollTop);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = rowAfterKey(event.key, activeIndex, rows.length, Math.max(1, Math.floor(box.height / rowHeight) - 1));
    if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onActive(eventKeyOf(rows[to]));
      show(to);
    } else if ((event.key === 'Enter' || event.key === ' ') && activeIndex >= 0) {
      event.preventDefault();
      onOpen(eventKeyOf(rows[activeIndex]));
    }
  };
  return (
    <div class="grid-frame">
      <div class="row head" aria-hidden="true">
        {['received', 'provider', 'kind', 'amount', 'payment', 'tier', 'verdict', 'label', 'steps', 'state'].map((name) => <span key={name} class={`cell cell-${name}`}>{name}</span>)}
      </div>
      <div
        ref={gridRef} class="grid" role="listbox" tabIndex={0} aria-label="Transactions, newest first" onKeyDown={onKeyDown}
        aria-activedescendant={activeIndex >= first && activeIndex < end ? `row-${activeIndex}` : undefined}
        onScroll={({ currentTarget }) => setScrollTop(currentTarget.scrollTop)}
      >
        <div class="sizer" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
          {rows.slice(first, end).map((transaction, offset) => {
            const index = first + offset;
            // A row that scrolls out of sight is drawn again as the one that scrolls in.
            return (
              <TransactionRow
                key={index % (end - first)} transaction={transaction} index={index} count={rows.length} top={index * rowHeight} height={rowHeight}
                isActive={index === activeIndex} now={now} onOpen={onOpen}
              />
            );
          })}
        </div>
      </div>
      {scrollTop > rowHeight * 3 && (
        <button type="button" class="to-top" onClick={() => { gridRef.current!.scrollTop = 0; gridRef.current!.focus(); }}><Icon name="up" />Newest</button>
      )}
    </div>
  );
}

interface RowProps {
  readonly transaction: ConsoleTransaction;
  readonly index: number;
  readonly count: number;
  readonly top: number;
  readonly height: number;
  readonly isActive: boolean;
  readonly now: number;
  readonly onOpen: (key: string) => void;
}

function TransactionRow({ transaction, index, count, top, height, isActive, now, onOpen }: RowProps) {
  return (
    <div
      id={`row-${index}`} class={`row ${isActive ? 'is-active' : ''}`} role="option" aria-selected={isActive} aria-setsize={count} aria-posinset={index + 1}
      style={{ transform: `translateY(${top}px)`, height: `${height}px` }} onClick={() => onOpen(eventKeyOf(transaction))}
    >
      <span class="cell cell-received"><Time time={transaction.receivedAt} now={now} /></span>
      <span class="cell cell-provider"><Outside text={transaction.provider} />{!transaction.live && <span class="test">test</span>}</span>
      <span class="cell cell-kind">{transaction.kind}</span>
      <span class="cell cell-amount"><Amount transaction={transaction} /></span>
      <span class="cell cell-payment">
        {transaction.reference !== undefined && <span class="reference"><Outside text={transaction.reference} /></span>}
        <span class="payment-id"><Outside text={ownPaymentId(transaction)} /></span>
      </span>
      <span class="cell cell-tier"><TierMark tier={transaction.tier} /></span>
      <span class="cell cell-verdict"><VerdictMark verdict={transaction.verdict} /></span>
      <span class="cell cell-label"><LabelMark label={transaction.label} /></span>
      <span class="cell cell-steps"><Track transaction={transaction} /></span>
      <span class="cell cell-state"><StateMark transaction={transaction} now={now} /></span>
    </div>
  );
}

/** The provider's own id. The provider has a column. */
export function ownPaymentId({ transactionId, provider }: ConsoleTransaction): string {
  return transactionId.startsWith(`${provider}:`) ? transactionId.slice(provider.length + 1) : transactionId;
}
