import {
  UnreadableItem, flag, isTransaction, optionalInteger, optionalText, optionalTime, text, texts, time,
} from '../../../handlers/core/stored-item';

describe('isTransaction', () => {
  test.each([
    [{ record_type: { S: 'transaction' } }, true],
    [{ record_type: { S: 'blocklist' } }, false],
    [{ record_type: { N: '1' } }, false],
    [{ record_type: { M: { S: { S: 'transaction' } } } }, false],
    [{}, false],
    [undefined, false],
  ])('%j: %s', (item, expected) => {
    expect(isTransaction(item)).toBe(expected);
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

  test('read what is there', () => {
    expect(text(item, 'word')).toBe('text');
    expect(optionalText(item, 'word')).toBe('text');
    expect(optionalInteger(item, 'number')).toBe(-12345678901234567890123456789012345678n);
    expect([flag(item, 'yes'), flag(item, 'no')]).toEqual([true, false]);
    expect(time(item, 'when')).toBe('2025-01-02T03:04:05.006Z');
    expect(texts(item, 'list')).toEqual(['a', 'b']);
  });

  test('leave out what may be missing', () => {
    expect(optionalText(item, 'none')).toBeUndefined();
    expect(optionalInteger(item, 'none')).toBeUndefined();
    expect(optionalTime(item, 'none')).toBeUndefined();
  });

  test.each<[string, () => unknown]>([
    ['number', () => optionalText(item, 'number')],
    ['none', () => text(item, 'none')],
    ['word', () => flag(item, 'word')],
    ['word', () => optionalInteger(item, 'word')],
    ['fraction', () => optionalInteger(item, 'fraction')],
    ['word', () => optionalTime(item, 'word')],
    ['day', () => optionalTime(item, 'day')],
    ['none', () => time(item, 'none')],
    ['word', () => texts(item, 'word')],
    ['mixed', () => texts(item, 'mixed')],
  ])('name the attribute they cannot read: %s', (name, read) => {
    expect(read).toThrow(new UnreadableItem(name));
  });
});
