import { setImmediate } from 'node:timers/promises';
import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describedTable } from './support/described-table';
import { FakeTerminal } from './support/fake-terminal';
import { byEvent, charge, JANE, JOHN, world } from './support/jane-and-john';
import { bus, BUS_ARN, relayed, resetSystem, settings, STACK, tool } from './support/operated-system';

const VERDICT = {
  verdict: { S: 'block' }, score: { N: '90' }, reasons: { L: [{ S: 'amount 25,000.00 EUR is over 10,000 (+90)' }] }, rule_set: { S: '0123456789ab' }, assessed_at: { S: '2026-02-01T00:00:01.000Z' },
};
const SINCE_YESTERDAY = ['--since', new Date(Date.now() - 86_400_000).toISOString()];
const replay = (...args: string[]) => ['replay', ...args, ...STACK];
const details = () => bus.published.map(({ DetailType, Detail }) => `${DetailType} ${(JSON.parse(Detail!) as { event_id: string }).event_id}`);

beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => resetSystem());

/** Each is received in a millisecond of its own, so that their order is that of their receipt. */
async function fillWithThree(): Promise<void> {
  for (const webhook of [charge('high', JANE, { amount: 2_500_000 }), charge('medium', JOHN, { amount: 250_000 }), charge('low', JOHN)]) {
    await world.receive(webhook);
    const { received_at: at } = await byEvent(webhook.id);
    while (new Date().toISOString() <= at.S!) {
      await setImmediate();
    }
  }
  await world.archiveChanges();
}

describe('a replay of an id', () => {
  test('publishes the same event as the relay', async () => {
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    const published = await relayed(await byEvent('evt_high'));

    const { code, printed } = await tool(replay('pi_high', '--yes'));

    expect(published).toHaveLength(1);
    expect(bus.published).toEqual(published);
    expect(code).toBe(0);
    expect(printed).toBe('1 event to publish again:\n  stripe, high, transaction.received  1\nPublished 1 event.');
  });

  test('publishes the same verdict as the relay, with the event for a block', async () => {
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    const before = await byEvent('evt_high');
    await world.update(before, VERDICT);
    const after = await byEvent('evt_high');
    const [received, published] = [await relayed(before), await relayed(after, before)];

    await tool(replay('stripe:pi_high', '--yes', '--detail', 'all'));

    expect(published).toHaveLength(2);
    expect(bus.published).toEqual([...received, ...published]);
  });

  test('publishes a verdict that does not block once', async () => {
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    await world.update(await byEvent('evt_high'), { ...VERDICT, verdict: { S: 'review' } });

    await tool(replay('stripe:pi_high', '--yes', '--detail', 'assessed'));

    expect(details()).toEqual(['transaction.assessed evt_high']);
  });

  test('publishes the raw body if the relay does', async () => {
    settings.INCLUDE_BODY = 'true';
    await world.receive(charge('high', JANE));
    const published = await relayed(await byEvent('evt_high'));

    await tool(replay('pi_high', '--yes'));

    expect(published[0].Detail).toContain('"body":');
    expect(bus.published).toEqual(published);
  });

  test('publishes all events of a payment, or the one of an event id', async () => {
    await world.receive(charge('one', JANE));
    await world.receive(charge('two', JANE, { paymentIntent: 'pi_one', type: 'charge.updated' }));

    await tool(replay('pi_one', '--yes'));
    const ofPayment = details().sort();
    bus.reset();
    await tool(replay('evt_two', '--yes'));

    expect(ofPayment).toEqual(['transaction.received evt_one', 'transaction.received evt_two']);
    expect(details()).toEqual(['transaction.received evt_two']);
  });

  test('says that nothing has the id', async () => {
    const { code, noted } = await tool(replay('pi_unknown', '--yes'));

    expect(code).toBe(4);
    expect(noted).toContain('No payment, event or reference with this id is in the table');
  });

  test('says so without an index of events', async () => {
    const clients = { ...world.clients, dynamodb: describedTable(world.clients.dynamodb, { GlobalSecondaryIndexes: undefined }) };

    const { code, noted } = await tool(replay('evt_unknown', '--yes'), { clients });

    expect(code).toBe(4);
    expect(noted).toContain('No payment, event or reference with this id is in the table');
  });

  test('does not search a large table without a question', async () => {
    const clients = { ...world.clients, dynamodb: describedTable(world.clients.dynamodb, { ItemCount: 10_000, TableSizeBytes: 30_000_000 }) };

    const { code, noted } = await tool(replay('order-1001', '--dry-run'), { clients });

    expect(code).toBe(2);
    expect(noted).toContain('The table was not searched for an event or a reference. To read it (about 10,000 items, 30 MB');
  });

  test('never publishes an erased transaction', async () => {
    await world.receive(charge('gone', JANE));
    await world.erase({ provider: 'stripe', id: JANE });

    const { code, printed } = await tool(replay('pi_gone', '--yes'));

    expect(code).toBe(4);
    expect(bus.published).toEqual([]);
    expect(printed).toBe('0 events to publish again.\n1 erased transaction left out.');
  });
});

