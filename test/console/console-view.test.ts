import { BLOCKED_PAYMENT, CONSOLE_NOW, simulatedTransactions } from './support/simulated-console';
import { eventKeyOf, merged, type ConsoleTransaction } from '../../cli/console/model/console-transaction';
import { TRAVEL_STEPS, travelOf, travelStateOf } from '../../cli/console/model/travel';
import { rowAfterKey, rowWindow, scrollToRow } from '../../cli/console/view/row-window';
import { formattedBody, shownText } from '../../cli/console/view/shown-text';
import { reconnectWait, StreamParser } from '../../cli/console/view/stream-parser';
import { clockTime, fullTime, relativeTime, stepTime } from '../../cli/console/view/time-text';
import { filteredTransactions, isFiltering, NO_FILTER } from '../../cli/console/view/transaction-filter';
import { indexOfKey, TransactionListState } from '../../cli/console/view/transaction-list-state';

const open = (overrides: Partial<ConsoleTransaction> = {}): ConsoleTransaction => ({
  ...BLOCKED_PAYMENT,
  publishedAt: undefined,
  claimedAt: undefined,
  verdict: undefined,
  score: undefined,
  reasons: undefined,
  assessedAt: undefined,
  closedAt: undefined,
  ...overrides,
});
const stepOf = (transaction: ConsoleTransaction, step: string) => {
  const { state, note } = travelOf(transaction).find((part) => part.step === step)!;
  return `${state}: ${note}`;
};

describe('the steps of a transaction', () => {
  test('are always the same, in their order', () => {
    expect(travelOf(open()).map(({ step }) => step)).toEqual(TRAVEL_STEPS);
  });

  test.each<[string, string, Partial<ConsoleTransaction>, string]>([
    ['a webhook', 'received', {}, 'done: The signature is valid'],
    ['a fetched event', 'received', { fetched: true }, 'done: Fetched from the API of the provider'],
    ['no money movement', 'stored', { moneyMovement: false }, 'done: No money movement: it is not assessed and not alerted'],
    ['an item of the table', 'published', {}, 'unseen: It was read from the table, which does not record this'],
    ['an event that was seen', 'published', { publishedAt: '2026-03-04T14:19:25Z' }, 'done: On the bus'],
    ['a claimed item', 'published', { claimedAt: '2026-03-04T14:19:25Z' }, 'done: On the bus'],
    ['no amount', 'tier', { tier: undefined }, 'skipped: No amount'],
    ['a low value', 'verdict', { tier: 'low' }, 'skipped: Below the high tier, only suspicious payments are assessed'],
    ['an open one', 'verdict', {}, 'waiting: Waits for the workflow'],
    ['a low value that is assessed', 'verdict', { tier: 'low', claimedAt: '2026-03-04T14:19:25Z' }, 'waiting: Waits for the workflow'],
    ['a swept one', 'verdict', { sweeps: 3 }, 'waiting: Republished 3 times'],
    ['a given up one', 'verdict', { givenUpAt: '2026-03-05T14:19:25Z', sweeps: 10 }, 'failed: Given up after 10 attempts'],
    ['a given up one without a count', 'verdict', { givenUpAt: '2026-03-05T14:19:25Z' }, 'failed: Given up after all attempts'],
    ['a verdict', 'verdict', { verdict: 'review', score: 50 }, 'done: Review, score 50'],
    ['a verdict after an erasure', 'verdict', { verdict: 'review' }, 'done: Review'],
    ['an open one', 'alerted', {}, 'waiting: Waits for the workflow'],
    ['a given up one', 'alerted', { givenUpAt: '2026-03-05T14:19:25Z' }, 'failed: The workflow did not finish'],
    ['a closed one', 'alerted', { closedAt: '2026-03-05T14:19:25Z' }, 'done: By the workflow'],
    ['a low value that is assessed', 'alerted', { tier: 'low', sweeps: 1 }, 'waiting: Waits for the workflow'],
    ['a medium value that is given up', 'alerted', { tier: 'medium', givenUpAt: '2026-03-05T14:19:25Z' }, 'failed: The workflow did not finish'],
    ['a low value that is approved', 'alerted', { tier: 'low', closedAt: '2026-03-05T14:19:25Z', verdict: 'approve' }, 'skipped: No alert for this tier'],
    ['a low value that is reviewed', 'alerted', { tier: 'low', closedAt: '2026-03-05T14:19:25Z', verdict: 'review' }, 'done: By the workflow'],
    ['a low value', 'alerted', { tier: 'low' }, 'skipped: No alert for this tier'],
    ['no amount', 'alerted', { tier: undefined }, 'skipped: No alert for this tier'],
    ['a medium value', 'alerted', { tier: 'medium' }, 'unseen: By the rule of the tier, which does not record it'],
    ['a medium value with its alert', 'alerted', { tier: 'medium', alertedAt: '2026-03-05T14:19:25Z' }, 'done: Seen on the topic'],
    ['an archived one', 'archived', { archivedAt: '2026-03-05T14:19:25Z' }, 'done: In the archive'],
    ['one whose object is known', 'archived', { archiveKey: 'year=2026/x' }, 'done: In the archive'],
    ['a new one', 'archived', {}, 'unseen: The archive is written within five minutes'],
  ])('say of %s, %s: %j', (_, step, overrides, expected) => {
    expect(stepOf(open(overrides), step)).toBe(expected);
  });

  test.each<[Partial<ConsoleTransaction>, number, string]>([
    [{}, 0, 'in progress'], [{}, 11, 'late'], [{ givenUpAt: '2026-03-05T14:19:25Z' }, 11, 'given up'], [{ closedAt: '2026-03-05T14:19:25Z', givenUpAt: 'x' }, 11, 'finished'],
    [{ tier: 'low' }, 11, 'finished'], [{ moneyMovement: false }, 11, 'stored only'], [{ erasedAt: '2026-03-05T14:19:25Z' }, 0, 'erased'],
  ])('are in one state: %j after %d minutes is %s', (overrides, minutes, expected) => {
    expect(travelStateOf(open(overrides), Date.parse(BLOCKED_PAYMENT.receivedAt) + minutes * 60_000)).toBe(expected);
  });
});

