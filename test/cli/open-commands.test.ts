import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { givenUp, itemOf } from './support/dead-letter-samples';
import { FakeTerminal } from './support/fake-terminal';
import { FaultyClients } from './support/faulty-clients';
import { intercepted } from './support/intercepted';
import { OperatedSystem } from './support/operator-system';
import { putEvents } from '../../handlers/publish/events/put-events';
import { sweep } from '../../handlers/publish/sweep/sweep';
import { ASSESSMENT, DETAIL_CONFIG } from '../handlers/support/items';
import { Output } from '../handlers/support/output';

const system = new OperatedSystem();
const json = (text: string) => JSON.parse(text) as any;
const ALL = ['open', 'retry', '--all', '--yes'];
const RETURNED = { sweep_partition: { S: expect.stringMatching(/^\d$/) as never }, sweep_at: { S: '2025-03-05T00:00:00.000Z' } };

beforeAll(async () => system.start());
afterAll(async () => system.stop());
beforeEach(async () => system.reset());

/** Runs the sweep of the relay on the table. */
async function runSweep(): Promise<void> {
  new Output().capture();
  await sweep({
    now: system.now + 1_000,
    remainingMillis: () => 60_000,
    config: { eventBusName: 'payment-events', source: 'payments', ...DETAIL_CONFIG },
    publisher: { put: putEvents, sleep: async () => {}, random: () => 0 },
  });
}

describe('open', () => {
  test('lists open transactions, the oldest first, and those that were given up', async () => {
    await system.put(
      itemOf(1, { sweeps: { N: '2' }, claimed_at: { S: '2025-03-04T23:58:30.000Z' }, claim_owner: { S: 'arn' }, sweep_at: { S: '2025-03-05T00:20:00.000Z' } }),
      itemOf(2, { received_at: { S: '2025-03-03T00:00:00.000Z' }, ...ASSESSMENT, transaction_id: { S: 'stripe:pi_\u001b[2J' } }),
      givenUp(3),
      itemOf(4, { sweep_partition: undefined, sweep_at: undefined }),
      itemOf(5, { amount_minor: undefined, received_at: undefined, currency: undefined, exponent: undefined, sweep_partition: { S: '1' } }),
    );

    const { exitCode, printed } = await system.run(['open']);

    expect(exitCode).toBe(0);
    expect(printed).toMatchSnapshot();
    expect(json((await system.run(['open', '--json'])).printed)[2]).toEqual({
      transaction_id: 'stripe:pi_1',
      timestamp: '2025-03-04T05:06:00.000Z#evt_1',
      received_at: '2025-03-04T05:06:07.089Z',
      amount_minor: '1234567',
      exponent: 2,
      currency: 'EUR',
      attempts: 2,
      next_sweep_at: '2025-03-05T00:20:00.000Z',
      claimed_at: '2025-03-04T23:58:30.000Z',
      claim_owner: 'arn',
    });
  });

  test('says that there are none', async () => {
    expect((await system.run(['open'])).printed).toBe('No open transactions.');
  });

  test('reads more items than one call returns, and repeats what DynamoDB did not return', async () => {
    await system.put(...Array.from({ length: 130 }, (_, number) => itemOf(number)));
    let calls = 0;
    const clients = {
      ...system.clients,
      dynamodb: new Proxy(system.clients.dynamodb, {
        get: (target: any, name) => name !== 'send' ? target[name] : async (command: any, options: any) => {
          const answer = await target.send(command, options);
          return command instanceof BatchGetItemCommand && calls++ === 0 ? { UnprocessedKeys: command.input.RequestItems } : answer;
        },
      }),
    };

    expect((await system.run(['open'], { clients })).printed).toContain('130 open transactions:');
    expect(system.waited).toBe(200);
  });

  test('fails if DynamoDB keeps returning a part, or nothing of the items', async () => {
    await system.put(itemOf(1));
    const answering = (answer: (command: any) => object) => ({
      ...system.clients,
      dynamodb: new Proxy(system.clients.dynamodb, {
        get: (target: any, name) => name !== 'send' ? target[name] : async (command: any, options: any) => command instanceof BatchGetItemCommand ? answer(command) : target.send(command, options),
      }),
    });

    expect(await system.run(['open'], { clients: answering(({ input }) => ({ UnprocessedKeys: input.RequestItems })) })).toMatchObject({ exitCode: 1, noted: 'error: DynamoDB did not return all items. Run the command again.' });
    expect(await system.run(['open'], { clients: answering(() => ({})) })).toMatchObject({ exitCode: 0 });
  });

  test('leaves out a transaction that was closed since the index was read', async () => {
    await system.put(itemOf(1));
    const clients = {
      ...system.clients,
      dynamodb: intercepted(system.clients.dynamodb, async (name) => name === 'BatchGetItemCommand' ? system.put(itemOf(1, { closed_at: { S: 'x' } })) : undefined),
    };

    expect((await system.run(['open'], { clients })).printed).toBe('No open transactions.');
  });
});

