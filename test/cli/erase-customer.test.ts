import { packedBody } from './support/erasure-world';
import { FaultyClients, InjectedFault, type CallFault } from './support/faulty-clients';
import { byEvent, charge, differences, fill, JANE, JOHN, MARKER, PROVIDER, state, world } from './support/jane-and-john';
import { storedTransaction } from '../handlers/support/items';
import { Output } from '../handlers/support/output';


beforeAll(async () => world.start());
afterAll(async () => world.stop());
beforeEach(async () => {
  new Output().capture();
  await world.reset();
});

describe('an erasure', () => {
  test('leaves nothing of the customer in the table, in any version of the archive, in failed batches and in the queue', async () => {
    await fill();
    expect((await world.everything()).includes(MARKER)).toBe(true);

    const { found, result } = await world.erase({ provider: PROVIDER, id: JANE });

    // The provider's ids stay in keys. The event about the customer's own record has the customer's as the id of its object.
    const everything = (await world.everything()).replaceAll(`"stripe:${JANE}"`, '"the key"');
    expect([MARKER, JANE].map((text) => everything.includes(text))).toEqual([false, false]);
    expect(found).toMatchObject({
      transactions: 3, items: 4, failedMatching: 2, deadLetters: { matching: 2, read: 3 }, listEntries: { removed: [], kept: [] },
    });
    expect(result).toMatchObject({
      items: 4,
      failedBatches: 2,
      deadLetters: { matching: 2, unread: 0 },
      notArchived: 0,
      kept: [],
      remaining: { transactions: 0, versions: 0, failedBatches: 0 },
    });
  });

  test('keeps the bytes of other customers', async () => {
    await fill();
    const john = await byEvent('evt_john1');
    const linesOf = async () => [...(await world.objects())].flatMap(([, text]) => text.split('\n')).filter((line) => line.includes('john') && !line.includes('requestContext')).sort();
    const [before, failed] = [await linesOf(), await world.content('failedRecords', 'aws/lambda/three')];

    await world.erase({ provider: PROVIDER, id: JANE });

    expect(await byEvent('evt_john1')).toEqual(john);
    expect(await linesOf()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    expect(await world.content('failedRecords', 'aws/lambda/three')).toBe(failed);
    expect((await world.everything()).match(/belongs-to-john/g)!.length).toBeGreaterThan(3);
    expect((await world.messages()).map((message) => message.endsWith(' false'))).toEqual([true]);
  });

  test('keeps the key, the amount and the verdict, and closes the transaction', async () => {
    await fill();

    await world.erase({ provider: PROVIDER, id: JANE });

    const { erased_at: erasedAt, ...item } = await byEvent('evt_jane1');
    expect(item).toEqual({
      transaction_id: { S: 'stripe:pi_jane1' },
      timestamp: { S: '2026-01-31T12:00:00.000Z#evt_jane1' },
      record_type: { S: 'transaction' },
      event_id: { S: 'evt_jane1' },
      provider: { S: 'stripe' },
      provider_event: { S: 'charge.succeeded' },
      kind: { S: 'captured' },
      live: { BOOL: true },
      money_movement: { BOOL: true },
      amount_minor: { N: '2500000' },
      exponent: { N: '2' },
      currency: { S: 'EUR' },
      event_time: { S: '2026-01-31T12:00:00.000Z' },
      received_at: { S: expect.any(String) },
      verdict: { S: 'review' },
      closed_at: erasedAt,
    });
  });

  test('makes a redelivery a duplicate that stores nothing', async () => {
    await fill();
    await world.erase({ provider: PROVIDER, id: JANE });
    const before = await state();

    expect(await world.receive(charge('jane1', JANE, { amount: 2_500_000 }))).toBe('duplicate');
    await world.archiveChanges();

    expect(differences(before, await state())).toEqual([]);
  });

  test('changes nothing when it is repeated', async () => {
    await fill();
    await world.erase({ provider: PROVIDER, id: JANE });
    const before = await state();

    const { found, result } = await world.erase({ provider: PROVIDER, id: JANE });

    expect(differences(before, await state())).toEqual([]);
    expect(found).toMatchObject({ transactions: 0, items: 0, failedMatching: 0 });
    expect(found.archive.matching.size).toBe(0);
    expect(result).toMatchObject({ items: 0, archive: { replaced: 0, deleted: 0 }, failedBatches: 0 });
  });

  test('finds changes that were not archived when it began', async () => {
    await world.receive(charge('jane1', JANE));

    const { result } = await world.erase({ provider: PROVIDER, id: JANE });

    expect(result).toMatchObject({ items: 1, notArchived: 0 });
    expect((await world.everything()).includes(MARKER)).toBe(false);
    expect([...(await world.objects()).values()].join('')).toContain('"event_name":"INSERT"');
  });

  test('finds transactions that have expired from the table', async () => {
    await fill();
    const [jane2, jane3] = [await byEvent('evt_jane2'), await byEvent('evt_jane3')];
    expect(jane3.customer_id).toBeUndefined();
    await world.remove(jane2);
    await world.remove(jane3);
    await world.archiveChanges();

    await world.erase({ provider: PROVIDER, id: JANE });

    expect((await world.everything()).includes(MARKER)).toBe(false);
  });

  test('erases the whole body of a transaction whose object is in the archive bucket', async () => {
    await world.put(storedTransaction({ customer_id: undefined, body_key: { S: 'bodies/1' } }));
    await world.putObject('archive', 'bodies/1', packedBody({ customer: JANE, name: MARKER }).B);
    await world.putObject('archive', 'bodies/1', packedBody({ customer: JANE, name: MARKER }).B);
    await world.putObject('archive', 'bodies/10', packedBody({ customer: JOHN }).B);
    await world.archiveChanges();

    const { result } = await world.erase({ provider: PROVIDER, id: JANE });

    expect(result.items).toBe(1);
    expect([...(await world.objects()).keys()].filter((key) => key.includes('bodies/')).map((key) => key.split(' ')[1])).toEqual(['bodies/10']);
    expect((await world.everything()).includes('body_key')).toBe(false);
  });

  test('that is interrupted at any change finds a transaction again that only its body connects with the customer', async () => {
    const begin = async (fault?: CallFault) => {
      await world.reset();
      await world.put(storedTransaction({ customer_id: undefined, reference: { S: MARKER }, body_key: { S: 'bodies/1' } }));
      await world.putObject('archive', 'bodies/1', packedBody({ customer: JANE, name: MARKER }).B);
      await world.archiveChanges();
      const faulty = new FaultyClients(world.clients, fault);
      const run = world.erase({ provider: PROVIDER, id: JANE }, faulty.all);
      await (fault ? expect(run).rejects.toThrow(InjectedFault) : run);
      return faulty.calls;
    };
    const changes = [...(await begin()).entries()].flatMap(([call, name]) => /^(Put|Delete)/.test(name) ? [call] : []);
    // The body, the item, and the new and the old version in the archive.
    expect(changes.length).toBeGreaterThanOrEqual(4);

    for (const fault of changes.flatMap((call) => (['before', 'after'] as const).map((when) => ({ call, when })))) {
      await begin(fault);
      await world.erase({ provider: PROVIDER, id: JANE });

      const everything = [await world.everything(), ...(await world.objects()).keys()].join('\n');
      expect({ fault, remains: [MARKER, 'bodies/1'].filter((text) => everything.includes(text)) }).toEqual({ fault, remains: [] });
    }
  });

  test('finds guests by the keyed hash of their address, and events that only have the address', async () => {
    const guest = charge('guest', undefined, { marker: 'jane' });
    await world.receive(guest);
    await world.receive({ id: 'evt_note', type: 'customer.updated', livemode: true, created: 1769860800, data: { object: { id: 'cus_x', email: 'JANE@jane.example' } } });
    expect((await byEvent('evt_guest')).customer_id.S).toMatch(/^contact:/);
    await world.archiveChanges();

    const { found } = await world.erase({ provider: PROVIDER, email: 'Jane@jane.example' });

    expect(found.items).toBe(2);
    expect((await world.everything()).toLowerCase().includes('jane@')).toBe(false);
  });

  test('does not confuse the customers of two providers', async () => {
    await world.receive(charge('jane1', JANE));
    await world.put(storedTransaction({ transaction_id: { S: 'adyen:1' }, provider: { S: 'adyen' }, customer_id: { S: JANE } }));
    await world.archiveChanges();

    const { found } = await world.erase({ provider: 'adyen', id: JANE });

    expect(found.transactions).toBe(1);
    expect((await byEvent('evt_jane1')).customer_id).toEqual({ S: JANE });
  });
});