describe('a replay of a time', () => {
  test.each(['archive', 'table'])('publishes what was received, in order, from the %s', async (source) => {
    await fillWithThree();

    const { code, printed } = await tool(replay(...SINCE_YESTERDAY, '--from', source, '--yes'));

    expect(code).toBe(0);
    expect(details()).toEqual(['transaction.received evt_high', 'transaction.received evt_medium', 'transaction.received evt_low']);
    expect(printed).toContain('Published 3 events.');
  });

  test.each(['archive', 'table'])('publishes the same events with their bodies as the relay, from the %s', async (source) => {
    settings.INCLUDE_BODY = 'true';
    await world.receive(charge('high', JANE, { amount: 2_500_000 }));
    await world.archiveChanges();
    const before = await byEvent('evt_high');
    await world.update(before, VERDICT);
    await world.archiveChanges();
    const published = [...await relayed(before), ...await relayed(await byEvent('evt_high'), before)];

    await tool(replay(...SINCE_YESTERDAY, '--from', source, '--detail', 'all', '--yes'));

    expect(bus.published).toEqual(published);
  });

  test('publishes from the archive what the table has deleted', async () => {
    await fillWithThree();
    await world.remove(await byEvent('evt_low'));
    await world.archiveChanges();

    await tool(replay(...SINCE_YESTERDAY, '--tier', 'low', '--yes'));

    expect(details()).toEqual(['transaction.received evt_low']);
  });

  test('does not publish what the table has erased and the archive still has', async () => {
    await fillWithThree();
    const objects = new Map([...world.buckets.buckets.get('the-archive')!].map(([key, versions]) => [key, [...versions]]));
    await world.erase({ provider: 'stripe', id: JANE });
    world.buckets.buckets.set('the-archive', objects);

    const { printed } = await tool(replay(...SINCE_YESTERDAY, '--yes'));

    expect(details()).toEqual(['transaction.received evt_medium', 'transaction.received evt_low']);
    expect(printed).toContain('1 erased transaction left out.');
  });

  test('asks again for keys that the table did not process, and does not publish without an answer', async () => {
    await fillWithThree();
    let unanswered = 1;
    const dynamodb = new Proxy(world.clients.dynamodb, {
      get: (client, name) => name !== 'send' ? Reflect.get(client, name) as unknown : async (command: BatchGetItemCommand, options: object) => (
        command instanceof BatchGetItemCommand && unanswered-- > 0
          ? { UnprocessedKeys: command.input.RequestItems } : (client as DynamoDBClient).send(command, options)
      ),
    });

    const once = await tool(replay(...SINCE_YESTERDAY, '--yes'), { clients: { ...world.clients, dynamodb } });
    const published = details().length;
    unanswered = Number.MAX_SAFE_INTEGER;
    bus.reset();
    const never = await tool(replay(...SINCE_YESTERDAY, '--yes'), { clients: { ...world.clients, dynamodb } });

    expect([once.code, published]).toEqual([0, 3]);
    expect([never.code, bus.published]).toEqual([1, []]);
    expect(never.noted).toContain('does not answer whether transactions were erased');
  });

  test('selects by provider, tier and time', async () => {
    await fillWithThree();
    const { received_at: at } = await byEvent('evt_medium');

    const counts = [];
    for (const args of [['--provider', 'other'], ['--tier', 'medium'], ['--until', at.S!], ['--provider', 'stripe']]) {
      bus.reset();
      await tool(replay(...SINCE_YESTERDAY, ...args, '--yes'));
      counts.push(bus.published.length);
    }

    expect(counts).toEqual([0, 1, 1, 3]);
  });

  test('skips objects that were written before the time', async () => {
    await fillWithThree();
    world.buckets.buckets.get('the-archive')!.forEach(([version]) => Object.assign(version, { modifiedAt: new Date('2026-01-01') }));

    const { code } = await tool(replay(...SINCE_YESTERDAY, '--yes'));

    expect([code, bus.published]).toEqual([4, []]);
  });

  test('lists counts in a dry run, and publishes nothing', async () => {
    await fillWithThree();

    const { code, printed, noted } = await tool(replay(...SINCE_YESTERDAY, '--dry-run'));
    const json = await tool(replay(...SINCE_YESTERDAY, '--dry-run', '--json'));

    expect(code).toBe(0);
    expect(printed).toBe([
      '3 events to publish again:',
      '  stripe, high, transaction.received    1',
      '  stripe, medium, transaction.received  1',
      '  stripe, low, transaction.received     1',
    ].join('\n'));
    expect(noted).toContain('Dry run: nothing was changed.');
    expect(JSON.parse(json.printed)).toEqual({
      planned: ['high', 'medium', 'low'].map((tier) => ({ provider: 'stripe', tier, type: 'transaction.received', events: 1 })), erased: 0, unreadable: [],
    });
    expect(bus.calls).toBe(0);
  });

  test('asks before it reads a large table, and publishes nothing without a confirmation', async () => {
    await fillWithThree();
    const clients = { ...world.clients, dynamodb: describedTable(world.clients.dynamodb, { ItemCount: 20_000, TableSizeBytes: 81_920_000 }) };

    const declined = await tool(replay(...SINCE_YESTERDAY, '--from', 'table'), { clients, terminal: new FakeTerminal(true, 'n') });
    const dry = await tool(replay(...SINCE_YESTERDAY, '--from', 'table', '--dry-run'), { clients });
    const confirmed = await tool(replay(...SINCE_YESTERDAY, '--from', 'table'), { clients, terminal: new FakeTerminal(true, 'y') });

    expect(declined.code).toBe(2);
    expect(declined.terminal.questions).toEqual(['Read the whole table: about 20,000 items, 82 MB, 10,000 read request units? [y/N] ']);
    expect(declined.noted).toContain('add --yes, or use --from archive');
    expect(dry.code).toBe(2);
    expect(confirmed.terminal.questions).toEqual([expect.stringContaining('Read the whole table'), `Publish 3 events to ${BUS_ARN}? [y/N] `]);
    expect(confirmed.code).toBe(0);
  });

  test('publishes nothing if the question is declined', async () => {
    await fillWithThree();

    const { code, noted } = await tool(replay(...SINCE_YESTERDAY), { terminal: new FakeTerminal(true, 'no') });

    expect([code, bus.calls]).toEqual([2, 0]);
    expect(noted).toContain('Nothing was changed.');
  });
});