describe('what two sources know', () => {
  test('is joined, and an absent value replaces nothing', () => {
    expect(merged(open({ publishedAt: 'a', archiveKey: 'k' }), open({ publishedAt: 'b', verdict: 'review' }))).toMatchObject({ publishedAt: 'a', archiveKey: 'k', verdict: 'review' });
    expect(merged(undefined, open())).toEqual(open());
  });

  test('loses what the item does not have anymore', () => {
    const known = open({ givenUpAt: 'a', sweeps: 10, claimedAt: 'c' });
    const { givenUpAt, sweeps, claimedAt, ...fromBus } = open();

    expect(merged(known, fromBus)).toMatchObject({ givenUpAt: 'a', sweeps: 10 });
    expect(merged(open({ label: 'fraud', labeledBy: 'jane' }), open({ label: undefined, labeledBy: undefined }))).toMatchObject({ label: undefined, labeledBy: undefined });
    expect(merged(known, { ...fromBus, givenUpAt: undefined, sweeps: undefined, claimedAt: 'd' })).toMatchObject({ givenUpAt: undefined, claimedAt: 'd' });
  });
});

describe('the filters', () => {
  const all = simulatedTransactions(50);

  test('keep the list as it is if no filter is set', () => {
    expect(filteredTransactions(all, NO_FILTER, CONSOLE_NOW)).toBe(all);
    expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBe(false);
  });

  test.each(['61,250.00', '61250', 'PI_3N', 'order-10477 cus_pq'])('find a payment by %j', (text) => {
    expect(filteredTransactions(all, { ...NO_FILTER, text }, CONSOLE_NOW)).toContain(BLOCKED_PAYMENT);
  });

  test('find what has no verdict and no tier', () => {
    const none = open({ tier: undefined, reference: undefined, customerId: undefined, amount: undefined });

    expect(filteredTransactions([none, BLOCKED_PAYMENT], { ...NO_FILTER, verdict: 'none', tier: 'none' }, CONSOLE_NOW)).toEqual([none]);
    expect(filteredTransactions([none, BLOCKED_PAYMENT], { ...NO_FILTER, text: 'undefined' }, CONSOLE_NOW)).toEqual([]);
  });

  test('find what has a label, and what has none', () => {
    const unlabeled = open({ label: undefined });

    expect(filteredTransactions([unlabeled, BLOCKED_PAYMENT], { ...NO_FILTER, label: 'fraud' }, CONSOLE_NOW)).toEqual([BLOCKED_PAYMENT]);
    expect(filteredTransactions([unlabeled, BLOCKED_PAYMENT], { ...NO_FILTER, label: 'none' }, CONSOLE_NOW)).toEqual([unlabeled]);
  });

  test('are joined', () => {
    const filter = { ...NO_FILTER, provider: 'stripe', kind: 'captured', state: 'finished', verdict: 'block' };

    expect(filteredTransactions([BLOCKED_PAYMENT], filter, CONSOLE_NOW)).toEqual([BLOCKED_PAYMENT]);
    expect(filteredTransactions([BLOCKED_PAYMENT], { ...filter, provider: 'adyen' }, CONSOLE_NOW)).toEqual([]);
    expect(filteredTransactions([BLOCKED_PAYMENT], { ...filter, kind: 'failed' }, CONSOLE_NOW)).toEqual([]);
    expect(filteredTransactions([BLOCKED_PAYMENT], { ...filter, state: 'late' }, CONSOLE_NOW)).toEqual([]);
  });
});

