import { amountCountsKey, countedMonths, sumOfCounts, type AmountCounts } from './rules/amount-counts';
import { allowlistKeys, blocklistKeys, type BlocklistEntry, type BlocklistHit } from './rules/blocklist';
import type { Loadable } from './rules/rule-context';
import { AMOUNT_STEP_PREFIX, Attr, type TransactionDetail } from '../../src/private/contract';
import type { StoredItem } from '../aws/stored-item';

/** The parts of the context that are looked up by key. */
export type StoredLists = Pick<Loadable, 'blocked' | 'allowed' | 'shopAmounts'>;

/** The name of the attribute of a step. */
const STEP = new RegExp(`^${AMOUNT_STEP_PREFIX}(-?\\d+)$`);

/** The partition keys of everything that is looked up for a transaction: at most 20. */
export function storedListKeys(detail: TransactionDetail): string[] {
  return [
    ...blocklistKeys(detail).keys(),
    ...allowlistKeys(detail).keys(),
    ...countsKeys(detail),
  ];
}

/** The parts of the context from the items that exist, by their partition keys. */
export function storedListsOf(detail: TransactionDetail, items: ReadonlyMap<string, StoredItem>): StoredLists {
  return {
    blocked: hitsOf(blocklistKeys(detail), items, (item) => !hasExpired(item, detail)),
    allowed: hitsOf(allowlistKeys(detail), items, (item) => item[Attr.EXPIRES_AT] === undefined || expiresLater(item, detail)),
    shopAmounts: sumOfCounts(countsKeys(detail).map((key) => amountCountsOf(items.get(key)))),
  };
}

function countsKeys({ currency, received_at: receivedAt }: TransactionDetail): string[] {
  return countedMonths(receivedAt).map((month) => amountCountsKey(currency, month));
}

/**
 * Operators write entries by hand: the key decides, and the end of the entry. An end that is not a number does not end a
 * block, and it ends a permission: the mistake must not let fraud pass.
 */
function hitsOf(
  entries: ReadonlyMap<string, BlocklistEntry>, items: ReadonlyMap<string, StoredItem>, isValid: (item: StoredItem) => boolean,
): BlocklistHit[] {
  return [...entries].flatMap(([key, entry]) => {
    const item = items.get(key);
    return item !== undefined && isValid(item) ? [{ ...entry, reason: item[Attr.REASON]?.S }] : [];
  });
}

/**
 * DynamoDB deletes items up to some days after they expire
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html). Compared with the time of receipt, because
 * the result must not depend on the time of the assessment.
 */
function hasExpired({ [Attr.EXPIRES_AT]: expiresAt }: StoredItem, { received_at: receivedAt }: TransactionDetail): boolean {
  return Number(expiresAt?.N) * 1_000 <= Date.parse(receivedAt);
}

/** The opposite, except for an end that is not a number. */
function expiresLater({ [Attr.EXPIRES_AT]: expiresAt }: StoredItem, { received_at: receivedAt }: TransactionDetail): boolean {
  return Number(expiresAt?.N) * 1_000 > Date.parse(receivedAt);
}

/** Ignores other attributes, and counts that are not numbers. */
function amountCountsOf(item: StoredItem = {}): AmountCounts {
  return new Map(Object.entries(item).flatMap(([name, { N: digits }]) => {
    const [, step] = STEP.exec(name) ?? [];
    return step !== undefined && Number(digits) > 0 ? [[Number(step), Number(digits)]] : [];
  }));
}
