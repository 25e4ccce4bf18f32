import { detailWith } from './details';
import { historyPartitions, isOfHistory } from '../../../handlers/assess/history-partitions';
import type { Need } from '../../../handlers/assess/rules/rule-context';
import type { StoredItem } from '../../../handlers/aws/stored-item';
import type { TransactionDetail } from '../../../src/private/contract';
import { storedTransaction } from '../support/items';

const DETAIL = detailWith({ card_fingerprint: 'card-a', email_hash: 'hash-a' });
const ALL: readonly Need[] = ['history', 'firstSeenAt', 'declines', 'cardEvents', 'emailEvents'];
const CUSTOMER = { index: 'customer-index', key: 'customer_key', provider: 'stripe' };
const PARTITIONS = {
  history: { ...CUSTOMER, value: 'stripe:cus_1' },
  declines: { ...CUSTOMER, value: 'declined#stripe:cus_1' },
  cardEvents: { index: 'card-index', key: 'card_fingerprint', value: 'card-a', provider: 'stripe' },
  emailEvents: { index: 'email-index', key: 'email_hash', value: 'hash-a' },
};

const partitionsOf = (detail: TransactionDetail, needs: readonly Need[]) => Object.fromEntries(historyPartitions(detail, new Set(needs)));

describe('historyPartitions', () => {
  test('has a partition for each history', () => {
    expect(partitionsOf(DETAIL, ALL)).toEqual(PARTITIONS);
  });

  test.each<[readonly Need[], (keyof typeof PARTITIONS)[]]>([
    [[], []],
    [['blocked', 'allowed', 'shopAmounts', 'scores'], []],
    [['history'], ['history']],
    [['firstSeenAt'], ['history']],
    [['declines'], ['declines']],
    [['cardEvents'], ['cardEvents']],
    [['emailEvents'], ['emailEvents']],
  ])('for the needs %j has only %j', (needs, expected) => {
    expect(Object.keys(partitionsOf(DETAIL, needs))).toEqual(expected);
  });

  test.each<[string, Partial<TransactionDetail>, (keyof typeof PARTITIONS)[]]>([
    ['a customer', { customer_id: undefined }, ['cardEvents', 'emailEvents']],
    ['a card', { card_fingerprint: undefined }, ['history', 'declines', 'emailEvents']],
    ['an email address', { email_hash: undefined }, ['history', 'declines', 'cardEvents']],
  ])('has no history of %s that is not known', (_, overrides, expected) => {
    expect(Object.keys(partitionsOf({ ...DETAIL, ...overrides }, ALL))).toEqual(expected);
  });
});

describe('isOfHistory', () => {
  const isIn = (overrides: Parameters<typeof storedTransaction>[0]) => Object.values(PARTITIONS)
    .map((partition) => isOfHistory(storedTransaction(overrides) as StoredItem, partition));

  test.each<[string, Parameters<typeof storedTransaction>[0], boolean[]]>([
    ['an event of the provider is in all', {}, [true, true, true, true]],
    ['an event of another provider is only in that of the email address', { transaction_id: { S: 'square:pi_1' } }, [false, false, false, true]],
    ['an entry of a list is in none', { transaction_id: { S: 'blocklist:a' } }, [false, false, false, false]],
    ['an item with the sort key of another record is in none', { timestamp: { S: '-' } }, [false, false, false, false]],
  ])('%s', (_, overrides, expected) => {
    expect(isIn(overrides)).toEqual(expected);
  });
});