describe('the window of rows', () => {
  test.each([
    [0, 600, 40, 10_000, { first: 0, end: 21 }],
    [4_000, 600, 40, 10_000, { first: 94, end: 121 }],
    [400_000, 600, 40, 10_000, { first: 9_994, end: 10_000 }],
    [0, 600, 40, 3, { first: 0, end: 3 }], [9_000, 600, 40, 0, { first: 0, end: 0 }],
  ])('at %d of height %d', (top, height, row, count, expected) => {
    expect(rowWindow(top, height, row, count)).toEqual(expected);
  });

  test('moves only as far as a row needs', () => {
    expect(scrollToRow(0, 400, 600, 40)).toBe(0);
    expect(scrollToRow(12, 400, 600, 40)).toBe(400);
    expect(scrollToRow(50, 400, 600, 40)).toBe(1_440);
  });

  test.each([
    ['ArrowDown', -1, 0], ['ArrowDown', 9, 9], ['ArrowUp', 0, 0], ['ArrowUp', 5, 4], ['PageDown', 2, 6], ['PageUp', 2, 0], ['Home', 7, 0], ['End', 0, 9], ['Enter', 0, undefined], ['toString', 0, undefined],
  ])('%s from row %d leads to %s', (key, index, expected) => {
    expect(rowAfterKey(key, index, 10, 4)).toBe(expected);
    expect(rowAfterKey(key, index, 0, 4)).toBeUndefined();
  });
});

describe('times', () => {
  const now = Date.parse('2026-03-04T14:20:00Z');

  test.each([
    ['2026-03-04T14:19:59.5Z', 'now'], ['2026-03-04T14:20:09Z', 'now'], ['2026-03-04T14:19:48Z', '12 s ago'], ['2026-03-04T14:15:00Z', '5 min ago'], ['2026-03-04T11:00:00Z', '3 h ago'],
    ['2026-03-02T11:00:00Z', '2 d ago'], ['nonsense', ''],
  ])('%s is %j', (time, expected) => {
    expect(relativeTime(time, now)).toBe(expected);
  });

  test('of another day have their date, and those that nobody can read stay as they are', () => {
    expect(['2026-03-04T14:03:22Z', '2026-03-03T14:03:22Z', 'nonsense'].map((time) => clockTime(time, now))).toEqual(['14:03:22', '03-03 14:03', 'nonsense']);
    expect(['2026-03-04T14:03:22.089Z', 'nonsense'].map(fullTime)).toEqual(['2026-03-04 14:03:22.089 UTC', 'nonsense']);
  });

  test('between two steps are exact if they are short', () => {
    expect([['2026-03-04T14:03:22.0Z', '2026-03-04T14:03:22.4Z'], ['2026-03-04T14:03:22Z', '2026-03-04T14:07:22Z'], ['2026-03-04T14:03:22Z', '2026-03-04T14:03:21Z'], ['x', 'y']]
      .map(([from, to]) => stepTime(from, to))).toEqual(['0.4 s', '4 min', '', '']);
  });
});

