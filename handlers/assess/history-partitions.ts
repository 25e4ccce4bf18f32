import type { Loadable, Need } from './rules/rule-context';
import { Attr, DECLINED_PREFIX, Index, type TransactionDetail } from '../../src/private/contract';
import { providerOf, type StoredItem } from '../aws/stored-item';
import { customerKey } from '../domain/identifier';

/** The histories of a transaction: of its customer, its customer's declined payments, its card and its email address. */
export type HistoryName = keyof Pick<Loadable, 'history' | 'declines' | 'cardEvents' | 'emailEvents'>;

/** A partition of an index: the events of one history by time. */
export interface IndexPartition {
  readonly index: string;
  /** The attribute that the index is partitioned by. */
  readonly key: string;
  readonly value: string;
  /** The provider whose events are in the history. If it is not set, all providers. */
  readonly provider?: string;
}

/** The parts of the context that are made from each history. */
const PARTS: { readonly [name in HistoryName]: readonly Need[] } = {
  history: ['history', 'firstSeenAt'],
  declines: ['declines'],
  cardEvents: ['cardEvents'],
  emailEvents: ['emailEvents'],
};

/** The partitions to read for a transaction. If the transaction has no customer, card or email address, this history is not read. */
export function historyPartitions(detail: TransactionDetail, needs: ReadonlySet<Need>): ReadonlyMap<HistoryName, IndexPartition> {
  const partitions = Object.entries(allPartitions(detail)) as [HistoryName, IndexPartition | undefined][];
  return new Map(partitions.flatMap(([name, partition]) => partition && PARTS[name].some((part) => needs.has(part)) ? [[name, partition]] : []));
}

function allPartitions(
  { provider, customer_id: customerId, card_fingerprint: fingerprint, email_hash: emailHash }: TransactionDetail,
): { readonly [name in HistoryName]: IndexPartition | undefined } {
  const customer = customerId === undefined ? undefined : customerKey(provider, customerId);
  const ofCustomer = { index: Index.CUSTOMER, key: Attr.CUSTOMER_KEY, provider };
  return {
    history: customer === undefined ? undefined : { ...ofCustomer, value: customer },
    declines: customer === undefined ? undefined : { ...ofCustomer, value: DECLINED_PREFIX + customer },
    // Each provider names cards in its own way, so that two providers can use the same name for two cards.
    cardEvents: fingerprint === undefined ? undefined : { index: Index.CARD, key: Attr.CARD_FINGERPRINT, value: fingerprint, provider },
    emailEvents: emailHash === undefined ? undefined : { index: Index.EMAIL, key: Attr.EMAIL_HASH, value: emailHash },
  };
}

/** Whether an item of a partition is an event of its history. An index contains every item with its keys. */
export function isOfHistory(item: StoredItem, { provider }: IndexPartition): boolean {
  const own = providerOf(item);
  return own !== undefined && (provider === undefined || own === provider);
}
