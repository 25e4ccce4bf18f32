import {
  UnreadableItem, isTransaction, optionalInteger, optionalText, optionalTime, providerOf, requiredFlag, requiredText, requiredTexts, requiredTime,
  type StoredItem,
} from '../../../handlers/aws/stored-item';
import { RESERVED_PREFIXES } from '../../../src/private/contract';
import { storedTransaction } from '../support/items';

describe('isTransaction', () => {
  const transaction = storedTransaction() as StoredItem;

  test.each<[string, StoredItem]>([
    ['that the validator writes', transaction],
    ['without a signed time', { ...transaction, timestamp: { S: '-#evt_1' } }],
    ['whose id contains colons and line breaks', { ...transaction, transaction_id: { S: 'stripe:\na:b' } }],
    ['of a provider whose name begins like another key', {
      ...transaction, transaction_id: { S: 'blocklist-payments:1' }, provider: { S: 'blocklist-payments' },
    }],
  ])('accepts a transaction %s', (_, item) => {
    expect(isTransaction(item)).toBe(true);
    expect(providerOf(item)).toBe(item.provider.S);
  });

  test.each<[string, StoredItem | undefined]>([
    ['no item', undefined],
    ['an empty item', {}],
    ['another record type', { ...transaction, record_type: { S: 'blocklist-entry' } }],
    ['a record type that is a number', { ...transaction, record_type: { N: '1' } }],
    ['a record type that is a map', { ...transaction, record_type: { M: { S: { S: 'transaction' } } } }],
    ['a transaction without a provider', storedTransaction({ provider: undefined }) as StoredItem],
    ['a transaction of another provider than its key\'s', { ...transaction, provider: { S: 'square' } }],
  ])('rejects %s', (_, item) => {
    expect(isTransaction(item)).toBe(false);
  });

  test.each<[string, Partial<StoredItem>]>([
    ...RESERVED_PREFIXES.map((prefix): [string, StoredItem] => [
      `the key of a ${prefix} item`, { transaction_id: { S: `${prefix}:1` }, provider: { S: prefix } },
    ]),
    ['a key of declined payments', { transaction_id: { S: 'declined#stripe:cus_1' }, provider: { S: 'declined#stripe' } }],
    ['a key without a provider', { transaction_id: { S: ':1' }, provider: { S: '' } }],
    ['a key without an id', { transaction_id: { S: 'stripe:' } }],
    ['a key without a colon', { transaction_id: { S: 'stripe' } }],
    ['a key that is a number', { transaction_id: { N: '1' } }],
    ['a name that no provider can have', { transaction_id: { S: 'Stripe:1' }, provider: { S: 'Stripe' } }],
    ['the sort key of a record that is not an event', { timestamp: { S: '-' } }],
    ['a sort key that is a number', { timestamp: { N: '1' } }],
  ])('rejects an item with %s, even if its record type is a transaction', (_, overrides) => {
    const item = { ...transaction, ...overrides } as StoredItem;

    expect(isTransaction(item)).toBe(false);
    expect(providerOf(item)).toBeUndefined();
  });
});

describe('readers', () => {
  const item = {
    word: { S: 'text' },
    number: { N: '-12345678901234567890123456789012345678' },
    fraction: { N: '1.5' },
    yes: { BOOL: true },
    no: { BOOL: false },
    when: { S: '2025-01-02T03:04:05.006Z' },
    day: { S: '2025-01-02' },
    list: { L: [{ S: 'a' }, { S: 'b' }] },
    mixed: { L: [{ S: 'a' }, { N: '1' }] },
  };

  test('read existing attributes', () => {
    expect(requiredText(item, 'word')).toBe('text');
    expect(optionalText(item, 'word')).toBe('text');
    expect(optionalInteger(item, 'number')).toBe(-12345678901234567890123456789012345678n);
    expect([requiredFlag(item, 'yes'), requiredFlag(item, 'no')]).toEqual([true, false]);
    expect(requiredTime(item, 'when')).toBe('2025-01-02T03:04:05.006Z');
    expect(requiredTexts(item, 'list')).toEqual(['a', 'b']);
  });

  test('return undefined for optional attributes that are missing', () => {
    expect(optionalText(item, 'none')).toBeUndefined();
    expect(optionalInteger(item, 'none')).toBeUndefined();
    expect(optionalTime(item, 'none')).toBeUndefined();
  });

  test.each<[string, () => unknown]>([
    ['number', () => optionalText(item, 'number')],
    ['none', () => requiredText(item, 'none')],
    ['word', () => requiredFlag(item, 'word')],
    ['word', () => optionalInteger(item, 'word')],
    ['fraction', () => optionalInteger(item, 'fraction')],
    ['word', () => optionalTime(item, 'word')],
    ['day', () => optionalTime(item, 'day')],
    ['none', () => requiredTime(item, 'none')],
    ['word', () => requiredTexts(item, 'word')],
    ['mixed', () => requiredTexts(item, 'mixed')],
  ])('name the attribute that they cannot read: %s', (name, read) => {
    expect(read).toThrow(new UnreadableItem(name));
  });
});