describe('texts from outside', () => {
  test('show characters that nobody can see or that turn the text around', () => {
    expect(shownText('a\u001b[31m\u202egnp.exe\u0000\u007f\u200b\n')).toBe('a␛[31m⟨U+202E⟩gnp.exe␀␡⟨U+200B⟩␊');
  });

  test('keep the lines and tabs of a body', () => {
    expect(shownText('{\n\t"a": 1\r\n}', true)).toBe('{\n\t"a": 1␍\n}');
  });

  test('keep letters of every script', () => {
    expect(shownText('Zoë 東京 👍')).toBe('Zoë 東京 👍');
  });
});

describe('a body', () => {
  test('of JSON has line breaks, and each digit of its numbers', () => {
    expect(formattedBody('{"a":[1,{}],"b":12345678901234567890.10,"c":"x, {y}: \\"z\\"","d":[],"e":null}')).toBe(
      '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": 12345678901234567890.10,\n  "c": "x, {y}: \\"z\\"",\n  "d": [],\n  "e": null\n}',
    );
  });

  test('that is no JSON, or is large, is shown as it is', () => {
    expect(formattedBody('a=1&b=2')).toBe('a=1&b=2');
    const large = JSON.stringify({ text: 'x'.repeat(200_000), more: 1 });
    expect(formattedBody(large)).toBe(large);
  });
});

describe('the stream', () => {
  test('is read in parts that end anywhere', () => {
    const parser = new StreamParser();
    const text = ': alive\n\nid: e/1\ndata: {"a":\ndata: 1}\n\ndata: 2\n\n';

    expect([...text].flatMap((character) => parser.push(character))).toEqual([{ id: 'e/1', data: '{"a":\n1}' }, { id: undefined, data: '2' }]);
  });

  test('is connected again after longer and longer waits', () => {
    expect([0, 1, 2, 3, 20].map(reconnectWait)).toEqual([500, 500, 1_000, 2_000, 15_000]);
  });
});

describe('the list', () => {
  const at = (index: number) => open({ timestamp: `t#${index}`, receivedAt: new Date(CONSOLE_NOW + index).toISOString() });

  test('is sorted, newest first, and forgets the oldest ones', () => {
    const list = new TransactionListState(3);
    list.apply({ transactions: [at(2), at(1), at(5), at(4), at(3), at(5)] });

    expect(list.all.map(({ timestamp }) => timestamp)).toEqual(['t#5', 't#4', 't#3']);
    expect(list.all).toBe(list.all);
    expect(list.find(eventKeyOf(at(1)))).toBeUndefined();
    expect(list.find(eventKeyOf(at(5)))).toBeDefined();
    expect(list.providers).toEqual(['stripe']);
  });

  test('begins again with a snapshot', () => {
    const list = new TransactionListState();
    list.apply({ transactions: [at(1), { ...at(1), timestamp: 'same time' }] });
    expect(list.all).toHaveLength(2);
    list.apply({ isSnapshot: true, transactions: [at(2)] });

    expect(list.all).toEqual([at(2)]);
  });

  test('finds the place of an event', () => {
    expect(indexOfKey([at(2), at(1)], eventKeyOf(at(1)))).toBe(1);
    expect(indexOfKey([at(2)], eventKeyOf(at(1)))).toBe(-1);
    expect(indexOfKey([at(2)], undefined)).toBe(-1);
  });
});