describe('a replay with failures', () => {
  test('retries entries that fail, and keeps the others', async () => {
    await fillWithThree();
    bus.reset((_, call) => call === 0 ? 'ThrottlingException' : undefined);

    const { code } = await tool(replay(...SINCE_YESTERDAY, '--yes'));

    expect([code, bus.ids.length]).toEqual([0, 3]);
  });

  test('stops at an entry that keeps failing, and says where to continue', async () => {
    await fillWithThree();
    const { received_at: at } = await byEvent('evt_medium');
    bus.reset(({ transaction_id: id }) => id === 'stripe:pi_medium' ? 'InternalFailure' : undefined);

    const { code, printed } = await tool(replay(...SINCE_YESTERDAY, '--yes', '--rate', '1'));
    const json = await tool(replay(...SINCE_YESTERDAY, '--yes', '--rate', '1', '--json'));

    expect(code).toBe(1);
    expect(bus.ids).not.toContain('stripe:pi_low');
    expect(printed).toContain(`Stopped after 1 of 3 events: InternalFailure. To continue, run the command again with --since ${at.S}.`);
    expect(JSON.parse(json.printed)).toMatchObject({ published: 1, error: 'InternalFailure', continue_since: at.S });
    bus.reset(({ transaction_id: id }) => id === 'stripe:pi_medium' ? 'InternalFailure' : undefined);
    const inOneCall = await tool(replay(...SINCE_YESTERDAY, '--yes', '--json'));
    expect(JSON.parse(inOneCall.printed)).toMatchObject({ published: 2, error: 'InternalFailure', continue_since: at.S });
  });

  test('reports the failure of the whole call', async () => {
    await world.receive(charge('one', JANE));
    bus.client.rejects(Object.assign(new Error('denied'), { name: 'AccessDeniedException' }));

    const { code, printed } = await tool(replay('pi_one', '--yes'));

    expect(code).toBe(1);
    expect(printed).toContain('Stopped after 0 of 1 event: AccessDeniedException. To continue, run the command again.');
  });

  test('counts an entry without an answer as failed', async () => {
    await world.receive(charge('one', JANE));
    bus.client.resolves({});

    expect((await tool(replay('pi_one', '--yes'))).printed).toContain('NoAnswer');
  });

  test('lists what the bus never accepts and what is no event, and publishes the rest', async () => {
    await fillWithThree();
    bus.reset(({ transaction_id: id }) => id === 'stripe:pi_medium' ? 'MalformedDetail' : undefined);
    await world.update(await byEvent('evt_low'), { kind: { S: 'unknown\u001b[31m' } });

    const { code, printed } = await tool(replay(...SINCE_YESTERDAY, '--from', 'table', '--yes'));
    const json = await tool(replay(...SINCE_YESTERDAY, '--from', 'table', '--yes', '--json'));

    expect(code).toBe(3);
    expect(printed).toContain('No event can be made of stripe:pi_low 2026-01-31T12:00:00.000Z#evt_low: the attribute kind is missing or not as expected');
    expect(printed).toContain('The bus does not accept stripe:pi_medium 2026-01-31T12:00:00.000Z#evt_medium: MalformedDetail');
    expect(printed).toContain('Published 1 event.');
    expect(JSON.parse(json.printed)).toMatchObject({ rejected: [{ transaction_id: 'stripe:pi_medium', error: 'MalformedDetail' }], unreadable: [{ transaction_id: 'stripe:pi_low' }] });
  });

  test('exits with 3 if no event can be made of what was found', async () => {
    await world.receive(charge('one', JANE));
    await world.update(await byEvent('evt_one'), { kind: { S: 'unknown' } });

    expect((await tool(replay('pi_one', '--yes'))).code).toBe(3);
  });

  test('stops between two calls when it is interrupted, and says where to continue', async () => {
    await fillWithThree();
    const { received_at: at } = await byEvent('evt_medium');
    const interruption = new AbortController();
    const sleep = async () => {
      interruption.abort();
      throw new Error('aborted');
    };

    const { code, printed } = await tool(replay(...SINCE_YESTERDAY, '--yes', '--rate', '1'), { signal: interruption.signal, sleep });

    expect(code).toBe(130);
    expect(bus.ids).toEqual(['stripe:pi_high']);
    expect(printed).toContain(`Stopped after 1 of 3 events. To continue, run the command again with --since ${at.S}.`);
  });

  test('publishes at most --rate events per second', async () => {
    await fillWithThree();
    const waits: number[] = [];
    const now = new Date();

    await tool(replay(...SINCE_YESTERDAY, '--yes', '--rate', '2'), { now: () => now, sleep: async (millis) => waits.push(millis) });

    expect(bus.calls).toBe(2);
    expect(waits).toEqual([1_000]);
  });
});

