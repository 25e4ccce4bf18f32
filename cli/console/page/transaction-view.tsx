import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ConsoleClient } from './console-client';
import { FilterBar } from './filter-bar';
import { Empty } from './notice';
import { TransactionList } from './transaction-list';
import { TransactionPanel } from './transaction-panel';
import { eventKeyOf } from '../model/console-transaction';
import { filteredTransactions, isFiltering, NO_FILTER, type TransactionFilter } from '../view/transaction-filter';
import type { TransactionListState } from '../view/transaction-list-state';

interface TransactionViewProps {
  readonly api: ConsoleClient;
  readonly list: TransactionListState;
  /** Changes with the list. */
  readonly version: number;
  readonly now: number;
  readonly canWrite: boolean;
  readonly isLoading: boolean;
  readonly announce: (text: string) => void;
}

const MINUTE = 60_000;
const ANNOUNCE_MS = 600;

export function TransactionView({ api, list, version, now, canWrite, isLoading, announce }: TransactionViewProps) {
  const [filter, setFilter] = useState<TransactionFilter>(NO_FILTER);
  const [active, setActive] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  // The state of a transaction changes with time, but not each second.
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const all = list.all;
  const shown = useMemo(() => filteredTransactions(all, filter, minute), [all, filter, minute]);
  const providers = useMemo(() => list.providers, [list, version]);

  const close = useCallback(() => {
    setIsOpen(false);
    rows.current?.focus();
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      } else if (event.key === 'Escape' && isOpen) {
        close();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isOpen, close]);

  useEffect(() => {
    if (!isFiltering(filter)) {
      return undefined;
    }
    const timer = window.setTimeout(() => announce(`${shown.length} of ${all.length} transactions match`), ANNOUNCE_MS);
    return () => window.clearTimeout(timer);
  }, [filter]);

  const open = (key: string) => {
    setActive(key);
    setIsOpen(true);
  };
  const opened = isOpen && active !== undefined ? list.find(active) : undefined;
  return (
    <div class={`transactions ${opened ? 'with-panel' : ''}`}>
      <section class="list-side" aria-label="Transactions">
        <FilterBar
          filter={filter} providers={providers} shown={shown.length} total={all.length} searchRef={search} onChange={setFilter}
          onLeave={() => rows.current?.focus()}
        />
        {shown.length > 0
          ? <TransactionList rows={shown} now={now} active={active} onActive={setActive} onOpen={open} gridRef={rows} />
          : <NoTransactions isFiltered={isFiltering(filter)} isLoading={isLoading} text={filter.text} onClear={() => setFilter(NO_FILTER)} />}
      </section>
      {opened && (
        <TransactionPanel
          api={api} known={opened} now={now} canWrite={canWrite} announce={announce} onClose={close}
          onOpen={(transaction) => {
            list.apply({ transactions: [transaction] });
            open(eventKeyOf(transaction));
          }}
        />
      )}
    </div>
  );
}

interface NoTransactionsProps {
  readonly isFiltered: boolean;
  readonly isLoading: boolean;
  readonly text: string;
  readonly onClear: () => void;
}

function NoTransactions({ isFiltered, isLoading, text, onClear }: NoTransactionsProps) {
  if (isFiltered) {
    return (
      <Empty title="No transaction matches">
        <p>The console has the newest transactions. To find an older one in the table, run:</p>
        <p><code>npx cdk-webhooks find {text.trim() === '' ? '<payment, reference, customer or event id>' : `'${text.trim().replaceAll("'", '')}'`}</code></p>
        <p><button type="button" onClick={onClear}>Clear the filters</button></p>
      </Empty>
    );
  }
  return isLoading ? <Empty title="Reading transactions" /> : (
    <Empty title="No transactions yet">
      <p>Send a webhook. It appears here within seconds:</p>
      <p><code>npx cdk-webhooks send stripe</code></p>
      <p>A high-value one is assessed and alerted:</p>
      <p><code>npx cdk-webhooks send stripe --amount 60000</code></p>
    </Empty>
  );
}
