import type { ConsoleTransaction } from '../model/console-transaction';
import { TRAVEL_STATES, travelStateOf, type TravelState } from '../model/travel';

/** What the page filters by. An empty text means all. */
export interface TransactionFilter {
  readonly text: string;
  readonly provider: string;
  readonly tier: string;
  readonly kind: string;
  readonly verdict: string;
  readonly label: string;
  readonly state: string;
}

export type FilterName = Exclude<keyof TransactionFilter, 'text'>;

export const NO_FILTER: TransactionFilter = { text: '', provider: '', tier: '', kind: '', verdict: '', label: '', state: '' };

/** Stands for the absence of a tier, a verdict or a label. */
export const NONE = 'none';

export const FILTER_OPTIONS: { readonly [name in Exclude<FilterName, 'provider'>]: readonly string[] } = {
  tier: ['high', 'medium', 'low', NONE],
  kind: ['authorized', 'captured', 'failed', 'canceled', 'refunded', 'disputed', 'paid-out', 'other'],
  verdict: ['approve', 'review', 'block', NONE],
  label: ['fraud', 'honest', NONE],
  state: TRAVEL_STATES,
};

const searched = new WeakMap<ConsoleTransaction, string>();

/** The text that a search looks at, made once for each state of a transaction. */
function searchTextOf(transaction: ConsoleTransaction): string {
  let text = searched.get(transaction);
  if (text === undefined) {
    const { transactionId, reference, customerId, eventId, amount } = transaction;
    text = [transactionId, reference, customerId, eventId, amount, amount?.replaceAll(',', '')].join('\n').toLowerCase();
    searched.set(transaction, text);
  }
  return text;
}

/** Whether any filter is set. */
export function isFiltering(filter: TransactionFilter): boolean {
  return Object.values(filter).some((value) => value.trim() !== '');
}

/** The transactions that match every filter, and each word of the search. */
export function filteredTransactions(all: readonly ConsoleTransaction[], filter: TransactionFilter, now: number): readonly ConsoleTransaction[] {
  if (!isFiltering(filter)) {
    return all;
  }
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const { provider, tier, kind, verdict, label, state } = filter;
  return all.filter((transaction) => (
    (provider === '' || transaction.provider === provider)
    && (tier === '' || (transaction.tier ?? NONE) === tier)
    && (kind === '' || transaction.kind === kind)
    && (verdict === '' || (transaction.verdict ?? NONE) === verdict)
    && (label === '' || (transaction.label ?? NONE) === label)
    && (state === '' || travelStateOf(transaction, now) === state as TravelState)
    && words.every((word) => searchTextOf(transaction).includes(word))
  ));
}