describe('the arguments of a replay', () => {
  test.each([
    [[], 'name an id, or a time with --since, and not both'],
    [['pi_1', '--since', '2026-01-31'], 'name an id, or a time with --since, and not both'],
    [['pi_1', '--until', '2026-01-31'], '--until needs --since'],
    [['--since', '2026-02-01', '--until', '2026-01-31'], '--since must be before --until'],
    [['--since', 'yesterday'], 'It must be a time with its zone'],
    [['--since', '2026-13-31'], 'It must be a time with its zone'],
    [['pi_1', '--rate', '0'], 'It must be a number above 0, per second.'],
    [['pi_1', '--rate', 'fast'], 'It must be a number above 0, per second.'],
    [[' '], 'the id is empty'],
  ])('%j is refused', async (args, message) => {
    const { code, noted } = await tool(replay(...args, '--yes'));

    expect(code).toBe(2);
    expect(noted).toContain(message);
    expect(bus.calls).toBe(0);
  });

  test('need a confirmation that somebody can give', async () => {
    expect((await tool(replay('pi_1'))).noted).toContain('add --yes');
  });

  test('need a relay with its settings', async () => {
    delete settings.EVENT_SOURCE;

    expect((await tool(replay('pi_1', '--yes'))).noted).toContain('the event relay has no setting EVENT_SOURCE');
  });
});