describe('open retry', () => {
  test('gives back what the sweep gave up, and the sweep republishes it with all attempts', async () => {
    await system.put(givenUp(1), givenUp(2), itemOf(3, { sweep_at: { S: '2026-01-01T00:00:00.000Z' } }));

    const { exitCode, printed } = await system.run(ALL);

    expect(exitCode).toBe(0);
    expect(printed).toBe('2 transactions to retry.\n2 transactions given back. The sweep republishes within a minute.');
    expect(await system.find(givenUp(1))).toEqual(itemOf(1, RETURNED));
    await runSweep();
    expect(system.bus.ids.sort()).toEqual(['stripe:pi_1', 'stripe:pi_2']);
    expect((await system.find(givenUp(1)))!.sweeps).toEqual({ N: '1' });
  });

  test('makes an open transaction due now', async () => {
    await system.put(itemOf(1, { sweeps: { N: '9' }, sweep_at: { S: '2026-01-01T00:00:00.000Z' } }), itemOf(2));

    expect(json((await system.run(['open', 'retry', 'stripe:pi_1', 'stripe:pi_1', '--yes', '--json'])).printed)).toEqual([
      { transaction_id: 'stripe:pi_1', timestamp: '2025-03-04T05:06:00.000Z#evt_1', outcome: 'returned' },
    ]);
    expect(await system.find(itemOf(1))).toEqual(itemOf(1, RETURNED));
    expect(await system.find(itemOf(2))).toEqual(itemOf(2));
  });

  test('closes a transaction without a need for a workflow, like the sweep', async () => {
    await system.put(givenUp(1, { amount_minor: { N: '100' } }));

    expect((await system.run(ALL)).exitCode).toBe(0);
    await runSweep();
    expect((await system.find(givenUp(1)))!.sweep_at).toBeUndefined();
  });

  test('leaves what would have no effect, with the reason', async () => {
    const live = { claimed_at: { S: '2025-03-04T23:59:00.000Z' }, claim_owner: { S: 'x' } };
    await system.put(givenUp(1, { amount_minor: { S: 'x' } }), itemOf(2, live), givenUp(3, { record_type: { S: 'other' } }), givenUp(4, { claimed_at: { S: '2025-03-04T23:00:00.000Z' } }));

    const all = await system.run(ALL);
    const one = await system.run(['open', 'retry', 'stripe:pi_2', '--yes']);

    expect(all.exitCode).toBe(3);
    expect(all.printed).toContain('  stripe:pi_1  the sweep would give it up again: UnreadableItem: the attribute amount_minor is missing or not as expected');
    expect(all.printed).toContain('  stripe:pi_3  the item is not a transaction');
    expect(all.printed).toContain('1 transaction given back.');
    expect(one).toMatchObject({ exitCode: 0, printed: '1 transaction to retry.\n1 transaction not changed:\n  stripe:pi_2  an execution is processing it' });
    expect(await system.find(itemOf(2))).toEqual(itemOf(2, live));
  });

  test('leaves what an execution processes and the sweep gave up: nothing would repeat it', async () => {
    await system.put(givenUp(1, { claimed_at: { S: '2025-03-04T23:59:00.000Z' }, claim_owner: { S: 'x' } }));

    const { exitCode, printed } = await system.run(ALL);

    expect(exitCode).toBe(3);
    expect(printed).toContain('stripe:pi_1  an execution is processing it, and the sweep gave it up: try again in ten minutes');
  });

  test.each<[string, string[], FakeTerminal, number, string]>([
    ['without a choice', ['--yes'], new FakeTerminal(), 2, 'name transactions, or choose all'],
    ['with both', ['stripe:pi_1', '--all', '--yes'], new FakeTerminal(), 2, 'name transactions, or choose all'],
    ['for a transaction that is not open', ['stripe:pi_9', '--yes'], new FakeTerminal(), 2, "the transaction 'stripe:pi_9' is not open"],
    ['if nobody can answer', ['--all'], new FakeTerminal(), 2, 'add --yes'],
    ['in a dry run', ['--all', '--dry-run'], new FakeTerminal(), 0, 'Dry run'],
    ['if the answer is no', ['--all'], new FakeTerminal(true, 'no'), 2, 'Nothing was changed.'],
  ])('changes nothing %s', async (_, args, terminal, exitCode, noted) => {
    await system.put(givenUp(1));

    expect(await system.run(['open', 'retry', ...args], { terminal })).toMatchObject({ exitCode, noted: expect.stringContaining(noted) });
    expect(await system.find(givenUp(1))).toEqual(givenUp(1));
  });

  test('has nothing to do', async () => {
    expect(await system.run(ALL)).toMatchObject({ exitCode: 0, printed: 'No transactions to retry.' });
  });

  test('fails without the settings of the relay', async () => {
    await system.put(givenUp(1));
    system.settings('event-relay', undefined);

    expect(await system.run(ALL)).toMatchObject({ exitCode: 2, noted: expect.stringContaining('the event relay has no setting EVENT_BUS_NAME') });
    system.settings('event-relay', { EVENT_BUS_NAME: 'bus', EVENT_SOURCE: 'payments', TIERS: '{"medium":1000,"high":10000}' });
    expect((await system.run(ALL)).exitCode).toBe(0);
  });

  test('keeps the rate, and continues after an interruption', async () => {
    await system.put(...Array.from({ length: 6 }, (_, number) => givenUp(number)));
    const interruption = new AbortController();
    let writes = 0;
    const clients = {
      ...system.clients,
      dynamodb: intercepted(system.clients.dynamodb, async (name) => {
        if (name === 'UpdateItemCommand' && ++writes === 2) {
          interruption.abort();
        }
      }),
    };

    expect(await system.run([...ALL, '--rate', '2'], { clients, signal: interruption.signal })).toMatchObject({ exitCode: 130, printed: expect.stringContaining('2 transactions given back.') });
    expect(system.waited).toBe(500);
    expect((await system.run(ALL)).printed).toContain('4 transactions given back.');
  });

  test('has its effect once if the answer of a write is lost, and at any failure', async () => {
    await system.put(givenUp(1));
    const counting = new FaultyClients(system.clients);
    await system.run(ALL, { clients: counting.all });

    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < counting.calls.length; call++) {
        await system.reset();
        await system.put(givenUp(1));
        await system.run(ALL, { clients: new FaultyClients(system.clients, { call, when }).all });
        expect((await system.run(ALL)).exitCode).toBe(0);
        expect(await system.find(givenUp(1))).toEqual(itemOf(1, RETURNED));
      }
    }
  });

  test('reads an item again that something else changed', async () => {
    const changing = (change: (attempt: number) => Promise<void>) => {
      let attempt = 0;
      return { ...system.clients, dynamodb: intercepted(system.clients.dynamodb, async (name) => name === 'UpdateItemCommand' ? change(attempt++) : undefined) };
    };
    await system.put(givenUp(1));
    // Another redrive is faster.
    expect((await system.run(ALL, { clients: changing(async () => system.put(itemOf(1))) })).printed).toContain('1 transaction given back.');
    await system.put(givenUp(1));
    expect((await system.run(ALL, { clients: changing(async (attempt) => system.put(givenUp(1, { sweep_at: { S: `2025-03-04T21:00:0${attempt}.000Z` } }))) })).printed)
      .toContain('it changes all the time: run the command again');
  });
});
