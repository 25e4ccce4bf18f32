import { ErasureWorld, packedBody } from './support/erasure-world';
import { FaultyClients, InjectedFault, type CallFault } from './support/faulty-clients';
import { Output } from '../handlers/support/output';
import { storedTransaction } from '../handlers/support/items';

const world = new ErasureWorld();
const PROVIDER = 'stripe';
/** A text that is only in the webhooks of the erased customer. */
const MARKER = 'planted-by-jane';
const JANE = 'cus_jane_0001';
const JOHN = 'cus_john_0002';

/** A charge of a customer, with personal data in many places. */
const charge = (id: string, customer: string | undefined, { marker = MARKER, amount = 5_000, paymentIntent = `pi_${id}`, type = 'charge.succeeded' } = {}) => ({
  id: `evt_${id}`,
  type,
  livemode: true,
  created: 1769860800,
  data: {
    object: {
      id: `ch_${id}`,
      payment_intent: paymentIntent,
      amount,
      currency: 'eur',
      customer,
      description: marker,
      metadata: { order_id: `order-${marker}`, cart: `cart-${marker}` },
      billing_details: { name: marker, email: customer === undefined && marker === MARKER ? undefined : `${marker}@${marker}.example`, address: { country: 'DE' } },
      payment_method_details: { type: 'card', card: { country: 'FR', iin: '42424242' } },
    },
  },
});

const byEvent = async (eventId: string) => (await world.items()).find((item) => item.event_id?.S === eventId)!;

/** Jane's data in every place, and John's beside it. */
async function fill(): Promise<void> {
  await world.receive(charge('jane1', JANE, { amount: 2_500_000 }));
  await world.receive(charge('jane2', JANE));
  // The same payment, without the customer's id.
  await world.receive(charge('jane3', undefined, { paymentIntent: 'pi_jane2', type: 'charge.updated' }));
  // The customer's own record, which is not a payment.
  await world.receive({ id: 'evt_record', type: 'customer.created', livemode: true, created: 1769860800, data: { object: { id: JANE, object: 'customer', name: MARKER } } });
  await world.receive(charge('john1', JOHN, { marker: 'belongs-to-john' }));
  await world.archiveChanges();
  const high = await byEvent('evt_jane1');
  await world.update(high, { verdict: { S: 'review' }, score: { N: '40' }, reasons: { L: [{ S: MARKER }] }, claim_owner: { S: 'execution-1' } });
  await world.archiveChanges();
  const [jane, john] = [await byEvent('evt_jane3'), await byEvent('evt_john1')];
  await world.putFailedBatch('aws/lambda/one', [{ after: jane }, { after: john }]);
  await world.putFailedBatch('aws/lambda/two', [{ before: high, after: high }], false);
  await world.putFailedBatch('aws/lambda/three', [{ before: john }], false);
  await world.sendDeadLetter({ origin: 'transaction-workflow', event: { transaction_id: high.transaction_id.S, provider: PROVIDER, customer_id: JANE, reference: MARKER } });
  await world.sendDeadLetter({ origin: 'event-relay', error: 'UnreadableItem', keys: { transaction_id: jane.transaction_id, timestamp: jane.timestamp } });
  await world.sendDeadLetter({ origin: 'event-relay', keys: { transaction_id: john.transaction_id, timestamp: john.timestamp } });
}

/** Every stored text in order, without the times and numbers that differ between two runs. */
async function state(): Promise<string[]> {
  const timeless = (text: string) => text
    .replace(/"(erased_at|closed_at|changed_at|received_at|occurred_at)":("[^"]+"|\{"S":"[^"]+"\})/g, '"$1":"a time"')
    .replace(/change-\d+|"(sequence_number|SequenceNumber)":"\d+"|"ApproximateCreationDateTime":\d+|"(body|B)":[^}]+/g, 'differs');
  const items = (await world.items()).map((item) => JSON.stringify(item, (_, value: unknown) => value instanceof Uint8Array ? 'bytes' : value));
  return [...items, ...(await world.objects()).values(), ...world.queue.entries.map(({ body, hidden }) => `${hidden} ${body}`)].map(timeless).sort();
}

