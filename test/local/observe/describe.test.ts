import { describeAnswers, describeOutcome, tally } from '../../../local/observe/describe';
import { observedOf, type TableItem } from '../../../local/observe/observations';
import { toAlert } from '../../../local/observe/taps';
import { assessedItem, NOTHING, tracesOf } from '../items';

const itemText = (changes: object) => describeOutcome('', { ...NOTHING, items: [{ ...assessedItem(), ...changes }] }).item;

describe('describeOutcome', () => {
  test('describes all results, and duplicates once', () => {
    expect(describeOutcome('200 stored', tracesOf('evt_1'))).toEqual({
      answer: '200 stored',
      item: 'captured 25,000.00 USD',
      events: 'received, assessed',
      rule: 'high',
      verdict: 'approve (30)',
      reasons: 'one (+10); another (+20)',
      alert: 'High',
      audit: '4',
    });
  });

  test('describes an outcome without results', () => {
    expect(describeOutcome('401 no', NOTHING)).toEqual({
      answer: '401 no', item: '-', events: '-', rule: '-', verdict: '-', reasons: '-', alert: '-', audit: '-',
    });
  });

  test('lists every rule that matched', () => {
    const { matches, ...traces } = tracesOf('evt_1');

    const { rule } = describeOutcome('', { ...traces, matches: [...matches, { ...matches[0], rule: 'low' }] });

    expect(rule).toBe('low, high');
  });

  test.each([
    [{ live: { BOOL: false } }, 'captured 25,000.00 USD, test mode'],
    [{ amount_minor: { N: '5' } }, 'captured 0.05 USD'],
    [{ erased_at: { S: '2026-01-02T00:00:00.000Z' } }, 'captured 25,000.00 USD, erased'],
    [{ label: { S: 'fraud' }, labeled_by: { S: 'dispute' } }, 'captured 25,000.00 USD, labeled fraud by dispute'],
    [{ exponent: { N: '0' }, currency: { S: 'JPY' } }, 'captured 2,500,000 JPY'],
    [{ amount_minor: undefined }, 'captured, no amount'],
    [{ record_type: { S: 'note' } }, 'record of type note'],
  ])('an item with %j is %s', (changes, text) => {
    expect(itemText(changes)).toBe(text);
  });

  test('shows how often a transaction was swept', () => {
    const item = { ...assessedItem(), sweeps: { N: '2' } };

    expect(describeOutcome('', { ...NOTHING, items: [item] }).verdict).toBe('approve (30) after 2 sweeps');
  });
});

describe('describeAnswers', () => {
  test('counts equal answers, in a fixed order', () => {
    const duplicate = { status: 200, body: '{"result":"duplicate"}' };

    expect(describeAnswers([duplicate, { status: 200, body: '{"result":"stored"}' }, duplicate])).toBe('200 stored, 2 × 200 duplicate');
  });

  test('shows the error, and an answer that is not JSON', () => {
    expect(describeAnswers([{ status: 401, body: '{"error":"signature_missing"}' }])).toBe('401 signature_missing');
    expect(describeAnswers([{ status: 502, body: '<html><body>Bad gateway' }])).toBe('502 <html><body>Bad gate');
    expect(describeAnswers([{ status: 200, body: '[accepted]' }])).toBe('200 [accepted]');
  });
});

test('tally keeps the order and counts', () => {
  expect(tally(['b', 'a', 'b'])).toBe('2 × b, a');
  expect(tally([])).toBe('-');
});

test('observedOf keeps the results of the given events, and alerts by their text', () => {
  const [one, other] = [tracesOf('evt_1'), tracesOf('evt_2')];
  const both = {
    items: [...one.items, ...other.items],
    busEvents: [...one.busEvents, ...other.busEvents],
    matches: [...one.matches, ...other.matches],
    alerts: [...one.alerts, ...other.alerts, { text: 'alert of no event' }],
    changes: [...one.changes, ...other.changes],
    deadLetters: ['letter'],
  };

  expect(observedOf(both, new Set(['evt_2']))).toEqual(other);
});

test('observedOf keeps other records by their type, deletions too', () => {
  const entry = { record_type: 'blocklist-entry' };
  const items = [{ transaction_id: { S: 'a' }, record_type: { S: 'rule-set' } }, { transaction_id: { S: 'b' }, record_type: { S: 'blocklist-entry' } }];
  const changes = [{ event_id: '1', new_image: { record_type: 'rule-set' } }, { event_id: '2', new_image: entry }, { event_id: '3', old_image: entry }];

  const own = observedOf({ ...NOTHING, items, changes }, new Set(['blocklist-entry']));

  expect(own).toEqual({ ...NOTHING, items: [items[1]], changes: changes.slice(1) });
});

test('observedOf keeps another record by its key, and no event by it', () => {
  const entry = (key: string): TableItem => ({ transaction_id: { S: key }, record_type: { S: 'blocklist-entry' } });
  const event: TableItem = { transaction_id: { S: 'a' }, event_id: { S: 'evt_1' } };
  const items = [entry('a'), entry('b'), event];

  expect(observedOf({ ...NOTHING, items }, new Set(['a'])).items).toEqual([items[0]]);
});

test('observedOf identifies an alert of the workflow by its beginning', () => {
  const alert = { subject: 'High: captured', text: 'High: alert of evt_1 | Transaction https://console' };

  expect(observedOf({ ...tracesOf('evt_1'), alerts: [alert] }, new Set(['evt_1'])).alerts).toEqual([alert]);
});

test('alerts are described by tier and verdict, in the order of processing', () => {
  const alerts = ['BLOCK: b', 'Medium: m', 'High: a', 'High: c'].map((text) => ({ text }));

  expect(describeOutcome('', { ...NOTHING, alerts }).alert).toBe('Medium, 2 × High, BLOCK');
});

test.each([
  ['of the workflow', { Subject: 'High: 1', Message: 'High: 1 | ID' }, { subject: 'High: 1', text: 'High: 1 | ID' }],
  ['of a rule, from an input path', { Message: '"Medium: 1"' }, { subject: undefined, text: 'Medium: 1' }],
  ['of a rule, as the emulator writes it', { Subject: null, Message: '"Medium: 1"' }, { subject: undefined, text: 'Medium: 1' }],
])('toAlert unpacks an alert %s', (_, message, expected) => {
  expect(toAlert(JSON.stringify(message))).toEqual(expected);
});