/** The starts of the texts that only one of two states has. */
function differences(first: readonly string[], second: readonly string[]): string[] {
  return [...first.filter((text) => !second.includes(text)).map((text) => `-${text.slice(0, 400)}`), ...second.filter((text) => !first.includes(text)).map((text) => `+${text.slice(0, 400)}`)];
}

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
    expect(found).toMatchObject({ transactions: 3, items: 4, failedMatching: 2, deadLetters: { matching: 2, read: 3 }, blocklist: [] });
    expect(result).toMatchObject({
      items: 4, failedBatches: 2, deadLetters: { matching: 2, unread: 0 }, notArchived: 0, kept: [], remaining: { transactions: 0, versions: 0, failedBatches: 0 },
    });
  });

  test('keeps the bytes of other customers', async () => {
    await fill();
    const john = await byEvent('evt_john1');
    const linesOf = async () => [...(await world.objects())].flatMap(([, text]) => text.split('\n')).filter((line) => line.includes('john') && !line.includes('requestContext')).sort();
    const [before, failed] = [await linesOf(), world.buckets.versionsOf('failed-records', 'aws/lambda/three')[0].content];

    await world.erase({ provider: PROVIDER, id: JANE });

    expect(await byEvent('evt_john1')).toEqual(john);
    expect(await linesOf()).toEqual(before);
    expect(before.length).toBeGreaterThan(0);
    expect(world.buckets.versionsOf('failed-records', 'aws/lambda/three')[0].content).toBe(failed);
    expect((await world.everything()).match(/belongs-to-john/g)!.length).toBeGreaterThan(3);
    expect(world.queue.entries.map(({ hidden }) => hidden)).toEqual([false]);
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

describe('an erasure that is interrupted', () => {
  const runUntil = async (fault?: CallFault): Promise<readonly string[]> => {
    const faulty = new FaultyClients(world.clients, fault);
    await world.erase({ provider: PROVIDER, id: JANE }, faulty.all).catch((error: unknown) => {
      expect(error).toBeInstanceOf(InjectedFault);
    });
    return faulty.calls;
  };
  const CHANGES = /^(Put|Delete|ChangeMessage)/;

  test('at any change, before or after its effect, ends in the same state when it is repeated', async () => {
    await fill();
    const calls = await runUntil();
    const expected = await state();
    const changes = calls.flatMap((name, call) => CHANGES.test(name) ? [call] : []);
    const firstReads = [...new Set(calls.filter((name) => !CHANGES.test(name)))].map((name) => calls.indexOf(name));
    expect({ changes: changes.length, reads: firstReads.length }).toEqual({ changes: expect.any(Number), reads: 7 });

    for (const fault of [...firstReads, ...changes].flatMap((call) => (['before', 'after'] as const).map((when) => ({ call, when })))) {
      await world.reset();
      await fill();
      await runUntil(fault);
      world.queue.showHidden();
      const { result } = await world.erase({ provider: PROVIDER, id: JANE });

      expect({ fault, name: calls[fault.call], differences: differences(expected, await state()) }).toEqual({ fault, name: calls[fault.call], differences: [] });
      expect(result).toMatchObject({ remaining: { transactions: 0, versions: 0, failedBatches: 0 }, notArchived: 0 });
    }
  }, 600_000);

  test('by another one at the same time ends in the same state', async () => {
    await fill();
    await runUntil();
    const expected = await state();
    await world.reset();
    await fill();

    await Promise.all([world.erase({ provider: PROVIDER, id: JANE }), world.erase({ provider: PROVIDER, id: JANE })]);

    expect(differences(expected, await state())).toEqual([]);
  });
});
